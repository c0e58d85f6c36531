import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { PGlite } from '@electric-sql/pglite';
import pg from 'pg';
import { lockDirectory } from '../process/lock.js';
import { MIGRATE } from './schema.js';

/** The little the desk needs of a database. The SQL is the same for both kinds. */
export interface Database {
  /** @throws DatabaseUnavailableError when it is the database, not the statement */
  query<Row>(sql: string, parameters?: unknown[]): Promise<Row[]>;
  /** Calls back when any process has notified the channel, and when that may have been missed. */
  listen(channel: string, onNotified: () => void): void;
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
interface Driver extends Database {
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
  const driver = where.url ? openPostgres(where.url) : await openEmbedded(where.directory);
  let migrated: Promise<unknown> | undefined;

  function migrate(): Promise<unknown> {
    migrated ??= driver.execute(MIGRATE).catch((error) => {
      migrated = undefined;
      throw error;
    });
    return migrated;
  }

  return {
    ...driver,
    async query(sql, parameters) {
      try {
        await migrate();
        return await driver.query(sql, parameters);
      } catch (error) {
        throw isAnswer(error) ? error : new DatabaseUnavailableError(error);
      }
    },
  };
}

/** Whether the server has looked at the statement and said no, rather than not being there. */
function isAnswer(error: unknown): boolean {
  if (!(error instanceof Error && 'severity' in error && 'code' in error)) return false;
  // Connection, a standby, login, missing database, resources, locks, shutdown or time-out, system.
  return !/^(08|25006|28|3D|53|55|57|58)/.test(String(error.code));
}

function openPostgres(url: string): Driver {
  const limits = {
    connectionString: url,
    connectionTimeoutMillis: 3000,
    keepAlive: true,
    application_name: 'failure desk',
  };
  const pool = new pg.Pool({
    ...limits,
    max: 5,
    statement_timeout: 5000,
    query_timeout: 6000,
  });
  // An idle connection that is lost is replaced when the next one is needed.
  pool.on('error', () => undefined);
  const closing = new AbortController();
  let listener: Promise<void> | undefined;

  /** Keeps one connection listening; when it is lost, tries again every second. */
  async function keepListening(channel: string, onNotified: () => void): Promise<void> {
    while (!closing.signal.aborted) {
      const client = new pg.Client(limits);
      const ended = new Promise<void>((resolve) => {
        client.on('end', resolve);
        client.on('error', () => resolve());
      });
      const stop = () => void client.end();
      closing.signal.addEventListener('abort', stop);
      client.on('notification', onNotified);
      try {
        await client.connect();
        await client.query(`listen ${channel}`);
        onNotified();
        await ended;
      } catch {
        await client.end().catch(() => undefined);
      }
      closing.signal.removeEventListener('abort', stop);
      await delay(1000, undefined, { signal: closing.signal }).catch(() => undefined);
    }
  }

  return {
    query: async (sql, parameters) => (await pool.query(sql, parameters)).rows,
    execute: (statements) => pool.query(statements),
    listen(channel, onNotified) {
      listener = keepListening(channel, onNotified);
    },
    async close() {
      closing.abort();
      await Promise.all([listener, pool.end()]);
    },
  };
}

async function openEmbedded(directory?: string): Promise<Driver> {
  // It will hold personal data, and the database itself leaves its files open to everyone.
  if (directory) await mkdir(directory, { recursive: true, mode: 0o700 });
  const unlock = directory ? await lockDirectory(directory) : undefined;
  const database = await PGlite.create(directory && join(directory, 'postgres'));
  return {
    query: async (sql, parameters) => (await database.query(sql, parameters)).rows as never,
    execute: (statements) => database.exec(statements),
    listen: (channel, onNotified) => void database.listen(channel, onNotified),
    async close() {
      await database.close();
      await unlock?.();
    },
  };
}
