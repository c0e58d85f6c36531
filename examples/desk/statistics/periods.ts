import createError from 'http-errors';
import type { Database } from '../database/driver.js';

export const HOUR_SECONDS = 3600;
export const DAY_SECONDS = 24 * HOUR_SECONDS;
export const FOUR_WEEKS_SECONDS = 28 * DAY_SECONDS;

export const NOT_A_ZONE = 'The zone is a name like Europe/Amsterdam';

/** How far back each period goes, and how long its steps are, in seconds. */
export const PERIODS = {
  hour: { length: HOUR_SECONDS, step: 60 },
  day: { length: DAY_SECONDS, step: HOUR_SECONDS },
  month: { length: 30 * DAY_SECONDS, step: DAY_SECONDS },
  year: { length: 52 * 7 * DAY_SECONDS, step: 7 * DAY_SECONDS },
} as const;

export type Period = keyof typeof PERIODS;

/** Start of every step, and the end of the last one, which is not over yet; Unix time. */
interface Steps {
  starts: number[];
  end: number;
}

/**
 * The part `bounds` of a statement: a period, and the time from which its reports are read from their table,
 * since they are not counted yet. The minutes of the last hour are always read from there.
 *
 * Parameters: $1 and $2 are the start and the end of the period, in Unix time.
 */
export function boundsOf(period: Period): string {
  const countedTo = period === 'hour' ? '"from"' : 'least("end", greatest("from", rolled_up_to))';
  return `bounds as materialized (
    select "from", "end", ${countedTo} as counted_to
    from rollup_progress,
      (select to_timestamp($1::float8) as "from", to_timestamp($2::float8) as "end") as period
  )`;
}

/**
 * The steps of a period that ends now. Days and weeks begin at midnight of the time zone. If that is not a
 * full hour of UTC, they begin at the next one, since the counts are by the hour.
 */
export async function findSteps(
  database: Database,
  period: Period,
  now: number,
  zone: string,
): Promise<Steps> {
  const { length, step } = PERIODS[period];
  const count = length / step;
  if (step < DAY_SECONDS) {
    const end = Math.floor(now / step) * step + step;
    return { starts: Array.from({ length: count }, (_, i) => end - (count - i) * step), end };
  }
  const query = database.query<{ bound: number }>(
    `select ceil(extract(epoch from (
       date_trunc('day', to_timestamp($1::float8) at time zone $2)
       + make_interval(days => 1 - (${count} - place) * ${step / DAY_SECONDS})) at time zone $2)
       / ${HOUR_SECONDS})::float8 * ${HOUR_SECONDS} as bound
     from generate_series(0, ${count}) as place order by place`,
    [now, zone],
  );
  const bounds = (await query.catch(refuseZone)).map(({ bound }) => bound);
  return { starts: bounds.slice(0, -1), end: bounds.at(-1) ?? now };
}

/**
 * The time zone of a name such as Europe/Amsterdam, which PostgreSQL knows too; undefined for other names.
 * PostgreSQL understands a short name such as IST as another zone, or as none.
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
