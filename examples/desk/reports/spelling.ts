import type { Spelling } from '../answers.js';
import type { Database } from '../database/driver.js';
import {
  lowerCase,
  MAX_ADDRESS_LENGTH,
  normalizeAddress,
  parseAddress,
} from '../suppressions/address.js';

/** Of an address with many reports, only so many are searched for other spellings. */
const MAX_REPORTS = 1000;

/**
 * Finds the address that a text means: the text itself if the desk knows it as an address, or else the address
 * in the text, such as `Jane <jane@example.com>`. If the desk knows neither, but one address that differs in
 * capitals only, that one is meant.
 *
 * @returns `asked`: the address as the text has it; `similar`: other addresses that differ in capitals only
 */
export async function findSpelling(
  database: Database,
  text: string,
): Promise<{ address: string; asked: string; similar: Spelling[] }> {
  const candidates = [normalizeAddress(text), normalizeAddress(parseAddress(text))];
  const known = await findKnown(database, candidates);
  const similarTo = (address: string) => known.filter((other) => isSimilar(other.address, address));
  for (const address of candidates) {
    const isKnown = known.some((other) => other.address === cut(address));
    if (isKnown) return { address, asked: address, similar: similarTo(address) };
  }
  for (const asked of candidates) {
    const [only, ...others] = similarTo(asked);
    if (only && others.length === 0) return { address: only.address, asked, similar: [] };
  }
  const address = candidates.at(-1) ?? '';
  return { address, asked: address, similar: similarTo(address) };
}

/** Finds the addresses of reports and suppressions that equal one of these, or differ in capitals only. */
function findKnown(database: Database, addresses: string[]): Promise<Spelling[]> {
  return database.query(
    `select address, bool_or(is_suppressed) as suppressed from (
       select address, true as is_suppressed from suppressions where lower(address) = any($1)
       union all
       select address, false from suppression_changes where lower(address) = any($1)
       union all
       (select address, false from failure_reports where lower(address) = any($1)
        limit ${MAX_REPORTS})
       union all
       -- However many reports another spelling has, the address itself is found.
       select asked.address, false from unnest($1::text[], $2::text[]) as asked (lower_case, address)
       where exists (
         select from failure_reports as report
         where lower(report.address) = asked.lower_case and report.address = asked.address)
     ) known
     group by address order by suppressed desc, address`,
    [addresses.map(keyOf), addresses.map(cut)],
  );
}

/** The part of an address that is stored. */
const cut = (address: string) => address.slice(0, MAX_ADDRESS_LENGTH);
const keyOf = (address: string) => lowerCase(cut(address));

/** True if a stored address differs from another one in capitals only. */
function isSimilar(stored: string, other: string): boolean {
  return keyOf(stored) === keyOf(other) && stored !== cut(other);
}
