import { afterAll, beforeAll, describe } from 'vitest';
import { type Database, openDatabase } from '../database/database.js';
import { createPostgres, type PostgresServer } from './postgres.js';

/** Opens one more connection to the database of a test: for PostgreSQL what another desk would have. */
export interface Databases {
  database: Database;
  another(): Promise<Database>;
}

/** Runs tests on each kind of database there is, on an empty one. */
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

/** Seconds of each table of counters, and what it counts by. */
const COUNTERS = {
  failure_counts: [[60, 900, 3600, 21_600, 86_400], 'category, severity'],
  domain_counts: [[900, 3600, 86_400, 2_592_000], 'domain, category, severity'],
  domain_totals: [[900, 3600, 86_400, 2_592_000], 'domain'],
} as const;
/** For how many days the fine ones hold all there is. */
const WHOLE: Record<string, number> = {
  'failure_counts 60': 3,
  'domain_counts 900': 4,
  'domain_totals 900': 4,
  'domain_counts 3600': 41,
  'domain_totals 3600': 41,
};

/**
 * What each table of counters says at each resolution, with what is not added to it yet, and what a
 * count of the reports says; fine ones as far back as they are kept.
 */
export async function compareCounters(
  database: Database,
): Promise<{ kept: unknown[]; counted: unknown[] }> {
  const kept: unknown[] = [];
  const counted: unknown[] = [];
  for (const [table, [resolutions, columns]] of Object.entries(COUNTERS)) {
    for (const seconds of resolutions) {
      const days = WHOLE[`${table} ${seconds}`] ?? 100_000;
      const since = `${Math.ceil((Date.now() / 1000 - (days - 1) * 86_400) / seconds)}::bigint * ${seconds}`;
      const sums = (rows: string) => `
        select '${table}' as counter, ${seconds} as seconds, time, ${columns}, sum(count)::int as count
        from (${rows}) counts where time >= ${since}
        group by time, ${columns} having sum(count) <> 0 order by time, ${columns}`;
      const start = (time: string) => `floor(${time} / ${seconds})::bigint * ${seconds} as time`;
      kept.push(
        ...(await database.query(
          sums(`select ${start('extract(epoch from received_at)')}, category, severity,
            receiving_domain(recipient) as domain, 1 as count from failure_reports where not test`),
        )),
      );
      counted.push(
        ...(await database.query(
          sums(`select time, ${columns}, count from ${table} where resolution = ${seconds}
            union all select ${start('time::numeric')}, ${columns}, count from count_deltas`),
        )),
      );
    }
  }
  return { kept, counted };
}
