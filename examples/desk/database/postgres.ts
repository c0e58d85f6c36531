import pg from 'pg';
import type { Driver, Query } from './driver.js';

const CONNECTION_TIMEOUT_MS = 3000;
const STATEMENT_TIMEOUT_MS = 5000;
/** How much longer than the server the desk itself waits for an answer. */
const ANSWER_MARGIN_MS = 1000;
/** Connections of one desk. Searches have their own, so that reports never wait for one. */
const MAX_CONNECTIONS = { reports: 5, searches: 3 };

/**
 * A PostgreSQL server, or a pooler in front of one. Settings are made in each transaction and nothing is
 * left on a connection, so the pooler may be in transaction mode.
 */
export function openPostgres(url: string): Driver {
  const [reports, searches] = [MAX_CONNECTIONS.reports, MAX_CONNECTIONS.searches].map((max) => {
    const pool = new pg.Pool({
      connectionString: url,
      connectionTimeoutMillis: CONNECTION_TIMEOUT_MS,
      keepAlive: true,
      application_name: 'failure desk',
      max,
    });
    // The pool replaces an idle connection that is lost.
    pool.on('error', ignore);
    return pool;
  }) as [pg.Pool, pg.Pool];

  return {
    kind: 'postgresql',
    async transaction(work, { timeoutMs = STATEMENT_TIMEOUT_MS, isSearch } = {}) {
      const client = await (isSearch ? searches : reports).connect();
      // If the connection is lost, the statement under way rejects; without a listener the process ends.
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
        // An answer of the server leaves the connection usable; silence does not.
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
      await Promise.all([reports.end(), searches.end()]);
    },
  };
}

const ignore = () => undefined;

/** Begins a transaction with what the desk relies on, whatever is set for the database or its user. */
function beginWith(timeoutMs: number): string {
  return [
    // Statements wait for the rows of others, and then see what was written.
    'begin isolation level read committed',
    `set local statement_timeout = ${timeoutMs}`,
    // Compiling a statement takes longer than any of the desk's own runs.
    'set local jit = off',
    // PostgreSQL assumes a spinning disk, and would sort thousands of reports instead of using an index.
    'set local random_page_cost = 1.1',
    // The driver reads times in no other form.
    'set local datestyle = ISO',
  ].join('; ');
}
