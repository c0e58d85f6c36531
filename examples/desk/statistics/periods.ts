import createError from 'http-errors';
import type { Database } from '../database/database.js';

const DAY = 86_400;

export const NOT_A_ZONE = 'The zone is a name like Europe/Amsterdam';

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
  const query = database.query<{ bound: number }>(
    `select extract(epoch from (
       date_trunc('day', to_timestamp($1::float8) at time zone $2)
       + make_interval(days => 1 - (${count} - place) * ${days})) at time zone $2)::float8 as bound
     from generate_series(0, ${count}) as place order by place`,
    [now, zone],
  );
  const bounds = await query.catch(refuseZone);
  const starts = bounds.map(({ bound }) => bound);
  const end = starts.pop() ?? now;
  return { starts, end, step };
}

/**
 * A time zone by the name that PostgreSQL knows it by too: that of a place. To PostgreSQL, short names
 * such as IST are other zones or none.
 */
export function knownZone(name: string): string | undefined {
  try {
    const { timeZone } = new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions();
    return timeZone.includes('/') || ['UTC', 'GMT'].includes(timeZone) ? timeZone : undefined;
  } catch {
    return undefined;
  }
}

/** PostgreSQL may have an older list of time zones. */
function refuseZone(error: unknown): never {
  const unknown = error instanceof Error && 'code' in error && error.code === '22023';
  throw unknown ? createError(400, NOT_A_ZONE) : error;
}
