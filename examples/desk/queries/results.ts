import type { Database } from '../database/database.js';
import { countingProgress, sumCounters } from './counters.js';
import { LONG_LOOK, look, SHORT_LOOK } from './matching.js';
import { Parameters, type Search } from './search.js';
import { findSelective, throughIndex } from './selective.js';
import { isOrdered, ordered } from './sources.js';
import { DOMAIN_RESOLUTIONS, FAILURE_RESOLUTIONS, roundOutwards } from './spans.js';

/** Counting stops here where it is by looking. */
const ENOUGH = 1000;

/**
 * How many reports match: exactly if the counters know it or if they are few, else "at least so
 * many". Tests do not count.
 */
export async function countResults(
  database: Database,
  { before: _, ...search }: Search,
  now = Date.now() / 1000,
): Promise<{ count: number; exact: boolean }> {
  const known = await askCounters(database, search, now);
  if (known !== undefined) return { count: known, exact: true };

  if (isOrdered(search)) {
    const [sql, values] = ordered(search, 'test', ENOUGH + 1);
    return atMost(await count(database, sql, values));
  }
  if (!search.address) {
    const some = await countInLook(database, search, SHORT_LOOK);
    if (some.exact || some.count >= 10) return some;
  }
  const selective = await findSelective(database, search);
  if (selective) {
    const parameters = new Parameters();
    const sql = `select test from ${throughIndex(search, selective, parameters)} limit ${ENOUGH + 1}`;
    return atMost(await count(database, sql, parameters.values));
  }
  return countInLook(database, search, LONG_LOOK);
}

/** How many match among some of the newest, and whether those are all there are. */
async function countInLook(database: Database, search: Search, reach: number) {
  const { rows, end } = await look<{ test: boolean }>(database, search, 'test', ENOUGH + 1, reach);
  const count = rows.filter(({ test }) => !test).length;
  return end && count <= ENOUGH ? { count: roundDown(count), exact: false } : atMost(count);
}

async function count(database: Database, sql: string, values: unknown[]): Promise<number> {
  const [row] = await database.query<{ count: number }>(
    `select count(*)::int as count from (${sql}) found where not test`,
    values,
  );
  return row?.count ?? 0;
}

function atMost(count: number) {
  return count > ENOUGH ? { count: ENOUGH, exact: false } : { count, exact: true };
}

/** A number that people take for a round one: 1,000, 500, 200, 100 ... */
function roundDown(count: number): number {
  return [1000, 500, 200, 100, 50, 20, 10].find((round) => round <= count) ?? count;
}

/** What the counters say, if they know it: nothing of parts, tags and states, nor finer times. */
async function askCounters(
  database: Database,
  search: Search,
  now: number,
): Promise<number | undefined> {
  const { recipient, address, tag, state, after, category, severity, domain } = search;
  if (recipient || address || tag || state || after) return undefined;
  if (await countingProgress(database)) return undefined;
  const [kept] = await database.query<{ oldest: number; newest: number; counted: number }>(
    `select extract(epoch from min(received_at))::float8 as oldest,
       extract(epoch from max(received_at))::float8 as newest,
       (select min(time)::float8 from failure_counts where resolution = 900) as counted
     from failure_reports`,
  );
  if (!kept?.newest) return 0;
  const resolutions = domain ? DOMAIN_RESOLUTIONS : FAILURE_RESOLUTIONS;
  // The retention deletes whole quarters of an hour, and what it deletes stays counted.
  const oldest = Math.floor(kept.oldest / 900) * 900;
  const cleared = kept.counted !== null && kept.counted < oldest;
  const from = Math.max(search.from ?? 0, cleared ? oldest : 0);
  const to = Math.min(
    search.to ?? Number.POSITIVE_INFINITY,
    Math.ceil((kept.newest + 1) / DAYS_30) * DAYS_30,
  );
  if (from >= to) return 0;
  const rounded = roundOutwards(from, to, resolutions, now);
  if (rounded.from !== from || rounded.to !== to) return undefined;
  return sumCounters(database, { from, to, category, severity, domain }, now);
}

const DAYS_30 = 30 * 86_400;
