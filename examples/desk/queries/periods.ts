import type { Database } from '../database/database.js';

const DAY = 86_400;

/** How far back the numbers go and how finely they are plotted, in seconds. */
export const PERIODS = {
  hour: { length: 3600, step: 60 },
  day: { length: DAY, step: 1800 },
  month: { length: 30 * DAY, step: DAY },
  year: { length: 52 * 7 * DAY, step: 7 * DAY },
} as const;

export type Period = keyof typeof PERIODS;

export interface Steps {
  /** Start of every step, in Unix time. */
  starts: number[];
  /** End of the last step, the one that is under way. */
  end: number;
  step: number;
}

/** The steps of a period. Those of days and weeks begin with the days of the time zone. */
export async function findSteps(
  database: Database,
  period: Period,
  now: number,
  { zone, finest = 0 }: { zone: string; finest?: number | undefined },
): Promise<Steps> {
  const { length } = PERIODS[period];
  const step = Math.max(PERIODS[period].step, finest);
  const count = length / step;
  const days = step / DAY;
  if (days < 1) {
    const last = Math.floor(now / step) * step;
    const starts = Array.from({ length: count }, (_, index) => last - (count - 1 - index) * step);
    return { starts, end: last + step, step };
  }
  // The last step ends with today.
  const bounds = await database.query<{ bound: number }>(
    `select extract(epoch from (
       date_trunc('day', to_timestamp($1::float8) at time zone $2)
       + make_interval(days => 1 - (${count} - place) * ${days})) at time zone $2)::float8 as bound
     from generate_series(0, ${count}) as place order by place`,
    [now, zone],
  );
  const starts = bounds.map(({ bound }) => bound);
  const end = starts.pop() ?? now;
  return { starts, end, step };
}

/** Whether it is the name of a time zone. */
export function isZone(name: string): boolean {
  try {
    return Boolean(new Intl.DateTimeFormat('en', { timeZone: name }));
  } catch {
    return false;
  }
}
