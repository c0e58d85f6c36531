import createError from 'http-errors';
import {
  type Database,
  DatabaseUnavailableError,
  type Driver,
  StatementTimeoutError,
  type Transaction,
} from './driver.js';
import { openEmbedded } from './embedded.js';
import { openPostgres } from './postgres.js';
import { sanitizeParameter } from './sanitize-text.js';
import { prepareSchema, SchemaError } from './schema.js';

const SEARCH_TIMEOUT_MS = 2000;
const SEARCH_ADVICE = 'Add a date, a domain or a whole address.';
const MAX_TRIES = 4;

/** Deadlock and its like (SQLSTATE class 40). */
const DEADLOCK = /^40/;
/** If two desks make the tables at the same moment, one of them fails with a duplicate. */
const RACE_FOR_TABLES = /^(40|42P07|42710|23505)/;
const QUERY_CANCELED = '57014';
/** Connection, standby, login, missing database, resources, locks, shutdown, system (SQLSTATE classes). */
const UNAVAILABLE = /^(08|25006|25P03|28|3D|53|55|57|58)/;
const MISSING_TABLE = /^42P01$/;

/**
 * Opens the database. The first query makes the tables if there are none. If that fails, the next query
 * tries again, so a desk can start before its database does.
 *
 * @param where the address of a PostgreSQL server, or a directory for an embedded database, or
 * nothing for one in memory
 */
export async function openDatabase(where: {
  url?: string | undefined;
  directory?: string | undefined;
}): Promise<Database> {
  const driver: Driver = where.url ? openPostgres(where.url) : await openEmbedded(where.directory);
  let prepared: Promise<void> | undefined;

  function prepare(): Promise<void> {
    prepared ??= repeatedly(() => prepareSchema(driver.transaction), RACE_FOR_TABLES).catch(
      (error) => {
        prepared = undefined;
        // Without its tables, the desk can only wait.
        throw error instanceof SchemaError ? error : new DatabaseUnavailableError(error);
      },
    );
    return prepared;
  }

  const transaction: Transaction = async (work, options) => {
    await prepare();
    try {
      return await repeatedly(
        () =>
          driver.transaction(
            (query, execute) =>
              work((sql, values) => query(sql, values?.map(sanitizeParameter)), execute),
            options,
          ),
        DEADLOCK,
      );
    } catch (error) {
      const state = sqlState(error);
      // The database was made anew under a running desk: the next query makes the tables.
      if (MISSING_TABLE.test(state)) prepared = undefined;
      if (state === QUERY_CANCELED) throw new StatementTimeoutError(error);
      throw isUnavailable(error) ? new DatabaseUnavailableError(error) : error;
    }
  };

  return {
    kind: driver.kind,
    transaction,
    query: <Row>(sql: string, parameters?: readonly unknown[]) =>
      transaction((query) => query<Row>(sql, parameters)),
    search: <Row>(sql: string, parameters?: readonly unknown[], timeoutMs = SEARCH_TIMEOUT_MS) =>
      transaction((query) => query<Row>(sql, parameters), { timeoutMs, isSearch: true }).catch(
        (error) => {
          if (!(error instanceof StatementTimeoutError)) throw error;
          throw createError(400, `This search takes too long. ${SEARCH_ADVICE}`);
        },
      ),
    close: () => driver.close(),
  };
}

/** Runs work up to four times, while its SQLSTATE matches. */
async function repeatedly<Result>(work: () => Promise<Result>, retryable: RegExp): Promise<Result> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await work();
    } catch (error) {
      if (tries === MAX_TRIES || !retryable.test(sqlState(error))) throw error;
    }
  }
}

/** False if the server refused the statement itself, or the error is the desk's own. */
function isUnavailable(error: unknown): boolean {
  if (!isDatabaseError(error)) return error instanceof Error && !isOwnError(error);
  return UNAVAILABLE.test(error.code) || MISSING_TABLE.test(error.code);
}

function isOwnError(error: Error): boolean {
  return error instanceof TypeError || error instanceof RangeError || 'status' in error;
}

function isDatabaseError(error: unknown): error is Error & { code: string } {
  return error instanceof Error && 'severity' in error && 'code' in error;
}

/** The SQLSTATE; empty if the server has not answered. */
const sqlState = (error: unknown): string => (isDatabaseError(error) ? error.code : '');
