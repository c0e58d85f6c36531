import type { Database } from './database.js';
import { DOMAIN_RESOLUTIONS, FAILURE_RESOLUTIONS } from './resolutions.js';

const DAY = 86_400;

/** Lines that one transaction adds to the counters: less than half a second, where no two are alike. */
const LINES = 5000;

/** Adds to the counters what has been appended since; what is appended meanwhile may be left. */
export async function foldCounts(database: Database): Promise<void> {
  for (;;) {
    const [row] = await database.query<{ folded: number }>('select fold_counts($1) as folded', [
      LINES,
    ]);
    if (!row || row.folded < LINES) return;
  }
}

/** Counts and numbers, in small batches, what an earlier version has stored. */
export async function catchUp(database: Database, signal?: AbortSignal, batch = 5000) {
  for (const next of ['count_older_reports', 'number_older_suppressions']) {
    let more = true;
    while (more && !signal?.aborted) {
      const [row] = await database.query<{ more: boolean }>(`select ${next}($1) as more`, [batch]);
      more = row?.more ?? false;
      await foldCounts(database);
    }
  }
}

/**
 * Deletes, a few at a time, the reports that came before a time; their counts stay, so nothing is
 * deleted before it is counted. Resolves to how many there were.
 */
export async function clearReports(
  database: Database,
  before: Date,
  signal?: AbortSignal,
  batch = 500,
): Promise<number> {
  let cleared = 0;
  while (!signal?.aborted) {
    const [row] = await database.query<{ count: number }>('select clear_reports($1, $2) as count', [
      before,
      batch,
    ]);
    cleared += row?.count ?? 0;
    if (!row || row.count < batch) break;
  }
  return cleared;
}

/** Deletes counts that are finer than anybody will ask for. */
export async function clearCounts(database: Database, now: number): Promise<void> {
  for (const [table, resolutions] of [
    ['failure_counts', FAILURE_RESOLUTIONS],
    ['domain_counts', DOMAIN_RESOLUTIONS],
    ['domain_totals', DOMAIN_RESOLUTIONS],
  ] as const) {
    for (const { seconds, kept } of resolutions) {
      if (kept === Number.POSITIVE_INFINITY) continue;
      await database.query(`delete from ${table} where resolution = $1 and time < $2`, [
        seconds,
        Math.floor(now - kept - DAY),
      ]);
    }
  }
}
