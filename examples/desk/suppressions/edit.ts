import type { Database } from '../database/database.js';
import { storable } from '../database/sanitize-text.js';
import { formsOf } from './alike.js';
import { findSuppression, type Suppression } from './list.js';
import { normaliseAddress } from './rule.js';

/** An address that a person puts on the list, and what is said about it. */
export interface Addition {
  address: string;
  reason?: string | undefined;
  description?: string | undefined;
  since?: string | undefined;
  note?: string | undefined;
}

/** Puts addresses on the list as a person's doing. Resolves to how many were not on it before. */
export async function addSuppressions(
  database: Database,
  additions: readonly Addition[],
  source: 'hand' | 'import',
): Promise<number> {
  const rows = additions.map(({ address, reason, ...said }) => ({
    ...said,
    address: normaliseAddress(address),
    reason: reason ?? (source === 'hand' ? 'by hand' : 'import'),
  }));
  const added = await database.query(
    `insert into suppressions (address, reason, description, since, source, note)
     select distinct on (address) address, reason, description, coalesce(since, now()), $2, note
     from jsonb_to_recordset($1::jsonb) as addition (
       address text collate "C", reason text, description text, since timestamptz, note text)
     order by address
     on conflict (address) do nothing
     returning 1`,
    [JSON.stringify(rows, storable), source],
  );
  return added.length;
}

/** Puts one address on the list. */
export async function addByHand(
  database: Database,
  address: string,
  note: string,
): Promise<{ added: boolean; suppression: Suppression | null }> {
  const added = (await addSuppressions(database, [{ address, note }], 'hand')) > 0;
  return { added, suppression: await findSuppression(database, address) };
}

/** Takes an address off the list; it stays off until a later report puts it back. */
export async function takeOff(database: Database, address: string, note: string): Promise<boolean> {
  const [row] = await database.query<{ taken: boolean }>(
    'select bool_or(take_off(address, $2)) as taken from unnest($1::text[]) as address',
    [formsOf(address), note],
  );
  return row?.taken ?? false;
}
