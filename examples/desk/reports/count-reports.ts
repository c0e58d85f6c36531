import type { Database } from '../database/database.js';
import { countKnown } from '../statistics/counters.js';
import { matching } from './matching.js';
import type { Search } from './search.js';

/** Counting stops here where it is by looking; so many among the newest will do. */
const MOST = 1000;
const ENOUGH = 10;

/**
 * How many reports match: exactly if the counters know it or if they are few, else "at least so
 * many". Tests do not count.
 */
export async function countResults(
  database: Database,
  { before: _, ...search }: Search,
  now = Date.now() / 1000,
): Promise<{ count: number; exact: boolean }> {
  const known = await countKnown(database, search, now);
  if (known !== undefined) return { count: known, exact: true };

  const real: Search = { ...search, tests: false };
  const { rows, end } = await matching(database, real, '1', MOST + 1, ENOUGH);
  const exact = !end && rows.length <= MOST;
  return { count: exact ? rows.length : roundDown(rows.length), exact };
}

/** A number that people take for a round one: 1,000, 500, 200, 100 ... */
function roundDown(count: number): number {
  return [1000, 500, 200, 100, 50, 20, 10].find((round) => round <= count) ?? count;
}
