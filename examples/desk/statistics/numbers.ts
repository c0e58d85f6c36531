import type { FailureCategory, FailureSeverity } from 'copernica-failures';
import type { Database } from '../database/database.js';
import { DOMAIN_RESOLUTIONS, FAILURE_RESOLUTIONS } from '../database/resolutions.js';
import { domainOf } from '../reports/search.js';
import { findSteps, type Period } from './periods.js';
import { split, toWholeUnits } from './spans.js';

/** How many reports arrived, per step of the period, category and severity. */
interface Count {
  /** Start of the step, in Unix time. */
  time: number;
  category: FailureCategory;
  severity: FailureSeverity;
  count: number;
}

export interface Numbers {
  /** Start of the first and of the last step, and how long a step is, in seconds. */
  from: number;
  to: number;
  step: number;
  /** Start of every step. A step of days can be an hour shorter or longer than the others. */
  starts: number[];
  /** End of the last step. */
  end: number;
  counts: Count[];
}

/**
 * The counts of a period, in steps that begin with the days of a time zone. Those of one domain are
 * less fine: the steps of an hour are quarters, those of a month begin with whole hours, and those of
 * a year with days of UTC.
 */
export async function countReports(
  database: Database,
  period: Period,
  now = Date.now() / 1000,
  { zone = 'UTC', domain }: { zone?: string | undefined; domain?: string | undefined } = {},
): Promise<Numbers> {
  const resolutions = domain ? DOMAIN_RESOLUTIONS : FAILURE_RESOLUTIONS;
  const steps = await findSteps(database, period, now, {
    zone: domain && period === 'year' ? 'UTC' : zone,
    finest: resolutions.at(-1)?.seconds,
  });
  const starts = toWholeUnits([...steps.starts, steps.end], resolutions, now);
  const end = starts.pop() ?? steps.end;
  const from = starts[0] ?? end;
  const spans = starts.flatMap((start, index) =>
    split(start, starts[index + 1] ?? end, resolutions, now).map((span) => ({
      ...span,
      start,
    })),
  );
  const matches = `($4::text is null ${domain ? `or domain = ${domainOf('$4')}` : ''})`;
  const counts = await database.query<Count>(
    `select time::float8, category, severity, sum(count)::float8 as count from (
       select span.start as time, counted.*
       from unnest($5::bigint[], $6::int[], $7::bigint[], $8::bigint[])
           as span (start, resolution, "from", "to"),
         lateral (
           select category, severity, sum(count) as count
           from ${domain ? 'domain_counts' : 'failure_counts'}
           where resolution = span.resolution and time >= span."from" and time < span."to" and ${matches}
           group by 1, 2
         ) counted
       union all
       select ($1::bigint[])[width_bucket(time, $1::bigint[])], category, severity, sum(count)
       from count_deltas where time >= $2 and time < $3 and ${matches} group by 1, 2, 3
     ) counts
     group by 1, 2, 3 having sum(count) <> 0 order by 1, 2, 3`,
    [
      starts,
      from,
      end,
      domain || null,
      spans.map(({ start }) => start),
      spans.map(({ resolution }) => resolution),
      spans.map((span) => span.from),
      spans.map((span) => span.to),
    ],
  );
  return { from, to: starts.at(-1) ?? from, step: steps.step, starts, end, counts };
}
