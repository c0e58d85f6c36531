import { setTimeout as delay } from 'node:timers/promises';
import type { Database } from '../database/driver.js';

const MARKED_AT_A_TIME = 10_000;
const DELETED_AT_A_TIME = 500;
/** Longer than any statement that stores reports may take. */
const GRACE_MS = 10_000;

/**
 * Deletes up to 10,000 reports that arrived before a time; their counts stay.
 *
 * A duplicate of a deleted report must not suppress an address again that was taken off the list. So the
 * report's key is stored first, and the report is deleted `graceMs` later. A statement that stores a
 * duplicate either began before the key was stored, and has ended before the deletion: it finds the report.
 * Or it began later: it finds the key.
 *
 * @returns how many were deleted
 */
export async function deleteExpiredReports(
  database: Database,
  before: Date,
  {
    signal,
    graceMs = GRACE_MS,
  }: { signal?: AbortSignal | undefined; graceMs?: number | undefined } = {},
): Promise<number> {
  const serials = await markExpired(database, before);
  if (serials.length === 0) return 0;
  await delay(graceMs, undefined, { signal, ref: false }).catch(() => undefined);
  let deleted = 0;
  for (let start = 0; start < serials.length && !signal?.aborted; start += DELETED_AT_A_TIME) {
    const rows = await database.query(
      'delete from failure_reports where serial = any($1::bigint[]) returning 1',
      [serials.slice(start, start + DELETED_AT_A_TIME)],
    );
    deleted += rows.length;
  }
  return deleted;
}

/**
 * Finds the oldest expired reports, and stores the keys of those whose address is or was on the list.
 *
 * @returns the serials of all of them
 */
async function markExpired(database: Database, before: Date): Promise<string[]> {
  const rows = await database.query<{ serial: string }>(
    `with expired as materialized (
       -- Only hours that are counted: the counts stay.
       select serial, dedup_key, address from failure_reports, rollup_progress
       where received_at < least($1, rolled_up_to) order by received_at limit ${MARKED_AT_A_TIME}
     ), remembered as (
       insert into deleted_report_keys
       select dedup_key, encode(sha256(convert_to(address, 'UTF8')), 'hex') from expired
       where exists (select from suppressions where suppressions.address = expired.address)
         or exists (
           select from suppression_changes change
           where change.address = expired.address and change.change = 'taken off')
       on conflict (dedup_key) do nothing
     )
     select serial::text from expired`,
    [before],
  );
  return rows.map(({ serial }) => serial);
}
