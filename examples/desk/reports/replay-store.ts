import type { ReplayStore } from 'copernica-failures';
import type { Database } from '../database/driver.js';
import { batched } from './batch.js';

/**
 * Remembers delivered calls in the database, so that each desk recognizes a replay of a call to another desk.
 * Lookups and entries are batched like reports. Each batch of entries deletes up to 1,000 expired ones.
 */
export function createReplayStore(database: Database): ReplayStore {
  const has = batched(async (keys: string[]) => {
    const rows = await database.query<{ key: string }>(
      'select key from replays where key in (select jsonb_array_elements_text($1::jsonb))',
      [JSON.stringify(keys)],
    );
    const found = new Set(rows.map(({ key }) => key));
    return keys.map((key) => found.has(key));
  });

  const set = batched(async (entries: { key: string; forget_at: Date }[]) => {
    await database.query(
      `with deleted as (
         delete from replays where key in (
           select key from replays where forget_at < now() limit 1000 for update skip locked)
       )
       insert into replays (key, forget_at)
       select key, forget_at
       from jsonb_to_recordset($1::jsonb) as entry (key text, forget_at timestamptz)
       order by key collate "C" on conflict (key) do nothing`,
      [JSON.stringify(entries)],
    );
    return entries.map(() => undefined);
  });

  return { has, set: (key, time) => set({ key, forget_at: new Date(time) }) };
}
