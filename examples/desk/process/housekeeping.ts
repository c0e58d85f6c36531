import { setTimeout as delay } from 'node:timers/promises';
import type { Logger } from 'pino';
import { catchUp, clearCounts, clearReports, foldCounts } from '../database/counting.js';
import type { Database } from '../database/database.js';
import { buildIndexes } from '../database/indexes.js';

const DAY = 86_400;
const PAUSE = 2000;

/** What is done behind the reports as they come in; any number of desks may do it at once. */
export interface Housekeeping {
  /** Resolves once nothing of it runs any more. */
  stop(): Promise<void>;
}

/**
 * Brings what an earlier version has left up to date, then, every two seconds, adds up the counters
 * and deletes what has had its time. While the database is down it waits.
 *
 * @param keepDays how long reports are kept; without it, for ever
 */
export function keepHouse(
  database: Database,
  { log, keepDays }: { log: Logger; keepDays?: number | undefined },
): Housekeeping {
  const stopping = new AbortController();
  const { signal } = stopping;

  /** Does some work again and again; without a pause, until it has succeeded once. */
  async function repeat(work: () => Promise<unknown>, pause?: number): Promise<void> {
    while (!signal.aborted) {
      const failed = await work().then(
        () => false,
        (error) => {
          log.debug({ err: error }, 'housekeeping');
          return true;
        },
      );
      if (!failed && pause === undefined) return;
      await delay(pause ?? PAUSE, undefined, { ref: false, signal }).catch(() => undefined);
    }
  }

  async function clear(): Promise<void> {
    if (keepDays !== undefined) {
      // Whole quarters of an hour, so that the counters still know what is left.
      const before = Math.floor((Date.now() / 1000 - keepDays * DAY) / 900) * 900;
      const cleared = await clearReports(database, new Date(before * 1000), signal);
      if (cleared > 0) log.info({ cleared, keepDays }, 'deleted reports that had their time');
    }
    await clearCounts(database);
  }

  const running = Promise.all([
    repeat(async () => {
      await buildIndexes(database);
      await catchUp(database, signal);
    }).then(() => repeat(clear, 30_000)),
    repeat(() => foldCounts(database), PAUSE),
  ]);
  return {
    async stop() {
      stopping.abort();
      await running;
    },
  };
}
