import type { AddressHistory } from '../answers.js';
import type { Database } from '../database/driver.js';
import { normalizeAddress, parseAddress } from '../suppressions/address.js';
import { changesOf } from '../suppressions/changes.js';
import { findSimilar, findSuppression } from '../suppressions/list.js';
import { findReports } from './search.js';

/** All data of a text as an address or, if there is none, of the address in the text. */
export async function findAddress(database: Database, input: string): Promise<AddressHistory> {
  const address = normalizeAddress(input);
  const [suppression, changes, found] = await Promise.all([
    findSuppression(database, address),
    changesOf(database, address),
    findReports(database, { address }),
  ]);
  const isKnown = suppression || changes.length > 0 || found.reports.length > 0;
  const parsed = parseAddress(input);
  if (!isKnown && parsed !== input.trim()) return findAddress(database, parsed);
  const similar = suppression ? [] : await findSimilar(database, address);
  return { address, suppression, similar, changes, ...found };
}
