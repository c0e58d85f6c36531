import { setTimeout as delay } from 'node:timers/promises';
import type { Logger } from 'pino';
import { catchUp, clearCounts, clearReports, foldCounts } from './database/counting.js';
import { type Database, DatabaseUnavailableError } from './database/database.js';
import { buildIndexes } from './database/indexes.js';

const DAY = 86_400;
const PAUSE = 2000;
/** Between two tries of what goes wrong again and again. */
const LONGEST_PAUSE = 600_000;

/** What is done behind the reports as they come in; any number of desks may do it at once. */
export interface Housekeeping {
  /** Resolves once nothing of it runs any more. */
  stop(): Promise<void>;
}

/**
 * Builds the indexes, brings what an earlier version has left up to date, adds up the counters and
 * deletes what has had its time; each again and again, and none waits for another. While the database
 * is down it waits.
 *
 * @param keepDays how long reports are kept; without it, for ever
 */
export function keepHouse(
  database: Database,
  { log, keepDays }: { log: Logger; keepDays?: number | undefined },
): Housekeeping {
  const stopping = new AbortController();
  const { signal } = stopping;

  async function repeat(work: () => Promise<unknown>, pause: number): Promise<void> {
    let next = PAUSE;
    while (!signal.aborted) {
      const wait = await work().then(
        () => {
          next = PAUSE;
          return pause;
        },
        (error) => {
          log.debug({ err: error }, 'housekeeping');
          if (error instanceof DatabaseUnavailableError) return PAUSE;
          const { name, code, indexes } = error;
          log.warn({ name, code, indexes }, 'housekeeping failed');
          next = Math.min(2 * next, LONGEST_PAUSE);
          return next;
        },
      );
      await delay(wait, undefined, { ref: false, signal }).catch(() => undefined);
    }
  }

  async function clear(): Promise<void> {
    // The clock that the reports go by.
    const [{ now } = { now: 0 }] = await database.query<{ now: number }>(
      'select extract(epoch from now())::float8 as now',
    );
    if (keepDays !== undefined) {
      // Whole quarters of an hour, so that the counters still know what is left.
      const before = Math.floor((now - keepDays * DAY) / 900) * 900;
      const cleared = await clearReports(database, new Date(before * 1000), signal);
      if (cleared > 0) log.info({ cleared, keepDays }, 'deleted reports that had their time');
    }
    await clearCounts(database, now);
  }

  const running = Promise.all([
    // Now and then: whoever builds them may die, and a database may be made anew.
    repeat(() => buildIndexes(database), 10_000),
    repeat(async () => {
      await catchUp(database, signal);
      await clear();
    }, 30_000),
    repeat(() => foldCounts(database), PAUSE),
  ]);
  return {
    async stop() {
      stopping.abort();
      await running;
    },
  };
}
