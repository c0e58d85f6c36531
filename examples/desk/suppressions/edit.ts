import type { Database } from '../database/driver.js';
import { toStorableJson } from '../database/sanitize-text.js';
import { normalizeAddress } from './address.js';
import { RECORD_SUPPRESSED } from './changes.js';

/** Texts beside an address are cut at this length, in characters. */
const MAX_TEXT_LENGTH = 1000;

/** An address that a person puts on the list, with its details. */
export interface Addition {
  address: string;
  reason?: string | undefined;
  description?: string | undefined;
  /** ISO 8601. Default: now. */
  since?: string | undefined;
  note?: string | undefined;
}

/** Puts addresses on the list for a person. Resolves to how many were not on it before. */
export async function addSuppressions(
  database: Database,
  additions: readonly Addition[],
  source: 'hand' | 'import',
): Promise<number> {
  const rows = new Map<string, Addition>();
  for (const { address: written, reason, description, since, note } of additions) {
    const address = normalizeAddress(written);
    // Of several rows with one address, the first counts.
    if (rows.has(address)) continue;
    rows.set(address, {
      address,
      reason: reason?.slice(0, MAX_TEXT_LENGTH) ?? (source === 'hand' ? 'by hand' : 'import'),
      description: description?.slice(0, MAX_TEXT_LENGTH),
      since,
      note: note?.slice(0, MAX_TEXT_LENGTH),
    });
  }
  if (rows.size === 0) return 0;
  const [row] = await database.query<{ count: number }>(
    `with suppressed as (
       insert into suppressions (address, reason, description, since, source, note)
       select address, reason, description, coalesce(since, now()), $2, note
       from jsonb_to_recordset($1::jsonb) as addition (
         address text collate "C", reason text, description text, since timestamptz, note text)
       order by address
       on conflict (address) do nothing
       returning address, source, reason, note, report_id
     ), ${RECORD_SUPPRESSED}
     select count(*)::int as count from suppressed`,
    [toStorableJson([...rows.values()]), source],
  );
  return row?.count ?? 0;
}

/** Takes an address off the list; a later report puts it back. Resolves to false if it was not listed. */
export async function removeSuppression(
  database: Database,
  address: string,
  note: string,
): Promise<boolean> {
  const removed = await database.query(
    `with removed as (
       delete from suppressions where address = $1 returning address
     ), numbered as (
       update suppression_sequence set position = position + 1, suppressed = suppressed - 1
       where exists (select from removed) returning position
     )
     insert into suppression_changes (position, address, change, source, note)
     select position, address, 'taken off', 'hand', $2 from removed, numbered
     returning 1`,
    [normalizeAddress(address), note],
  );
  return removed.length > 0;
}
