import { openEmbedded } from './embedded.js';
import { MIGRATE } from './migrate.js';
import { openPostgres } from './postgres.js';
import { withoutNul } from './sanitize-text.js';

/** The channel on which every process hears what has been stored: the triggers tell it. */
export const CHANNEL = 'failure_reports';

/** Runs a statement and gives its rows. */
export type Query = <Row>(sql: string, parameters?: unknown[]) => Promise<Row[]>;

/** The little the desk needs of a database. The SQL is the same for both kinds. */
export interface Database {
  kind: 'postgresql' | 'embedded';
  /** @throws DatabaseUnavailableError when it is the database, not the statement */
  query: Query;
  /**
   * Calls back when any process has notified the channel, with what it said, and without anything
   * when a notification may have been missed.
   */
  listen(channel: string, onNotified: (payload?: string) => void): void;
  /** Lends a connection of its own, on which a statement may take as long as it takes. */
  withoutHurry(work: (query: Query) => Promise<void>): Promise<void>;
  close(): Promise<void>;
}

/** The database cannot be reached, or not within a few seconds. */
export class DatabaseUnavailableError extends Error {
  override readonly name = 'DatabaseUnavailableError';
  /** Express, and this app's error handler, answer with it. */
  readonly status = 503;
  readonly expose = true;

  constructor(cause: unknown) {
    super('The database cannot be reached at the moment', { cause });
  }
}

/** What a driver does; `openDatabase` makes a `Database` of it. */
export interface Driver extends Database {
  /** Runs several statements, without parameters, in one transaction. */
  execute(statements: string): Promise<unknown>;
}

/**
 * Opens the database; the tables are brought up to date before the first query. If it is down just
 * then, the query after it tries again: a desk can start before its database does.
 *
 * @param where the address of a PostgreSQL server, or a directory for an embedded database, or
 * nothing for one in memory
 */
export async function openDatabase(where: {
  url?: string | undefined;
  directory?: string | undefined;
}): Promise<Database> {
  const driver: Driver = where.url ? openPostgres(where.url) : await openEmbedded(where.directory);
  let migrated: Promise<unknown> | undefined;

  function migrate(): Promise<unknown> {
    migrated ??= driver.execute(MIGRATE).catch((error) => {
      migrated = undefined;
      // Whatever it is, without its tables the desk can only wait.
      throw new DatabaseUnavailableError(error);
    });
    return migrated;
  }

  return {
    ...driver,
    async query(sql, parameters) {
      await migrate();
      try {
        return await driver.query(sql, parameters?.map(withoutNul));
      } catch (error) {
        // One that was made anew under a running desk: the next query makes the tables.
        if (NO_TABLES.test(codeOf(error))) migrated = undefined;
        throw isAnswer(error) ? error : new DatabaseUnavailableError(error);
      }
    },
  };
}

/** Connection, a standby, login, missing database, resources, locks, shutdown or time-out, system. */
const NOT_THERE = /^(08|25006|28|3D|53|55|57|58)/;
/** A table or a function that the migrations make is missing. */
const NO_TABLES = /^42(P01|883)$/;

/** Whether the server has looked at the statement and said no, rather than not being there. */
function isAnswer(error: unknown): boolean {
  const code = codeOf(error);
  return code !== '' && !NOT_THERE.test(code) && !NO_TABLES.test(code);
}

/** The SQLSTATE, empty for what is no answer of a server. */
function codeOf(error: unknown): string {
  return error instanceof Error && 'severity' in error && 'code' in error ? String(error.code) : '';
}
