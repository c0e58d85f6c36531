import type { ReplayStore } from 'copernica-failures';
import type { Database } from '../database/database.js';
import { inGroups } from './batch.js';

/**
 * Remembers delivered calls in the database, so that every desk on it recognises a replay of a call
 * that went to another. Like reports, look-ups and entries go in groups; what has had its time is
 * cleared away along with the next entry.
 */
export function createReplayStore(database: Database): ReplayStore {
  const has = inGroups(async (keys: string[]) => {
    const rows = await database.query<{ key: string }>(
      'select key from nonces where key in (select jsonb_array_elements_text($1::jsonb))',
      [JSON.stringify(keys)],
    );
    const found = new Set(rows.map(({ key }) => key));
    return keys.map((key) => found.has(key));
  });

  const set = inGroups(async (entries: { key: string; forget_at: Date }[]) => {
    await database.query(
      `with cleared as (
         delete from nonces where key in (
           select key from nonces where forget_at < now() limit 1000 for update skip locked)
       )
       insert into nonces (key, forget_at)
       select key, forget_at
       from jsonb_to_recordset($1::jsonb) as entry (key text, forget_at timestamptz)
       order by key collate "C" on conflict (key) do nothing`,
      [JSON.stringify(entries)],
    );
    return entries.map(() => undefined);
  });

  return { has, set: (key, time) => set({ key, forget_at: new Date(time) }) };
}
