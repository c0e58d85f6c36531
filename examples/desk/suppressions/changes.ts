import type { Change } from '../answers.js';
import type { Database } from '../database/driver.js';

const COLUMNS =
  'position::text, address, change, at, source, reason, note, report_id::text as report';

/**
 * The last part of a statement that suppresses addresses: it numbers and records them. The rows come from
 * a part named `suppressed`, with address, source, reason, note and report_id.
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
 * The changes after a position, in the order in which they were committed. Ask again with the cursor of
 * the answer: nothing is missed, and nothing comes twice.
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

/** What happened to an address, newest first. */
export function changesOf(database: Database, address: string, limit = 100): Promise<Change[]> {
  return database.query<Change>(
    `select ${COLUMNS} from suppression_changes where address = $1
     order by suppression_changes.position desc limit $2`,
    [address, limit],
  );
}
