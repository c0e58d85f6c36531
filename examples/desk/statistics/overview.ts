import type { Database } from '../database/database.js';
import { countResults } from '../reports/count-reports.js';
import { countingProgress } from './counters.js';

/** What is kept, and how much room it takes. */
export interface State {
  database: Database['kind'];
  reports: number;
  /** False where there are more reports than are told. */
  exact: boolean;
  oldest: Date | null;
  bytes: number;
  suppressions: number;
  /** How much of what an earlier version has stored is counted by now; null once all is. */
  counting: { done: number } | null;
}

export async function findState(database: Database): Promise<State> {
  const [row] = await database.query<Pick<State, 'oldest' | 'bytes' | 'suppressions'>>(
    `select (select min(received_at) from failure_reports) as oldest,
       (select sum(pg_total_relation_size(name))::float8
        from unnest('{failure_reports, failure_counts, domain_counts, domain_totals,
          count_deltas, suppressions, suppression_changes, cleared_keys}'::regclass[]) as name) as bytes,
       (select suppressed::float8 from suppression_feed) as suppressions`,
  );
  const { count, exact } = await countResults(database, {});
  return {
    database: database.kind,
    reports: count,
    exact,
    oldest: row?.oldest ?? null,
    bytes: row?.bytes ?? 0,
    suppressions: row?.suppressions ?? 0,
    counting: await countingProgress(database),
  };
}
