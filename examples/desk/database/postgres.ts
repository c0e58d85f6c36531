import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import type { Driver } from './database.js';

/** What the desk relies on, whatever is set for the database or its user. */
const OPTIONS = [
  // Compiling a statement takes longer than any of the desk's own runs. And PostgreSQL takes the
  // disk for one that turns, and would rather sort thousands of reports than read an index in order.
  'jit=off',
  'random_page_cost=1.1',
  // The driver reads times in no other form.
  'datestyle=ISO',
  // In the functions of the database, too, stand texts with escapes.
  'standard_conforming_strings=on',
  // Statements wait for each other's rows, and then see what was written.
  'default_transaction_isolation=read\\ committed',
  // Those that are not in a hurry; the others have a limit of their own.
  'statement_timeout=0',
]
  .map((setting) => `-c ${setting}`)
  .join(' ');

/** A PostgreSQL server. Whatever it does not do within seconds counts as not done. */
export function openPostgres(url: string): Driver {
  const limits = {
    connectionString: url,
    connectionTimeoutMillis: 3000,
    keepAlive: true,
    application_name: 'failure desk',
    options: OPTIONS,
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

  /** Lends a connection of its own to some work and ends it afterwards, or when the desk closes. */
  async function withClient(work: (client: pg.Client, ended: Promise<void>) => Promise<void>) {
    const client = new pg.Client(limits);
    const ended = new Promise<void>((resolve) => {
      client.on('end', resolve);
      client.on('error', () => resolve());
    });
    const stop = () => void client.end().catch(() => undefined);
    closing.signal.addEventListener('abort', stop);
    try {
      await client.connect();
      await work(client, ended);
    } finally {
      closing.signal.removeEventListener('abort', stop);
      await client.end().catch(() => undefined);
    }
  }

  /** Keeps one connection listening; when it is lost, tries again every second. */
  async function keepListening(channel: string, onNotified: (payload?: string) => void) {
    while (!closing.signal.aborted) {
      await withClient(async (client, ended) => {
        client.on('notification', ({ payload }) => onNotified(payload));
        await client.query(`listen ${channel}`);
        onNotified();
        await ended;
      }).catch(() => undefined);
      await delay(1000, undefined, { signal: closing.signal }).catch(() => undefined);
    }
  }

  return {
    kind: 'postgresql',
    query: async (sql, parameters) => (await pool.query(sql, parameters)).rows,
    execute: (statements) => pool.query(statements),
    listen(channel, onNotified) {
      listener = keepListening(channel, onNotified);
    },
    withoutHurry: (work) =>
      withClient((client) =>
        work(async (sql, parameters) => (await client.query(sql, parameters)).rows),
      ),
    async close() {
      closing.abort();
      await Promise.all([listener, pool.end()]);
    },
  };
}
