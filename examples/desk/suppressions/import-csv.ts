import createError from 'http-errors';
import { z } from 'zod';
import type { ImportResult } from '../answers.js';
import type { Database } from '../database/driver.js';
import { addressProblem, canSuppress, normalizeAddress } from './address.js';
import { readRows, refusal } from './csv-rows.js';
import { type Addition, addSuppressions } from './edit.js';
import { type Columns, findColumns } from './import-columns.js';
import { findListed } from './list.js';

const BATCH_SIZE = 250;
/** Of refused lines, and of addresses that a person took off. */
const MAX_LISTED = 100;
/** Bounds the memory of a preview, which holds every address to find those that are twice in the file. */
const MAX_PREVIEWED_LINES = 100_000;
/** ISO 8601 only: in other texts, JavaScript guesses the time. */
const TIME = z.union([z.iso.date(), z.iso.datetime({ offset: true })]);

/**
 * Puts the addresses of a CSV file on the list as it arrives. A file that the desk exported is imported
 * unchanged.
 *
 * @throws with status 400 if it is not CSV, or has no column of addresses
 */
export async function importSuppressions(
  database: Database,
  source: AsyncIterable<Uint8Array>,
): Promise<ImportResult> {
  let added = 0;
  async function add(batch: Addition[]) {
    const takenOff = takenOffAmong(await findListed(database, addressesOf(batch)));
    const count = await addSuppressions(database, batch, 'import');
    added += count;
    return { added: count, takenOff };
  }
  try {
    return await readAdditions(source, add);
  } catch (error) {
    if (added === 0 || !createError.isHttpError(error)) throw error;
    throw refusal(`${error.message}. Addresses added before that: ${added}`);
  }
}

/** Tells what an import of the same file would do, and changes nothing. It throws as the import does. */
export async function previewImport(
  database: Database,
  source: AsyncIterable<Uint8Array>,
): Promise<ImportResult> {
  const seen = new Set<string>();
  async function count(batch: Addition[]) {
    const unseen = addressesOf(batch).filter((address) => !seen.has(address));
    const found = unseen.length > 0 ? await findListed(database, unseen) : [];
    // The addresses of the answer are copies. Those of the batch can hold whole cells in memory.
    for (const { address } of found) seen.add(address);
    const added = found.filter(({ isListed }) => !isListed).length;
    return { added, takenOff: takenOffAmong(found) };
  }
  return readAdditions(source, count, MAX_PREVIEWED_LINES);
}

const addressesOf = (batch: Addition[]) => [
  ...new Set(batch.map(({ address }) => normalizeAddress(address))),
];

/** The new addresses that a person took off the list before. */
const takenOffAmong = (found: Awaited<ReturnType<typeof findListed>>) =>
  found
    .filter(({ isListed, wasTakenOff }) => wasTakenOff && !isListed)
    .map(({ address }) => address);

/** Reads a file in batches. `add` counts the new addresses of a batch. */
async function readAdditions(
  source: AsyncIterable<Uint8Array>,
  add: (batch: Addition[]) => Promise<Pick<ImportResult, 'added' | 'takenOff'>>,
  maxLines = Number.POSITIVE_INFINITY,
): Promise<ImportResult> {
  const result: Omit<ImportResult, 'columns'> = {
    added: 0,
    takenOff: [],
    already: 0,
    refused: [],
    refusedTotal: 0,
    stoppedAfter: null,
  };
  let batch: Addition[] = [];
  async function addBatch() {
    const { added, takenOff } = await add(batch);
    result.added += added;
    result.takenOff = [...result.takenOff, ...takenOff].slice(0, MAX_LISTED);
    result.already += batch.length - added;
    batch = [];
  }
  function addRefused(line: number, problem: string) {
    result.refusedTotal += 1;
    if (result.refused.length < MAX_LISTED) result.refused.push({ line, problem });
  }
  let columns: Columns | undefined;
  for await (const { line, cells } of readRows(source)) {
    if (!columns) {
      columns = findColumns(cells);
      if (columns.isNamed) continue;
    }
    if (line > maxLines) {
      result.stoppedAfter = maxLines;
      break;
    }
    const addition = columns.read(cells);
    const problem = findProblem(addition, columns.isOwn);
    if (problem) addRefused(line, problem);
    else batch.push({ ...addition, since: inUtc(addition.since) });
    if (batch.length === BATCH_SIZE) await addBatch();
  }
  if (!columns) throw refusal('The file is empty');
  await addBatch();
  return { ...result, columns: columns.describe() };
}

/** PostgreSQL knows fewer offsets than ISO 8601. */
const inUtc = (time: string | undefined) => time && new Date(time).toISOString();

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
