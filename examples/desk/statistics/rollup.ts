import type { Database, Query } from '../database/driver.js';
import { DAY_SECONDS, FOUR_WEEKS_SECONDS, HOUR_SECONDS } from './periods.js';

/** Lengths of the buckets. Each report is counted in one bucket of every length. */
const TOTAL_BUCKETS = `'{${HOUR_SECONDS}, ${DAY_SECONDS}}'::int[]`;
const DOMAIN_BUCKETS = `'{${HOUR_SECONDS}, ${DAY_SECONDS}, ${FOUR_WEEKS_SECONDS}}'::int[]`;
/** How long hourly counts of domains are kept; all other counts are kept for good. */
const HOURLY_DAYS = 3;
/** An hour is counted one minute after its end: by then, all its reports are committed. */
const SETTLING_TIME = "interval '1 minute'";
const ROLLUP_TIMEOUT_MS = 60_000;

/**
 * Counts, hour by hour, the reports of all finished hours. Any number of desks may do so at once.
 *
 * @param signal stops it after the current hour
 */
export async function rollUp(database: Database, signal?: AbortSignal): Promise<void> {
  const options = { timeoutMs: ROLLUP_TIMEOUT_MS };
  while (!signal?.aborted && (await database.transaction(rollUpNextHour, options)));
  await database.query(
    `delete from domain_counts
     where bucket_seconds = ${HOUR_SECONDS} and bucket_start < now() - make_interval(days => $1)`,
    [HOURLY_DAYS],
  );
}

/** Resolves to false if every finished hour is counted, or another desk is counting one. */
async function rollUpNextHour(query: Query): Promise<boolean> {
  const [progress] = await query<{ from: Date; until: Date }>(
    `select rolled_up_to as "from", date_trunc('hour', now() - ${SETTLING_TIME}, 'UTC') as until
     from rollup_progress for update skip locked`,
  );
  if (!progress || progress.from >= progress.until) return false;
  // Hours without a report are skipped.
  const [hour] = await query<{ from: Date; to: Date }>(
    `select least($2, start) as "from", least($2, start + interval '1 hour') as "to"
     from (select coalesce(date_trunc('hour', min(received_at), 'UTC'), $2::timestamptz) as start
       from failure_reports where received_at >= $1::timestamptz) next`,
    [progress.from, progress.until],
  );
  if (!hour) return false;
  await query(
    `with counted as materialized (
       -- The reports of the hour.
       select received_at, domain, category, severity from failure_reports
       where received_at >= $1::timestamptz and received_at < $2::timestamptz and not is_test
     ), totals as (
       -- Adds them to the bucket of each length, for all domains together.
       insert into total_counts
       select bucket_seconds, ${bucketStart('$1::timestamptz')}, category, severity, count(*)
       from counted, unnest(${TOTAL_BUCKETS}) as bucket_seconds
       group by bucket_seconds, category, severity
       on conflict (bucket_seconds, bucket_start, category, severity)
         do update set count = total_counts.count + excluded.count
     )
     -- The same for each domain.
     insert into domain_counts
     select bucket_seconds, domain, ${bucketStart('$1::timestamptz')}, category, severity, count(*)
     from counted, unnest(${DOMAIN_BUCKETS}) as bucket_seconds
     group by bucket_seconds, domain, category, severity
     on conflict (bucket_seconds, domain, bucket_start, category, severity)
       do update set count = domain_counts.count + excluded.count`,
    [hour.from, hour.to],
  );
  await query('update rollup_progress set rolled_up_to = $1', [hour.to]);
  return hour.to < progress.until;
}

/** The start of the bucket that holds a time, in SQL. */
function bucketStart(time: string): string {
  return `date_bin(make_interval(secs => bucket_seconds), ${time}, 'epoch')`;
}

/** Locks out the rollup until the transaction ends, so that counts and reports agree. */
export async function lockRollup(query: Query): Promise<void> {
  await query('select from rollup_progress for share');
}

/**
 * The part of a deleting statement that takes the reports out of the counts. Call `lockRollup` first.
 *
 * It reads the deleted rows from a part named `deleted`: received_at, domain, category, severity, is_test.
 */
export const SUBTRACT_COUNTED = `counted as (
    -- Later reports are in no count yet.
    select deleted.* from deleted, rollup_progress where received_at < rolled_up_to and not is_test
  ), totals as (
    -- Takes them out of the bucket of each length, for all domains together.
    update total_counts set count = total_counts.count - gone.count
    from (select bucket_seconds, ${bucketStart('received_at')} as start, category, severity, count(*)
      from counted, unnest(${TOTAL_BUCKETS}) as bucket_seconds group by 1, 2, 3, 4) gone
    where (total_counts.bucket_seconds, total_counts.bucket_start,
        total_counts.category, total_counts.severity)
      = (gone.bucket_seconds, gone.start, gone.category, gone.severity)
  ), domains as (
    -- The same for each domain.
    update domain_counts set count = domain_counts.count - gone.count
    from (select bucket_seconds, domain, ${bucketStart('received_at')} as start, category, severity,
        count(*)
      from counted, unnest(${DOMAIN_BUCKETS}) as bucket_seconds group by 1, 2, 3, 4, 5) gone
    where (domain_counts.bucket_seconds, domain_counts.domain, domain_counts.bucket_start,
        domain_counts.category, domain_counts.severity)
      = (gone.bucket_seconds, gone.domain, gone.start, gone.category, gone.severity)
  )`;
