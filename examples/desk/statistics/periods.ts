import createError from 'http-errors';
import type { Database } from '../database/driver.js';

const HOUR = 3600;
const DAY = 24 * HOUR;

export const NOT_A_ZONE = 'The zone is a name like Europe/Amsterdam';

/** How far back each period goes, and how long its steps are, in seconds. */
export const PERIODS = {
  hour: { length: HOUR, step: 60 },
  day: { length: DAY, step: HOUR },
  month: { length: 30 * DAY, step: DAY },
  year: { length: 52 * 7 * DAY, step: 7 * DAY },
} as const;

export type Period = keyof typeof PERIODS;

/** Start of every step, and the end of the last one, which is under way; Unix time. */
export interface Steps {
  starts: number[];
  end: number;
}

/**
 * The steps of a period that ends now. Days and weeks begin with the days of the time zone, moved to the
 * next full hour of UTC if the zone is off by less than an hour: counts are by the hour.
 */
export async function findSteps(
  database: Database,
  period: Period,
  now: number,
  zone: string,
): Promise<Steps> {
  const { length, step } = PERIODS[period];
  const count = length / step;
  if (step < DAY) {
    const end = Math.floor(now / step) * step + step;
    return { starts: Array.from({ length: count }, (_, i) => end - (count - i) * step), end };
  }
  const query = database.query<{ bound: number }>(
    `select ceil(extract(epoch from (
       date_trunc('day', to_timestamp($1::float8) at time zone $2)
       + make_interval(days => 1 - (${count} - place) * ${step / DAY})) at time zone $2) / ${HOUR})
       ::float8 * ${HOUR} as bound
     from generate_series(0, ${count}) as place order by place`,
    [now, zone],
  );
  const bounds = (await query.catch(refuseZone)).map(({ bound }) => bound);
  return { starts: bounds.slice(0, -1), end: bounds.at(-1) ?? now };
}

/**
 * A time zone by its name of a place, which PostgreSQL knows too; undefined for other names. To PostgreSQL,
 * a short name such as IST is another zone, or none.
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
  const isUnknown = error instanceof Error && 'code' in error && error.code === '22023';
  throw isUnknown ? createError(400, NOT_A_ZONE) : error;
}
