import type { FailureCategory } from 'copernica-failures';
import type { Database } from '../database/database.js';
import { sumCounters } from './counters.js';
import { DOMAIN_RESOLUTIONS, roundOutwards, split } from './spans.js';

/** A receiving domain and how its failures divide. */
export interface DomainCount {
  /** Empty for recipients without one. */
  domain: string;
  total: number;
  categories: Partial<Record<FailureCategory, number>>;
}

/**
 * The receiving domains with the most failures of a time.
 *
 * There may be millions of domains, so they are not all added up: one that is large in the whole is
 * among the largest in some part of it.
 */
export async function largestDomains(
  database: Database,
  { from, to }: { from: number; to: number },
  now = Date.now() / 1000,
  most = 20,
): Promise<{ from: number; to: number; total: number; domains: DomainCount[] }> {
  const rounded = roundOutwards(from, to, DOMAIN_RESOLUTIONS, now);
  const spans = split(from, to, DOMAIN_RESOLUTIONS, now);
  const rows = await database.query<{ domain: string; category: FailureCategory; count: number }>(
    `with spans as (
       select resolution, generate_series("from", "to" - resolution, resolution) as time
       from jsonb_to_recordset($1::jsonb) as span (resolution int, "from" bigint, "to" bigint)
     ), recent as materialized (
       select domain, category, sum(count) as count from count_deltas
       where time >= $2 and time < $3 group by 1, 2
     ), candidates as (
       select distinct domain from spans, lateral (
         select domain from domain_counts
         where resolution = spans.resolution and time = spans.time
         order by count desc limit $4
       ) largest
       union
       (select domain from recent group by 1 order by sum(count) desc limit $4)
     ), counts as (
       select domain, category, sum(count) as count from (
         select domain, category, counted.count from candidates, spans, lateral (
           select category, count from domain_counts
           where resolution = spans.resolution and time = spans.time
             and domain_counts.domain = candidates.domain
         ) counted
         union all
         select domain, category, count from recent join candidates using (domain)
       ) each
       group by 1, 2
     ), largest as (
       select domain, sum(count) as total from counts group by 1 order by 2 desc, 1 limit $4
     )
     select domain, category, count::float8 from counts join largest using (domain)
     where count > 0 order by total desc, domain, count desc, category`,
    [JSON.stringify(spans), rounded.from, rounded.to, most],
  );
  const total = await sumCounters(database, rounded, now);
  return { ...rounded, total, domains: toDomains(rows) };
}

function toDomains(rows: { domain: string; category: FailureCategory; count: number }[]) {
  const domains = new Map<string, DomainCount>();
  for (const { domain, category, count } of rows) {
    const known = domains.get(domain) ?? { domain, total: 0, categories: {} };
    known.total += count;
    known.categories[category] = count;
    domains.set(domain, known);
  }
  return [...domains.values()];
}
