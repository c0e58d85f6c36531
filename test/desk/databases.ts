import { afterAll, beforeAll, describe } from 'vitest';
import { type Database, openDatabase } from '../../examples/desk/database/database.js';
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

/** What the counters say, and what a count of the table says, of everything that is counted. */
export async function compareCounters(
  database: Database,
): Promise<{ kept: unknown; counted: unknown }> {
  const time = 'floor(extract(epoch from received_at) / 86400)::bigint * 86400';
  const kept = await database.query(
    `select ${time} as time, category, severity, receiving_domain(recipient) as domain,
       count(*)::int as count
     from failure_reports where not test group by 1, 2, 3, 4 order by 1, 2, 3, 4`,
  );
  const counted = await database.query(
    `select time, category, severity, domain, sum(count)::int as count from (
       select time, category, severity, domain, count from domain_counts where resolution = 86400
       union all
       select time - time % 86400, category, severity, domain, count from count_deltas
     ) counts group by 1, 2, 3, 4 having sum(count) <> 0 order by 1, 2, 3, 4`,
  );
  return { kept, counted };
}
