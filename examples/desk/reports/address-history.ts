import type { AddressHistory } from '../answers.js';
import type { Database } from '../database/driver.js';
import { addressProblem } from '../suppressions/address.js';
import { changesOf } from '../suppressions/changes.js';
import { findSuppression } from '../suppressions/list.js';
import { findReports } from './search.js';
import { findSpelling } from './spelling.js';

/** All data of the address that a text means; see `findSpelling`. */
export async function findAddress(database: Database, text: string): Promise<AddressHistory> {
  const spelling = await findSpelling(database, text);
  const { address } = spelling;
  const [suppression, changes, found] = await Promise.all([
    findSuppression(database, address),
    changesOf(database, address),
    findReports(database, { address, tests: false }),
  ]);
  const problem = addressProblem(address) ?? null;
  return { ...spelling, problem, suppression, changes, ...found };
}
