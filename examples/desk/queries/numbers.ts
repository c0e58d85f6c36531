import type { FailureCategory, FailureSeverity } from 'copernica-failures';
import type { Database } from '../database/database.js';
import { findSteps, type Period } from './periods.js';
import { FAILURE_RESOLUTIONS, split } from './spans.js';

/** How many reports arrived, per step of the period, category and severity. */
export interface Count {
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

/** The counts of a period, in steps that begin with the days of a time zone. */
export async function countReports(
  database: Database,
  period: Period,
  now = Date.now() / 1000,
  zone = 'UTC',
): Promise<Numbers> {
  const { starts, end, step } = await findSteps(database, period, now, zone);
  const from = starts[0] ?? end;
  const spans = starts.flatMap((start, index) =>
    split(start, starts[index + 1] ?? end, FAILURE_RESOLUTIONS, now).map((span) => ({
      ...span,
      start,
    })),
  );
  const counts = await database.query<Count>(
    `select time::float8, category, severity, sum(count)::float8 as count from (
       select span.start as time, counted.*
       from jsonb_to_recordset($1::jsonb) as span
           (start bigint, resolution int, "from" bigint, "to" bigint),
         lateral (
           select category, severity, sum(count) as count from failure_counts
           where resolution = span.resolution and time >= span."from" and time < span."to"
           group by 1, 2
         ) counted
       union all
       select ($2::bigint[])[width_bucket(time, $2::bigint[])], category, severity, sum(count)
       from count_deltas where time >= $3 and time < $4 group by 1, 2, 3
     ) counts
     group by 1, 2, 3 having sum(count) <> 0 order by 1, 2, 3`,
    [JSON.stringify(spans), starts, from, end],
  );
  return { from, to: starts.at(-1) ?? from, step, starts, end, counts };
}
