import { z } from 'zod';
import type { ImportResult } from '../answers.js';
import type { Database } from '../database/driver.js';
import { addressProblem, canSuppress, normalizeAddress } from './address.js';
import { readRows, refusal } from './csv-rows.js';
import { type Addition, addSuppressions } from './edit.js';
import { type Columns, findColumns } from './import-columns.js';

const BATCH_SIZE = 250;
const MAX_REFUSED_LISTED = 100;
/** ISO 8601 only: in other texts, JavaScript guesses the time. */
const TIME = z.union([z.iso.date(), z.iso.datetime({ offset: true })]);

/**
 * Puts the addresses of a CSV file on the list as it arrives. A file that the desk exported is
 * imported unchanged.
 *
 * @throws with status 400 if it is not CSV, or has no column of addresses
 */
export async function importSuppressions(
  database: Database,
  source: AsyncIterable<Uint8Array>,
): Promise<ImportResult> {
  const result: Omit<ImportResult, 'columns'> = {
    added: 0,
    already: 0,
    refused: [],
    refusedTotal: 0,
  };
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
  return { ...result, columns: columns.describe() };
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
