import type { Database } from '../database/database.js';
import { domainOf } from './search.js';
import { DOMAIN_RESOLUTIONS, FAILURE_RESOLUTIONS, split } from './spans.js';

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
    and ($6::text is null ${domain ? 'or domain = $6' : ''})`;
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
    [
      JSON.stringify(spans),
      from,
      to,
      category ?? null,
      severity ?? null,
      domain ? domainOf(domain) : null,
    ],
  );
  return row?.sum ?? 0;
}

/** How much of what an earlier version has stored is counted by now; null once all is. */
export async function countingProgress(database: Database): Promise<{ done: number } | null> {
  const [row] = await database.query<{ done: number }>(
    'select (1 - remaining::float8 / total)::float8 as done from count_backlog where remaining > 0',
  );
  return row ?? null;
}
