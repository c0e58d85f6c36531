import type { Spelling } from '../answers.js';
import type { Database } from '../database/driver.js';
import {
  lowerCase,
  MAX_ADDRESS_LENGTH,
  normalizeAddress,
  parseAddress,
} from '../suppressions/address.js';

/** An address can have very many spellings; only some of them are found, but always the one that is asked for. */
const MAX_SPELLINGS = 10;

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
  const candidates = [...new Set([text, parseAddress(text)].map(normalizeAddress))];
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
    `with recursive asked as (
       select * from unnest($1::text[], $2::text[]) as asked (key, address)
     ), reported as (
       -- Jumps from each spelling to the next one in the index.
       select key, (select address from failure_reports
         where lower(address) = key order by address limit 1) as address
       from asked
       union all
       select key, (select address from failure_reports
         where lower(address) = key and address > reported.address order by address limit 1)
       from reported where address is not null
     )
     select address, bool_or(is_suppressed) as suppressed from (
       (select address, true as is_suppressed from suppressions
        where lower(address) = any($1) limit ${MAX_SPELLINGS})
       union all
       (select distinct address, false from suppression_changes
        where lower(address) = any($1) limit ${MAX_SPELLINGS})
       union all
       (select address, false from reported where address is not null limit ${MAX_SPELLINGS})
       union all
       select address, false from asked
       where exists (select from suppression_changes where address = asked.address)
         or exists (select from failure_reports
           where lower(address) = asked.key and address = asked.address)
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
