import { z } from 'zod';
import type { ImportResult } from '../answers.js';
import type { Database } from '../database/driver.js';
import { addressProblem, canSuppress, normalizeAddress, parseAddress } from './address.js';
import { readRows, refusal } from './csv-rows.js';
import { type Addition, addSuppressions } from './edit.js';
import { COLUMNS, fromCell } from './export-csv.js';

const BATCH_SIZE = 250;
const MAX_REFUSED_LISTED = 100;
/** Names of a column of addresses, in lower case, without blanks, hyphens and underscores. */
const ADDRESS_NAMES = [
  'address',
  'email',
  'emailaddress',
  'emailadres',
  'recipient',
  'recipientaddress',
];
/** ISO 8601 only: in other texts, JavaScript guesses the time. */
const TIME = z.union([z.iso.date(), z.iso.datetime({ offset: true })]);

/**
 * Puts the addresses of a CSV file on the list as it arrives. The first line may name the columns.
 * Otherwise, the addresses are in the column that has an `@` in the first line. A file that the desk
 * exported is imported unchanged.
 *
 * @throws with status 400 if it is not CSV, or has no column of addresses
 */
export async function importSuppressions(
  database: Database,
  source: AsyncIterable<Uint8Array>,
): Promise<ImportResult> {
  const result: ImportResult = { added: 0, already: 0, refused: [], refusedTotal: 0 };
  let batch: Addition[] = [];
  async function addBatch() {
    const added = await addSuppressions(database, batch, 'import');
    result.added += added;
    result.already += batch.length - added;
    batch = [];
  }
  let columns: Columns | undefined;
  for await (const { line, cells } of readRows(source)) {
    const isFirst = !columns;
    columns ??= findColumns(cells);
    if (isFirst && columns.isNamed) continue;
    const addition = columns.read(cells);
    const problem = findProblem(addition, columns.isOwn);
    if (problem) {
      result.refusedTotal += 1;
      if (result.refused.length < MAX_REFUSED_LISTED) result.refused.push({ line, problem });
    } else {
      const { since } = addition;
      // PostgreSQL knows fewer offsets than ISO 8601.
      batch.push({ ...addition, since: since && new Date(since).toISOString() });
    }
    if (batch.length === BATCH_SIZE) await addBatch();
  }
  if (!columns) throw refusal('The file is empty');
  await addBatch();
  return result;
}

interface Columns {
  /** True if the first line names the columns. */
  isNamed: boolean;
  /** True if the desk exported the file. Its addresses are then taken unchanged. */
  isOwn: boolean;
  read(cells: string[]): Addition;
}

function findColumns(first: string[]): Columns {
  const names = first.map((name) => name.replace(/[\s_-]/g, '').toLowerCase());
  const addressName = ADDRESS_NAMES.find((name) => names.includes(name));
  const place = addressName
    ? names.indexOf(addressName)
    : first.findIndex((cell) => cell.includes('@'));
  if (place < 0) throw refusal('Which column holds the address? Name it address');
  const isOwn = names.join() === COLUMNS.join();
  return {
    isNamed: addressName !== undefined,
    isOwn,
    read(cells) {
      const texts = cells.map(fromCell);
      const column = (name: string) => (addressName && texts[names.indexOf(name)]) || undefined;
      const address = texts[place]?.trim() ?? '';
      return {
        address: isOwn ? address : parseAddress(address),
        since: column('since')?.trim() || undefined,
        reason: column('reason'),
        description: column('description'),
      };
    },
  };
}

function findProblem({ address, since }: Addition, isOwn: boolean): string | undefined {
  if (address === '') return 'There is no address';
  if (!canSuppress(normalizeAddress(address))) return 'No address is longer than 320 characters';
  const problem = isOwn ? undefined : addressProblem(address);
  if (problem || since === undefined) return problem;
  if (!TIME.safeParse(since).success) {
    return 'since is not a date like 2026-01-31, nor a time like 2026-01-31T12:00:00Z';
  }
  const time = Date.parse(since);
  if (time >= 0 && time <= Date.now()) return undefined;
  return 'since is not a time in the past, from 1970 on';
}
