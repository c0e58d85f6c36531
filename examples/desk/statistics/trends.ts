import type { FailureCategory } from 'copernica-failures';
import type { Database } from '../database/database.js';
import type { Period } from './periods.js';

/** How long a step is, in seconds: one that the counters of domains have. */
const STEPS: Record<Period, number> = {
  hour: 900,
  day: 3600,
  month: 86_400,
  year: 30 * 86_400,
};

/** A domain's failures by category, each in every step. */
export type Course = Partial<Record<FailureCategory, number[]>>;

/** When the failures of each domain happened, in few steps: enough to see since when one refuses. */
export async function findCourses(
  database: Database,
  domains: string[],
  period: Period,
  { from, to }: { from: number; to: number },
): Promise<{ courseFrom: number; courseStep: number; courses: Course[] }> {
  const step = STEPS[period];
  const start = Math.floor(from / step) * step;
  const count = Math.ceil((to - start) / step);
  const rows = await database.query<{
    domain: string;
    category: FailureCategory;
    place: number;
    count: number;
  }>(
    `select domain, category, ((time - $2::bigint) / $3::int)::int as place, sum(count)::float8 as count
     from (
       select wanted.domain, category, unit.time, counted.count
       from unnest($1::text[]) as wanted (domain),
         generate_series($2::bigint, $2::bigint + ($4::int - 1) * $3::int, $3::int) as unit (time),
         lateral (
           select category, count from domain_counts
           where resolution = $3 and time = unit.time and domain = wanted.domain
         ) counted
       union all
       select domain, category, time, count from count_deltas
       where time >= $2 and time < $2 + $4::int * $3::int and domain = any($1::text[])
     ) counts
     group by 1, 2, 3 having sum(count) > 0`,
    [domains, start, step, count],
  );
  const courses = domains.map((): Course => ({}));
  for (const { domain, category, place, count: failures } of rows) {
    const course = courses[domains.indexOf(domain)] ?? {};
    const steps = course[category] ?? Array<number>(count).fill(0);
    steps[place] = failures;
    course[category] = steps;
  }
  return { courseFrom: start, courseStep: step, courses };
}
