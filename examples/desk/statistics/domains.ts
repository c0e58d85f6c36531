import type { FailureCategory } from 'copernica-failures';
import type { DomainCount, Domains } from '../answers.js';
import type { Database } from '../database/driver.js';
import { boundsOf, DAY_SECONDS, FOUR_WEEKS_SECONDS, HOUR_SECONDS, type Period } from './periods.js';

const MINUTE_SECONDS = 60;
const MAX_DOMAINS = 20;
/** How many rows of each bucket are read to find the largest domains of the whole period. */
const LARGEST_OF_BUCKET = 50;
const MAX_CANDIDATES = 40;

/**
 * The steps of a trend: their length in seconds, and their number. The last one ends at a full `unit` of UTC.
 */
const TRENDS: Record<Period, { step: number; count: number; unit: number }> = {
  hour: { step: 300, count: 12, unit: MINUTE_SECONDS },
  day: { step: HOUR_SECONDS, count: 24, unit: HOUR_SECONDS },
  month: { step: DAY_SECONDS, count: 30, unit: DAY_SECONDS },
  year: { step: FOUR_WEEKS_SECONDS, count: 14, unit: FOUR_WEEKS_SECONDS },
};

interface Row {
  domain: string;
  category: FailureCategory;
  /** Number of the step of the trend, from 1. */
  step: number;
  count: number;
}

/**
 * The receiving domains with the most failures of a period, and the trend of each.
 *
 * There may be millions of domains. Only those among the largest of some step are summed. A domain that is
 * never among them, but large over the whole period, is missed.
 */
export async function findLargestDomains(
  database: Database,
  period: Period,
  now = Date.now() / 1000,
): Promise<Domains> {
  const { step, count, unit } = TRENDS[period];
  const end = Math.floor(now / unit) * unit + unit;
  const trendStarts = Array.from({ length: count }, (_, index) => end - (count - index) * step);
  const from = trendStarts[0] ?? end;
  const bucketSeconds = Math.max(step, HOUR_SECONDS);
  const [rows, [all]] = await Promise.all([
    database.query<Row>(largestOf(period), [from, end, bucketSeconds, trendStarts]),
    database.query<{ count: number }>(totalOf(period), [
      ...[from, end],
      Math.min(bucketSeconds, DAY_SECONDS),
    ]),
  ]);
  const domains = toDomains(rows, trendStarts.length)
    .sort((one, other) => other.total - one.total || (one.domain < other.domain ? -1 : 1))
    .slice(0, MAX_DOMAINS);
  return { from, end, total: all?.count ?? 0, domains, trendStarts };
}

/** All failures of the period: from the counts, and later ones from the table of reports. */
const totalOf = (period: Period) => `
  with ${boundsOf(period)}
  select sum(count)::float8 as count from (
    select count from bounds, total_counts
    where bucket_seconds = $3::int and bucket_start >= "from" and bucket_start < counted_to
    union all
    select count(*) from bounds, failure_reports
    where received_at >= counted_to and received_at < "end" and not is_test
  ) counts`;

/** The failures of the largest domains, by category and step of the trend. */
const largestOf = (period: Period) => `
  with ${boundsOf(period)}, buckets as materialized (
    -- The buckets of finished hours in the period.
    select start from bounds,
      generate_series("from", counted_to - interval '1 second', make_interval(secs => $3::int)) as start
  ), recent as materialized (
    -- Later reports, by domain, category and step.
    select domain, category,
      width_bucket(extract(epoch from received_at)::float8, $4::float8[]) as step, count(*) as count
    from bounds, failure_reports
    where received_at >= counted_to and received_at < "end" and not is_test
    group by 1, 2, 3
  ), candidates as materialized (
    -- The domains with the largest sums, of those that are large in some bucket or among later reports.
    select domain from (
      select domain, largest.count from buckets, lateral (
        select domain, count from domain_counts
        where bucket_seconds = $3::int and bucket_start = buckets.start
        order by count desc limit ${LARGEST_OF_BUCKET}
      ) largest
      union all
      (select domain, sum(count) from recent group by 1 order by 2 desc limit ${LARGEST_OF_BUCKET})
    ) largest
    group by 1 order by sum(count) desc limit ${MAX_CANDIDATES}
  )
  -- All failures of these domains.
  select domain, category, step, sum(count)::float8 as count from (
    select domain, category,
      width_bucket(extract(epoch from bucket_start)::float8, $4::float8[]) as step, counted.count
    from bounds, candidates, lateral (
      select bucket_start, category, count from domain_counts
      where bucket_seconds = $3::int and domain_counts.domain = candidates.domain
        and bucket_start >= "from" and bucket_start < counted_to
    ) counted
    union all
    select domain, category, step, count from recent join candidates using (domain)
  ) counts
  group by 1, 2, 3 having sum(count) > 0`;

function toDomains(rows: Row[], steps: number): DomainCount[] {
  const domains = new Map<string, DomainCount>();
  for (const { domain, category, step, count } of rows) {
    const entry = domains.get(domain) ?? { domain, total: 0, categories: {}, trend: {} };
    entry.total += count;
    entry.categories[category] = (entry.categories[category] ?? 0) + count;
    const trend = entry.trend[category] ?? Array<number>(steps).fill(0);
    trend[step - 1] = (trend[step - 1] ?? 0) + count;
    entry.trend[category] = trend;
    domains.set(domain, entry);
  }
  return [...domains.values()];
}
