import createError from 'http-errors';
import type { Database } from '../database/database.js';
import { formsOf } from './alike.js';

/** Something that happened to the suppression of an address. */
export interface Change {
  /** Place in the order of all changes; what is committed later has a higher one. */
  position: string;
  address: string;
  change: 'suppressed' | 'taken off';
  at: Date;
  source: 'report' | 'hand' | 'import';
  reason: string | null;
  note: string | null;
  /** Serial number of the report that led to it. */
  report: string | null;
}

const COLUMNS = 'position::text, address, change, at, source, reason, note, report::text as report';

/**
 * The changes after a position, in the order in which they were committed. Ask again with `cursor`
 * and nothing is missed and nothing comes twice.
 *
 * @throws with status 503 while what an earlier version has suppressed is still being numbered
 */
export async function findChanges(
  database: Database,
  after: string,
  most: number,
): Promise<{ changes: Change[]; cursor: string; more: boolean }> {
  const [backlog] = await database.query('select from suppression_backlog');
  if (backlog) {
    const message = 'Older suppressions are being numbered; ask again in a minute';
    throw createError(503, message, { expose: true });
  }
  const changes = await database.query<Change>(
    `select ${COLUMNS} from suppression_changes where position > $1
     order by suppression_changes.position limit $2`,
    [after, most + 1],
  );
  const more = changes.length > most;
  if (more) changes.pop();
  return { changes, cursor: changes.at(-1)?.position ?? after, more };
}

/** What happened to an address, newest first. */
export async function changesOf(
  database: Database,
  address: string,
  most = 100,
): Promise<Change[]> {
  return database.query<Change>(
    `select ${COLUMNS} from suppression_changes where address = any($1)
     order by suppression_changes.position desc limit $2`,
    [formsOf(address), most],
  );
}
