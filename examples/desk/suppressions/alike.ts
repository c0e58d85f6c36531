import type { Database } from '../database/database.js';
import { normaliseAddress } from './rule.js';

/**
 * The form in which an address is stored and compared, and the one that an earlier version of the
 * desk has stored: with the domain in lower case beyond ASCII, too.
 */
export function formsOf(address: string): string[] {
  const stored = normaliseAddress(address);
  const earlier = stored.replace(/@[^@]*$/, (domain) => domain.toLowerCase());
  return [...new Set([stored, earlier])];
}

/**
 * Suppressed addresses that are the same but for capitals. What stands before the `@` may be another
 * mailbox then (RFC 5321, section 2.4); hardly ever is it.
 */
export async function findAlike(database: Database, address: string): Promise<string[]> {
  const rows = await database.query<{ address: string }>(
    `select address from suppressions
     where lower(address) = lower($1 collate "C") and address <> $1 order by address limit 5`,
    [normaliseAddress(address)],
  );
  return rows.map((row) => row.address);
}
