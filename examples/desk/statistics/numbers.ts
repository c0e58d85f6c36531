import type { Numbers, StepCount } from '../answers.js';
import type { Database } from '../database/driver.js';
import { boundsOf, DAY_SECONDS, findSteps, HOUR_SECONDS, type Period } from './periods.js';

/**
 * How many reports arrived in each step of a period. Finished hours come from the counts. Later reports,
 * and those of the last hour, come from the table of reports.
 *
 * The weeks of a year and the days of one domain begin at midnight in UTC: their counts are by the day.
 */
export async function countByStep(
  database: Database,
  period: Period,
  options: NumbersOptions = {},
): Promise<Numbers> {
  const { zone = 'UTC', domain, now = Date.now() / 1000 } = options;
  const isDaily = period === 'year' || (period === 'month' && domain !== undefined);
  const { starts, end } = await findSteps(database, period, now, isDaily ? 'UTC' : zone);
  const from = starts[0] ?? end;
  const counts = await database.query<StepCount>(
    `with ${boundsOf(period)}
     select ($3::float8[])[width_bucket(extract(epoch from at)::float8, $3::float8[])] as time,
       category, severity, sum(count)::float8 as count
     from (
       -- Finished hours, or days.
       select bucket_start as at, category, severity, count
       from bounds, ${domain === undefined ? 'total_counts' : 'domain_counts'}
       where bucket_seconds = ${isDaily ? DAY_SECONDS : HOUR_SECONDS}
         and bucket_start >= "from" and bucket_start < counted_to
         ${domain === undefined ? '' : 'and domain = $4'}
       union all
       -- Later reports.
       select received_at, category, severity, 1
       from bounds, failure_reports
       where received_at >= counted_to and received_at < "end" and not is_test
         and ($4::text is null or domain = $4)
     ) reports
     group by 1, 2, 3 having sum(count) > 0 order by 1, 2, 3`,
    [from, end, starts, domain ?? null],
  );
  return { from, end, starts, counts };
}

interface NumbersOptions {
  /** Default: UTC. */
  zone?: string | undefined;
  domain?: string | undefined;
  /** Unix time, in seconds. */
  now?: number;
}
