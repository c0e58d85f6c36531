import type { FailureCategory } from 'copernica-failures';
import type { Database } from '../database/database.js';
import { DOMAIN_RESOLUTIONS } from '../database/resolutions.js';
import { sumCounters } from './counters.js';
import { roundOutwards, split } from './spans.js';

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
 * There may be millions of domains, so they are not all added up, but only those that are among the
 * largest in some part of the time. One that is large in the whole without that would be missed.
 */
export async function largestDomains(
  database: Database,
  { from, to }: { from: number; to: number },
  now = Date.now() / 1000,
  most = 20,
): Promise<{ from: number; to: number; total: number; domains: DomainCount[] }> {
  const rounded = roundOutwards(from, to, DOMAIN_RESOLUTIONS, now);
  const spans = split(from, to, DOMAIN_RESOLUTIONS, now);
  const units = spans.flatMap(({ resolution, from: first, to: end }) =>
    Array.from({ length: (end - first) / resolution }, (_, index) => ({
      resolution,
      time: first + index * resolution,
    })),
  );
  const rows = await database.query<{ domain: string; category: FailureCategory; count: number }>(
    `with units as materialized (
       select * from unnest($1::int[], $2::bigint[]) as unit (resolution, time)
     ), recent as materialized (
       select domain, category, sum(count) as count from count_deltas
       where time >= $3 and time < $4 group by 1, 2
     ), candidates as materialized (
       select domain from (
         select domain, largest.count from units, lateral (
           select domain, count from domain_totals
           where resolution = units.resolution and time = units.time
           order by count desc limit $5
         ) largest
         union all
         (select domain, sum(count) from recent group by 1 order by 2 desc limit $5)
       ) largest
       group by 1 order by sum(count) desc limit $5::int + 5
     ), counts as materialized (
       select domain, category, sum(count) as count from (
         select domain, category, counted.count from candidates, units, lateral (
           select category, sum(count) as count from domain_counts
           where resolution = units.resolution and time = units.time
             and domain_counts.domain = candidates.domain
           group by 1
         ) counted
         union all
         select domain, category, count from recent join candidates using (domain)
       ) each
       group by 1, 2
     ), largest as (
       select domain, sum(count) as total from counts group by 1 order by 2 desc, 1 limit $5
     )
     select domain, category, count::float8 from counts join largest using (domain)
     where count > 0 order by total desc, domain, count desc, category`,
    [
      units.map(({ resolution }) => resolution),
      units.map(({ time }) => time),
      rounded.from,
      rounded.to,
      most,
    ],
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
