import pg from 'pg';
import type { Driver, Query } from './driver.js';

const CONNECTION_TIMEOUT_MS = 3000;
const STATEMENT_TIMEOUT_MS = 5000;
/** The desk waits this much longer than the server's own time-out. */
const ANSWER_MARGIN_MS = 1000;
/** Connections of one desk. Searches have their own, so that no report waits for a search. */
const MAX_CONNECTIONS = { searches: 3, others: 5 };

/**
 * Connects to a PostgreSQL server, or to a pooler in front of one. Each transaction makes its own settings
 * and leaves nothing on the connection, so the pooler may be in transaction mode.
 */
export function openPostgres(url: string): Driver {
  const [searches, others] = [MAX_CONNECTIONS.searches, MAX_CONNECTIONS.others].map((max) => {
    const pool = new pg.Pool({
      connectionString: url,
      connectionTimeoutMillis: CONNECTION_TIMEOUT_MS,
      keepAlive: true,
      application_name: 'failure desk',
      max,
    });
    // The pool replaces a lost idle connection by itself.
    pool.on('error', ignore);
    return pool;
  }) as [pg.Pool, pg.Pool];

  return {
    kind: 'postgresql',
    async transaction(work, { timeoutMs = STATEMENT_TIMEOUT_MS, isSearch } = {}) {
      const client = await (isSearch ? searches : others).connect();
      // A lost connection rejects the running statement. Without a listener, it would also end the process.
      client.on('error', ignore);
      const run = (text: string, values?: readonly unknown[]) =>
        client.query({
          text,
          ...(values && { values: [...values] }),
          query_timeout: timeoutMs + ANSWER_MARGIN_MS,
        } as pg.QueryConfig);
      const query: Query = async (sql, parameters) => (await run(sql, parameters)).rows;
      let isUsable = false;
      try {
        await run(beginWith(timeoutMs));
        const result = await work(query, run);
        await run('commit');
        isUsable = true;
        return result;
      } catch (error) {
        // If the server answered with an error, the connection is still usable.
        if (error instanceof pg.DatabaseError) {
          isUsable = await run('rollback').then(
            () => true,
            () => false,
          );
        }
        throw error;
      } finally {
        client.off('error', ignore);
        client.release(!isUsable);
      }
    },
    async close() {
      await Promise.all([searches.end(), others.end()]);
    },
  };
}

const ignore = () => undefined;

/** Begins a transaction, with settings that do not depend on those of the database or its user. */
function beginWith(timeoutMs: number): string {
  return [
    // A statement that waits for a row then sees its new values.
    'begin isolation level read committed',
    `set local statement_timeout = ${timeoutMs}`,
    // A desk that freezes within a transaction holds its locks, and all others wait for it.
    `set local idle_in_transaction_session_timeout = ${STATEMENT_TIMEOUT_MS}`,
    // Compiling one of the desk's statements takes longer than running it.
    'set local jit = off',
    // By default, PostgreSQL assumes a spinning disk and sorts thousands of reports instead of using an index.
    'set local random_page_cost = 1.1',
    // The driver understands times in this form only.
    'set local datestyle = ISO',
  ].join('; ');
}
