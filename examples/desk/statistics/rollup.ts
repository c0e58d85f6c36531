import type { Database, Query } from '../database/driver.js';

export const HOUR_SECONDS = 3600;
export const DAY_SECONDS = 24 * HOUR_SECONDS;
export const FOUR_WEEKS_SECONDS = 28 * DAY_SECONDS;
/** Lengths of the buckets that a report is counted in. */
const TOTAL_BUCKETS = `'{${HOUR_SECONDS}, ${DAY_SECONDS}}'::int[]`;
const DOMAIN_BUCKETS = `'{${HOUR_SECONDS}, ${DAY_SECONDS}, ${FOUR_WEEKS_SECONDS}}'::int[]`;
/** How long counts of domains by the hour are kept; all others are kept for good. */
const HOURLY_DAYS = 3;
/** An hour is counted one minute after its end: by then, all its reports are committed. */
const SETTLING_TIME = "interval '1 minute'";
const ROLLUP_TIMEOUT_MS = 60_000;

/**
 * Counts, hour by hour, the reports of all finished hours. Any number of desks may do so at once.
 *
 * @param signal ends it after the hour that is being counted
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
       select received_at, domain, category, severity from failure_reports
       where received_at >= $1::timestamptz and received_at < $2::timestamptz and not is_test
     ), totals as (
       insert into total_counts
       select bucket_seconds, ${bucketStart('$1::timestamptz')}, category, severity, count(*)
       from counted, unnest(${TOTAL_BUCKETS}) as bucket_seconds
       group by bucket_seconds, category, severity
       on conflict (bucket_seconds, bucket_start, category, severity)
         do update set count = total_counts.count + excluded.count
     )
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

/** Start of the bucket of a time, in SQL. Every bucket begins with an hour of UTC. */
function bucketStart(time: string): string {
  return `date_bin(make_interval(secs => bucket_seconds), ${time}, 'epoch')`;
}

/** Locks out the rollup until the transaction ends, so that counts and reports agree. */
export async function lockRollup(query: Query): Promise<void> {
  await query('select from rollup_progress for share');
}

/**
 * Part of a statement that deletes reports: takes them out of the counts. The rows come from a part named
 * `deleted`, with received_at, domain, category, severity and is_test. Needs `lockRollup` before it.
 */
export const SUBTRACT_COUNTED = `counted as (
    select deleted.* from deleted, rollup_progress where received_at < rolled_up_to and not is_test
  ), totals as (
    update total_counts set count = total_counts.count - gone.count
    from (select bucket_seconds, ${bucketStart('received_at')} as start, category, severity, count(*)
      from counted, unnest(${TOTAL_BUCKETS}) as bucket_seconds group by 1, 2, 3, 4) gone
    where (total_counts.bucket_seconds, total_counts.bucket_start,
        total_counts.category, total_counts.severity)
      = (gone.bucket_seconds, gone.start, gone.category, gone.severity)
  ), domains as (
    update domain_counts set count = domain_counts.count - gone.count
    from (select bucket_seconds, domain, ${bucketStart('received_at')} as start, category, severity,
        count(*)
      from counted, unnest(${DOMAIN_BUCKETS}) as bucket_seconds group by 1, 2, 3, 4, 5) gone
    where (domain_counts.bucket_seconds, domain_counts.domain, domain_counts.bucket_start,
        domain_counts.category, domain_counts.severity)
      = (gone.bucket_seconds, gone.domain, gone.start, gone.category, gone.severity)
  )`;
