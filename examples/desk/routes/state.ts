import type { State } from '../answers.js';
import type { Database } from '../database/driver.js';

/** Above this number, PostgreSQL's estimate replaces the count. */
const MAX_COUNTED = 100_000;
/** Totals are counted at most once in this time, and only if something has changed. */
const TOTALS_LAST_MS = 5000;

type Totals = Pick<State, 'reports' | 'exact' | 'bytes'>;

/** Makes the function that returns the state. While nothing changes, it is one cheap query. */
export function createState(
  database: Database,
  { hasInterface, keepDays }: { hasInterface: boolean; keepDays?: number | undefined },
): () => Promise<State> {
  let totals: { version: string; countedAt: number; counted: Promise<Totals> } | undefined;

  async function totalsFor(version: string): Promise<Totals & { countsVersion: string }> {
    const isCurrent =
      totals && (totals.version === version || Date.now() - totals.countedAt < TOTALS_LAST_MS);
    if (!totals || !isCurrent) {
      totals = { version, countedAt: Date.now(), counted: countTotals(database) };
      totals.counted.catch(() => {
        totals = undefined;
      });
    }
    const countsVersion = totals.version;
    return { ...(await totals.counted), countsVersion };
  }

  return async () => {
    const [row] = await database.query<{ version: string; suppressions: number }>(
      // A report may be committed after others with higher serials, so the highest serial is not enough.
      `select concat_ws('.', max(serial), sum(serial), position) as version,
         suppressed::float8 as suppressions
       from suppression_sequence left join (
         select serial from failure_reports order by serial desc limit 1000) newest on true
       group by position, suppressed`,
    );
    const { version = '', suppressions = 0 } = row ?? {};
    return {
      ...(await totalsFor(version)),
      version,
      database: database.kind,
      suppressions,
      keepDays: keepDays ?? null,
      hasInterface,
    };
  };
}

async function countTotals(database: Database): Promise<Totals> {
  const [row] = await database.query<{ counted: number | null; estimate: number; bytes: number }>(
    `with estimated as (
       select greatest(reltuples, 0)::float8 as estimate from pg_class
       where oid = 'failure_reports'::regclass)
     select estimate,
       case when estimate <= 2 * ${MAX_COUNTED} then (select count(*)::int
         from (select from failure_reports limit ${MAX_COUNTED + 1}) found) end as counted,
       (select sum(pg_total_relation_size(name))::float8
         from unnest('{failure_reports, deleted_report_keys, suppressions, suppression_changes,
           total_counts, domain_counts}'::regclass[]) as name) as bytes
     from estimated`,
  );
  const { counted = 0, estimate = 0, bytes = 0 } = row ?? {};
  const exact = counted !== null && counted <= MAX_COUNTED;
  return { reports: exact ? counted : Math.max(estimate, MAX_COUNTED), exact, bytes };
}
