/** Runs one statement and returns its rows. */
export type Query = <Row>(sql: string, parameters?: readonly unknown[]) => Promise<Row[]>;

/** Runs several statements, without parameters. */
type Execute = (statements: string) => Promise<unknown>;

/** Runs work in one transaction: committed if it resolves, rolled back if it rejects. */
export type Transaction = <Result>(
  work: (query: Query, execute: Execute) => Promise<Result>,
  options?: TransactionOptions,
) => Promise<Result>;

interface TransactionOptions {
  /** Limit for each statement. Default: 5 seconds. */
  timeoutMs?: number | undefined;
  /** Uses one of the connections for searches, so that no report waits for it. */
  isSearch?: boolean | undefined;
}

/** A connection to one kind of database. `openDatabase` adds the schema, retries and errors. */
export interface Driver {
  kind: 'postgresql' | 'embedded';
  transaction: Transaction;
  close(): Promise<void>;
}

/** The database as the rest of the desk sees it. The SQL is the same for both kinds. */
export interface Database {
  kind: Driver['kind'];
  /**
   * Runs one statement that stores, changes or looks up by a key.
   *
   * @throws DatabaseUnavailableError if the database does not answer
   * @throws StatementTimeoutError if this statement takes longer than 5 seconds
   */
  query: Query;
  /**
   * Runs one statement of a search.
   *
   * @param timeoutMs default: 2 seconds
   * @throws an error with status 400 if it takes longer; the message says what to add to the search
   */
  search: <Row>(sql: string, parameters?: readonly unknown[], timeoutMs?: number) => Promise<Row[]>;
  /** Runs several statements in one transaction. After a deadlock, all of them run again. */
  transaction: Transaction;
  close(): Promise<void>;
}

/** The database cannot be reached, or not within a few seconds. */
export class DatabaseUnavailableError extends Error {
  override readonly name = 'DatabaseUnavailableError';
  /** Express answers with it, and the desk's error handler shows the message. */
  readonly status = 503;
  readonly expose = true;

  constructor(cause: unknown) {
    super('The database cannot be reached at the moment', { cause });
  }
}

/** One statement took too long. The database answers, and others may succeed. */
export class StatementTimeoutError extends Error {
  override readonly name = 'StatementTimeoutError';
  readonly status = 503;
  readonly expose = true;

  constructor(cause: unknown) {
    super('This took the database too long', { cause });
  }
}
