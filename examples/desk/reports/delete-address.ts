import { createHash } from 'node:crypto';
import type { DeletedAddress } from '../answers.js';
import type { Database, Query } from '../database/driver.js';
import { lockRollup, SUBTRACT_COUNTED } from '../statistics/rollup.js';
import { lowerCase, MAX_ADDRESS_LENGTH, normalizeAddress } from '../suppressions/address.js';
import { findSpelling } from './spelling.js';

const BATCH_SIZE = 500;

/**
 * Deletes an address: all its reports, its history, its suppression, and its part of the counts. No change
 * records it: that would be a trace of the address.
 *
 * @param input the address itself: other spellings, and the address within a text, are only named
 * @param keepSuppression leaves a suppressed address on the list, with only the category of the reason. The
 * keys of its reports stay too, without the address: if a person takes it off later, a duplicate must not
 * put it back
 */
export async function deleteAddress(
  database: Database,
  input: string,
  keepSuppression: boolean,
): Promise<DeletedAddress> {
  const address = normalizeAddress(input).slice(0, MAX_ADDRESS_LENGTH);
  // Another address is only named: a repeated request must not delete the data of somebody else.
  const meant = await findSpelling(database, input);
  const others = [meant.address, ...meant.similar.map((spelling) => spelling.address)];
  let reports = 0;
  let suppression: DeletedAddress['suppression'] = 'none';
  // A report may arrive meanwhile. Its statement locks the row of the suppression, so the second
  // transaction waits for its commit. Then the report is found below, and the next round deletes it.
  for (;;) {
    for (let deleted = BATCH_SIZE; deleted === BATCH_SIZE; reports += deleted) {
      deleted = await database.transaction((query) =>
        deleteReports(query, address, keepSuppression),
      );
    }
    const outcome = await database.transaction(async (query) => {
      const isKept = keepSuppression && (await keepOnList(query, address));
      return isKept ? 'kept' : deleteFromList(query, address);
    });
    if (suppression === 'none') suppression = outcome;
    const [left] = await database.query(
      'select from failure_reports where lower(address) = $1 and address = $2 limit 1',
      [lowerCase(address), address],
    );
    if (!left)
      return {
        address,
        reports,
        suppression,
        similar: others.filter((other) => other !== address),
      };
  }
}

async function deleteReports(query: Query, address: string, keepKeys: boolean): Promise<number> {
  await lockRollup(query);
  const [row] = await query<{ count: number; domains: string[] | null }>(
    `with deleted as (
       delete from failure_reports where serial in (
         select serial from failure_reports
         where lower(address) = $4 and address = $1 limit ${BATCH_SIZE})
       returning dedup_key, received_at, domain, category, severity, is_test
     ), remembered as (
       insert into deleted_report_keys select dedup_key, $2 from deleted where $3
       on conflict (dedup_key) do nothing
     ), ${SUBTRACT_COUNTED}
     select count(*)::int as count, array_agg(distinct domain) as domains from deleted`,
    [address, digestOf(address), keepKeys, lowerCase(address)],
  );
  // Not even the domain of the address may stay.
  await query('delete from domain_counts where domain = any($1) and count <= 0', [row?.domains]);
  return row?.count ?? 0;
}

/** Keeps a suppression and its latest change, without texts about a person. */
async function keepOnList(query: Query, address: string): Promise<boolean> {
  const kept = await query(
    `update suppressions set description = null, note = null, report_id = null
     where address = $1 returning 1`,
    [address],
  );
  if (kept.length === 0) return false;
  await query(
    `delete from suppression_changes where address = $1 and position < (
       select max(position) from suppression_changes where address = $1)`,
    [address],
  );
  await query(
    `update suppression_changes set note = null, report_id = null
     where address = $1`,
    [address],
  );
  await announce(query, 0);
  return true;
}

async function deleteFromList(query: Query, address: string): Promise<'deleted' | 'none'> {
  const removed = await query('delete from suppressions where address = $1 returning 1', [address]);
  await query('delete from suppression_changes where address = $1', [address]);
  await query('delete from deleted_report_keys where address_digest = $1', [digestOf(address)]);
  await announce(query, removed.length);
  return removed.length > 0 ? 'deleted' : 'none';
}

/** Moves the position on, so that open pages see a change. */
async function announce(query: Query, removed: number): Promise<void> {
  await query(
    'update suppression_sequence set position = position + 1, suppressed = suppressed - $1::int',
    [removed],
  );
}

function digestOf(address: string): string {
  return createHash('sha256').update(address).digest('hex');
}
