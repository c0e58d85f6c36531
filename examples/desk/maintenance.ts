import { setTimeout as delay } from 'node:timers/promises';
import type { Logger } from 'pino';
import { type Database, DatabaseUnavailableError } from './database/driver.js';
import { deleteExpiredReports } from './reports/delete-expired.js';
import { rollUp } from './statistics/rollup.js';

const DAY_MS = 86_400_000;
const INTERVAL_MS = 30_000;
/** Pause while the database is down, and after the first of other failures. */
const MIN_PAUSE_MS = 2000;
/** With each further failure the pause doubles, up to this. */
const MAX_PAUSE_MS = 600_000;
/** The embedded database has no autovacuum, so the desk updates the planner's statistics. */
const ANALYZE_INTERVAL_MS = 3_600_000;

export interface Maintenance {
  /** Resolves once the round that runs now has ended. */
  stop(): Promise<void>;
}

/**
 * Counts finished hours and deletes expired reports in the background. Any number of desks may do so at
 * once.
 *
 * @param options.keepDays how long reports are kept; undefined for ever
 * @param options.graceMs see `deleteExpiredReports`
 */
export function startMaintenance(
  database: Database,
  {
    log,
    keepDays,
    graceMs,
  }: { log: Logger; keepDays?: number | undefined; graceMs?: number | undefined },
): Maintenance {
  const stopping = new AbortController();
  const { signal } = stopping;
  let analyzedAt = 0;

  /** Resolves to true if more expired reports may be left. */
  async function maintain(): Promise<boolean> {
    await rollUp(database, signal);
    if (database.kind === 'embedded' && Date.now() - analyzedAt > ANALYZE_INTERVAL_MS) {
      await database.query('analyze');
      analyzedAt = Date.now();
    }
    if (keepDays === undefined) return false;
    // Reports carry the time of the database's clock.
    const [row] = await database.query<{ now: Date }>('select now()');
    if (!row) return false;
    const before = new Date(row.now.getTime() - keepDays * DAY_MS);
    const deleted = await deleteExpiredReports(database, before, { signal, graceMs });
    if (deleted > 0) log.info({ deleted, keepDays }, 'deleted expired reports');
    return deleted > 0;
  }

  async function repeat(): Promise<void> {
    let pause = MIN_PAUSE_MS;
    while (!signal.aborted) {
      let wait = INTERVAL_MS;
      try {
        if (await maintain()) wait = 0;
        pause = MIN_PAUSE_MS;
      } catch (error) {
        log.debug({ err: error }, 'maintenance');
        wait = pause;
        if (!(error instanceof DatabaseUnavailableError)) {
          const { name, code } = error as Error & { code?: string };
          log.warn({ name, code }, 'maintenance failed');
          pause = Math.min(2 * pause, MAX_PAUSE_MS);
        }
      }
      await delay(wait, undefined, { ref: false, signal }).catch(() => undefined);
    }
  }

  const running = repeat();
  return {
    async stop() {
      stopping.abort();
      await running;
    },
  };
}
