import type { Database } from '../database/database.js';
import { countingProgress, sumCounters } from './counters.js';
import { isOrdered, newest, ordered, where } from './matching.js';
import { contentConditions, Parameters, type Search, timeConditions } from './search.js';
import { DOMAIN_RESOLUTIONS, FAILURE_RESOLUTIONS, roundOutwards } from './spans.js';

/** Counting stops here where it is by looking. */
const ENOUGH = 1000;
/** How many of the newest reports are looked through for what may be common. */
const REACH = 2000;

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

  const parameters = new Parameters();
  if (isOrdered(search)) {
    const [sql, values] = ordered(search, 'test', ENOUGH + 1);
    return atMost(await count(database, sql, values));
  }
  if (!search.address) {
    const { count, all } = await countAmongNewest(database, search);
    if (all) return atMost(count);
    if (count > 10) return { count: roundDown(count), exact: false };
  }
  const conditions = [
    ...contentConditions(search, parameters),
    ...timeConditions(search, parameters),
  ];
  const sql = `select test from failure_reports ${where(conditions)} limit ${ENOUGH + 1}`;
  return atMost(await count(database, sql, parameters.values));
}

/** How many of the newest match, and whether those are all there are. */
async function countAmongNewest(database: Database, search: Search) {
  const parameters = new Parameters();
  const matches = [...contentConditions(search, parameters), 'not test'].join(' and ');
  const [row] = await database.query<{ count: number; looked: number }>(
    `select count(*) filter (where ${matches})::int as count, count(*)::int as looked
     from (${newest(search, parameters, REACH)}) newest`,
    parameters.values,
  );
  return { count: row?.count ?? 0, all: (row?.looked ?? 0) < REACH };
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
