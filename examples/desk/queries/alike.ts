import type { Database } from '../database/database.js';
import { visibleNul } from '../database/nul.js';
import { pattern } from './search.js';
import { storedAddress } from './suppressions.js';

/** Counting stops here. */
const ENOUGH = 1000;

/** How many suppressed addresses have this in them. */
export async function countSuppressions(
  database: Database,
  search: string,
): Promise<{ count: number; exact: boolean }> {
  const [row] = await database.query<{ count: number }>(
    `select count(*)::int as count
     from (select from suppressions where address ilike $1 limit ${ENOUGH + 1}) found`,
    [pattern(visibleNul(search))],
  );
  const count = row?.count ?? 0;
  return { count: Math.min(count, ENOUGH), exact: count <= ENOUGH };
}

/**
 * Suppressed addresses that are the same but for capitals. What stands before the `@` may be another
 * mailbox then (RFC 5321, section 2.4); hardly ever is it.
 */
export async function findAlike(database: Database, address: string): Promise<string[]> {
  const rows = await database.query<{ address: string }>(
    `select address from suppressions
     where lower(address) = lower($1 collate "C") and address <> $1 order by address limit 5`,
    [storedAddress(address)],
  );
  return rows.map((row) => row.address);
}
