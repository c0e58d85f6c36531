import type { Database, Query } from './database.js';

/** The time of a report, as the indexes below have it. */
export const AT = "(received_at at time zone 'UTC')";

/** So much of a state as an index takes, however long it is; hardly any has more than a word. */
export const shortState = (state: string) => `left(${state}, 100)`;

/**
 * What makes searches independent of how much there is. The primary key, the unique key and
 * `received_at` are made with the tables.
 *
 * Each costs something whenever a report is stored, so there is none that a search could do
 * without. Those that begin with few values (category, severity, state) and end with the time cost
 * next to nothing: rows of a group share the time, and new ones always go to the end of a value.
 */
const INDEXES: Record<string, string> = {
  // Any choice of categories and severities, newest first; also for a domain or a state. The time is
  // written in a form of its own, so that no other index is in the order that is asked for: the
  // database would take the one on received_at and look through all that is not wanted.
  reports_by_category: `failure_reports (category, severity, ${AT})`,
  reports_by_domain: `failure_reports (receiving_domain(recipient), category, severity, ${AT})`,
  reports_by_domain_and_short_state: `failure_reports (receiving_domain(recipient), ${shortState('state')}, category, severity, ${AT})`,
  reports_by_short_state: `failure_reports (${shortState('state')}, category, severity, ${AT})`,
  // A digest, since an address may be longer than an index takes; it is also the smaller one.
  reports_by_address: 'failure_reports (hashtextextended(report_address(recipient), 0))',
  // Part of an address. What waits to be sorted in is read by every search, so it is kept short.
  reports_by_part_of_address:
    'failure_reports using gin (recipient gin_trgm_ops) with (gin_pending_list_limit = 1024)',
  reports_by_tag:
    "failure_reports using gin ((report->'tags') jsonb_path_ops) with (gin_pending_list_limit = 1024)",
  suppressions_by_time: 'suppressions (since, address)',
  // The same address with other capitals.
  suppressions_by_lower_address: 'suppressions (lower(address))',
  suppressions_by_part_of_address: 'suppressions using gin (address gin_trgm_ops)',
};

/** Whoever builds holds this lock for as long as the connection lives. */
const BUILDING = 7306085266;

/** Some could not be built; the others are. */
class IndexError extends Error {
  override readonly name = 'IndexError';
  readonly code: string | undefined;

  constructor(
    readonly indexes: string[],
    cause: unknown,
  ) {
    super('Indexes cannot be built, so some searches are slow', { cause });
    this.code = (cause as { code?: string }).code;
  }
}

/**
 * Builds the indexes that are missing and drops those of an earlier version, unless another process
 * is about it. With PostgreSQL that is done while reports come in, and takes minutes where an earlier
 * version has stored millions; searches are slow until then.
 *
 * @throws IndexError once all that can be built are
 */
export async function buildIndexes(database: Database): Promise<void> {
  const { missing, unwanted } = await compareIndexes(database.query);
  if (missing.length + unwanted.length === 0) return;
  const failed: string[] = [];
  let cause: unknown;
  await database.withoutHurry(async (query) => {
    // To wait for the lock would not do: a build waits for every statement that has begun before it.
    const [lock] = await query<{ ours: boolean }>(
      `select pg_try_advisory_lock(${BUILDING}) as ours`,
    );
    if (!lock?.ours) return;
    const { missing, unwanted } = await compareIndexes(query);
    const concurrently = database.kind === 'postgresql' ? 'concurrently' : '';
    // These first: one may stand in the way of reports.
    for (const name of unwanted) await query(`drop index ${concurrently} if exists ${name}`);
    for (const name of missing) {
      try {
        await query(`drop index ${concurrently} if exists ${name}`);
        await query(`create index ${concurrently} ${name} on ${INDEXES[name]}`);
      } catch (error) {
        // Where it is not the index but the connection, that ends it.
        await query('select');
        failed.push(name);
        cause = error;
      }
    }
    if (missing.length > failed.length) await query('analyze failure_reports, suppressions');
    await query(`select pg_advisory_unlock(${BUILDING})`);
  });
  if (failed.length > 0) throw new IndexError(failed, cause);
}

/** One that a stopped build has left half done says that it is not valid, and is of no use. */
async function compareIndexes(query: Query): Promise<{ missing: string[]; unwanted: string[] }> {
  const existing = await query<{ name: string; valid: boolean }>(
    `select relname as name, indisvalid as valid
     from pg_index join pg_class on pg_class.oid = indexrelid
     where relnamespace = current_schema()::regnamespace
       and relname ~ '^(reports|suppressions)_by_'`,
  );
  const valid = new Set(existing.filter((index) => index.valid).map(({ name }) => name));
  return {
    missing: Object.keys(INDEXES).filter((name) => !valid.has(name)),
    unwanted: existing.map(({ name }) => name).filter((name) => !(name in INDEXES)),
  };
}
