import type { Change } from '../answers.js';
import type { Database } from '../database/driver.js';

/** Of one address; see `AddressHistory`. */
const MAX_CHANGES = 100;
const COLUMNS =
  'position::text, address, change, at, source, reason, note, report_id::text as report';

/**
 * The last part of a statement that suppresses addresses: numbers and records the changes.
 *
 * It reads the new rows from a part named `suppressed`: address, source, reason, note and report_id.
 */
export const RECORD_SUPPRESSED = `numbered as (
    update suppression_sequence
    set position = position + added.count, suppressed = suppressed + added.count
    from (select count(*) from suppressed) added where added.count > 0
    returning position - added.count as last
  ), recorded as (
    insert into suppression_changes (position, address, change, source, reason, note, report_id)
    select last + row_number() over (order by address), address, 'suppressed',
      source, reason, note, report_id
    from suppressed, numbered
  )`;

/**
 * The changes after a position, in the order of their commits. With the cursor of the last answer, the next
 * one misses no change and repeats none.
 */
export async function findChanges(
  database: Database,
  after: string,
  limit: number,
): Promise<{ changes: Change[]; cursor: string; more: boolean }> {
  const changes = await database.query<Change>(
    `select ${COLUMNS} from suppression_changes where position > $1
     order by suppression_changes.position limit $2`,
    [after, limit + 1],
  );
  const more = changes.length > limit;
  if (more) changes.pop();
  return { changes, cursor: changes.at(-1)?.position ?? after, more };
}

/** The latest changes of an address, newest first. */
export function changesOf(database: Database, address: string): Promise<Change[]> {
  return database.query<Change>(
    `select ${COLUMNS} from suppression_changes where address = $1
     order by suppression_changes.position desc limit ${MAX_CHANGES}`,
    [address],
  );
}
