import { afterAll, beforeAll, beforeEach, describe } from 'vitest';
import type { Database } from '../database/driver.js';
import { openDatabase } from '../database/open.js';
import { clear, fragile, openTestDatabase } from './in-process.js';
import { createPostgres, type PostgresServer } from './postgres.js';

/** The database of a test. */
export interface Databases {
  database: Database;
  /** Opens it once more, as another desk would. The embedded one can be opened only once. */
  another(): Promise<Database>;
}

/** Runs tests on an empty database of each kind. */
export function describeEach(name: string, tests: (given: () => Databases) => void): void {
  describe.each(['embedded', 'postgresql'] as const)(`${name}, %s`, (kind) => {
    let postgres: PostgresServer | undefined;
    const opened: Database[] = [];
    let databases: Databases;

    async function open(): Promise<Database> {
      const database = await openDatabase(postgres ? { url: postgres.url } : {});
      opened.push(database);
      return database;
    }
    beforeAll(async () => {
      if (kind === 'postgresql') postgres = await createPostgres();
      const database = await open();
      await database.query('select 1');
      databases = { database, another: () => (postgres ? open() : Promise.resolve(database)) };
    }, 60_000);
    afterAll(async () => {
      await Promise.all(opened.map((database) => database.close()));
      await postgres?.remove();
    });
    tests(() => databases);
  });
}

/** Opens one database for a file of tests: each of them begins with empty tables, and can take it down. */
export async function useFragileDatabase(): Promise<ReturnType<typeof fragile>> {
  const database = fragile(await openTestDatabase());
  beforeEach(async () => {
    database.isDown = false;
    await clear(database);
  });
  afterAll(() => database.close());
  return database;
}

/**
 * The counts of all hours, and of all days of each domain: once from the table of reports, and once from
 * the rollup and the reports after it. Both must be equal unless expired reports were deleted.
 */
export async function compareCounts(
  database: Database,
): Promise<{ stored: unknown[]; counted: unknown[] }> {
  const hour = "date_trunc('hour', received_at, 'UTC')";
  const day = "date_trunc('day', received_at, 'UTC')";
  const reports = (start: string, where: string) =>
    `select ${start} as start, domain, category, severity, 1 as count
     from failure_reports, rollup_progress where not is_test ${where}`;
  const sum = (columns: string, rows: string) =>
    database.query(
      `select start, ${columns}, sum(count)::int as count from (${rows}) rows
       group by start, ${columns} having sum(count) <> 0 order by start, ${columns}`,
    );
  const later = 'and received_at >= rolled_up_to';
  const byHour = 'category, severity';
  const byDay = 'domain, category, severity';
  return {
    stored: [...(await sum(byHour, reports(hour, ''))), ...(await sum(byDay, reports(day, '')))],
    counted: [
      ...(await sum(
        byHour,
        `select bucket_start as start, '' as domain, category, severity, count from total_counts
         where bucket_seconds = 3600
         union all ${reports(hour, later)}`,
      )),
      ...(await sum(
        byDay,
        `select bucket_start as start, domain, category, severity, count from domain_counts
         where bucket_seconds = 86400 union all ${reports(day, later)}`,
      )),
    ],
  };
}

/** Moves the end of the rolled-up hours back, as if the desk had not run since. */
export async function moveRollupBack(database: Database, hours: number): Promise<void> {
  await database.query(
    `update rollup_progress
     set rolled_up_to = date_trunc('hour', now(), 'UTC') - make_interval(hours => $1)`,
    [hours],
  );
}

/** The ids of all stored reports, sorted. */
export async function storedIds(database: Database): Promise<string[]> {
  const rows = await database.query<{ id: string }>(
    "select report->>'id' as id from failure_reports",
  );
  return rows.map(({ id }) => id).sort();
}
