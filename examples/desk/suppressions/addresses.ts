import { createHash } from 'node:crypto';
import { foldCounts } from '../database/counting.js';
import type { Database } from '../database/database.js';
import { findReports, type StoredReport } from '../reports/reports.js';
import { findAlike, formsOf } from './alike.js';
import { type Change, changesOf } from './changes.js';
import { findSuppression, type Suppression } from './list.js';
import { meantAddress } from './parse-address.js';
import { normaliseAddress } from './rule.js';

/** All there is about an address. */
export interface AddressHistory {
  address: string;
  suppression: Suppression | null;
  /** What is suppressed that is the same but for capitals, where the address itself is not. */
  alike: string[];
  /** Newest first, at most 100. */
  changes: Change[];
  /** The newest; go on with a search by address. */
  reports: StoredReport[];
  more: boolean;
  next: string | null;
}

/** All about an address as it is written or, where nothing is known of that, as it is meant. */
export async function findAddress(database: Database, address: string): Promise<AddressHistory> {
  const [suppression, changes, found] = await Promise.all([
    findSuppression(database, address),
    changesOf(database, address),
    findReports(database, { address }),
  ]);
  const isKnown = suppression || changes.length > 0 || found.reports.length > 0;
  const meant = meantAddress(address);
  if (!isKnown && meant !== address.trim()) return findAddress(database, meant);
  const alike = suppression ? [] : await findAlike(database, address);
  return { address: normaliseAddress(address), suppression, alike, changes, ...found };
}

/**
 * Deletes all reports of an address, a few at a time so that nothing waits for it, then what else
 * is known of it, and takes its reports out of the counters.
 *
 * @param keepSuppression leaves the address on the list, with no more than the kind of the reason, and
 * what tells that one of its reports comes again: it must stay off where it is taken off later
 */
export async function deleteAddress(
  database: Database,
  given: string,
  keepSuppression: boolean,
  size = 500,
): Promise<{ address: string; reports: number; suppression: 'kept' | 'deleted' | 'none' }> {
  let reports = 0;
  for (const address of formsOf(given)) {
    const digest = createHash('sha256').update(address).digest('hex');
    for (let deleted = size; deleted === size; reports += deleted) {
      const [row] = await database.query<{ count: number }>(
        `with deleted as (
           delete from failure_reports where serial in (
             select serial from failure_reports
             where hashtextextended(report_address(recipient), 0) = hashtextextended($1, 0)
               and report_address(recipient) = $1
             limit $2)
           returning key
         ), remembered as (
           insert into cleared_keys select key, $3 from deleted where $4
           on conflict (key) do nothing
         ) select count(*)::int as count from deleted`,
        [address, size, digest, keepSuppression],
      );
      deleted = row?.count ?? 0;
    }
  }
  const [left] = await database.query<{ suppression: 'kept' | 'deleted' | 'none' }>(
    'select min(forget_address(address, $2)) as suppression from unnest($1::text[]) as address',
    [formsOf(given), keepSuppression],
  );
  // The lines that take the reports out of the counters name the domain.
  await foldCounts(database);
  return { address: normaliseAddress(given), reports, suppression: left?.suppression ?? 'none' };
}
