import { setTimeout as delay } from 'node:timers/promises';
import type { Logger } from 'pino';
import { type Database, DatabaseUnavailableError } from './database/driver.js';
import { deleteExpiredReports } from './reports/delete-expired.js';
import { rollUp } from './statistics/rollup.js';

const DAY_MS = 86_400_000;
const INTERVAL_MS = 30_000;
/** Pauses after a failure: while the database is down, and at most after repeated failures. */
const DOWN_PAUSE_MS = 2000;
const MAX_PAUSE_MS = 600_000;
/** The embedded database has nobody else to renew the figures that its planner goes by. */
const ANALYZE_INTERVAL_MS = 3_600_000;

export interface Maintenance {
  /** Resolves when nothing of it runs any more. */
  stop(): Promise<void>;
}

/**
 * Counts finished hours and deletes expired reports, again and again. Any number of desks may do so at
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

  async function maintain(): Promise<void> {
    await rollUp(database);
    if (database.kind === 'embedded' && Date.now() - analyzedAt > ANALYZE_INTERVAL_MS) {
      await database.query('analyze');
      analyzedAt = Date.now();
    }
    if (keepDays === undefined) return;
    // Reports carry the time of the database's clock.
    const [row] = await database.query<{ now: Date }>('select now()');
    if (!row) return;
    const before = new Date(row.now.getTime() - keepDays * DAY_MS);
    const deleted = await deleteExpiredReports(database, before, { signal, graceMs });
    if (deleted > 0) log.info({ deleted, keepDays }, 'deleted expired reports');
  }

  async function repeat(): Promise<void> {
    let pause = DOWN_PAUSE_MS;
    while (!signal.aborted) {
      let wait = INTERVAL_MS;
      try {
        await maintain();
        pause = DOWN_PAUSE_MS;
      } catch (error) {
        log.debug({ err: error }, 'maintenance');
        wait = DOWN_PAUSE_MS;
        if (!(error instanceof DatabaseUnavailableError)) {
          const { name, code } = error as Error & { code?: string };
          log.warn({ name, code }, 'maintenance failed');
          pause = Math.min(2 * pause, MAX_PAUSE_MS);
          wait = pause;
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
