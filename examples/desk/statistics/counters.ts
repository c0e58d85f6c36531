import type { Database } from '../database/database.js';
import { DOMAIN_RESOLUTIONS, FAILURE_RESOLUTIONS } from '../database/resolutions.js';
import { domainOf, type Search } from '../reports/search.js';
import { roundOutwards, split } from './spans.js';

/** The end of a time lies on a unit of every resolution, in seconds. */
const COARSEST = 30 * 86_400;

/** What counters know about reports. */
export interface Counted {
  from: number;
  to: number;
  category?: string | undefined;
  severity?: string | undefined;
  domain?: string | undefined;
}

/** How many reports there were, by the counters and what has not been added to them yet. */
export async function sumCounters(
  database: Database,
  { from, to, category, severity, domain }: Counted,
  now = Date.now() / 1000,
): Promise<number> {
  const table = domain ? 'domain_counts' : 'failure_counts';
  const spans = split(from, to, domain ? DOMAIN_RESOLUTIONS : FAILURE_RESOLUTIONS, now);
  const matches = `($4::text is null or category = $4) and ($5::text is null or severity = $5)
    and ($6::text is null ${domain ? `or domain = ${domainOf('$6')}` : ''})`;
  const [row] = await database.query<{ sum: number }>(
    `select coalesce(sum(count), 0)::float8 as sum from (
       select counted.count
       from jsonb_to_recordset($1::jsonb) as span (resolution int, "from" bigint, "to" bigint),
         lateral (
           select sum(count) as count from ${table}
           where resolution = span.resolution and time >= span."from" and time < span."to"
             and ${matches}
         ) counted
       union all
       select sum(count) from count_deltas where time >= $2 and time < $3 and ${matches}
     ) parts`,
    [JSON.stringify(spans), from, to, category ?? null, severity ?? null, domain || null],
  );
  return row?.sum ?? 0;
}

/** How many match, if the counters know it: nothing of parts, tags and states, nor finer times. */
export async function countKnown(
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
    Math.ceil((kept.newest + 1) / COARSEST) * COARSEST,
  );
  if (from >= to) return 0;
  const rounded = roundOutwards(from, to, resolutions, now);
  if (rounded.from !== from || rounded.to !== to) return undefined;
  return sumCounters(database, { from, to, category, severity, domain }, now);
}

/** How much of what an earlier version has stored is counted by now; null once all is. */
export async function countingProgress(database: Database): Promise<{ done: number } | null> {
  const [row] = await database.query<{ done: number }>(
    'select (1 - remaining::float8 / total)::float8 as done from count_backlog where remaining > 0',
  );
  return row ?? null;
}
