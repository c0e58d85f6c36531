import { type Stringifier, stringify } from 'csv-stringify';
import { z } from 'zod';
import type { Database } from '../database/database.js';
import { type Columns, OWN, readColumns } from './csv-columns.js';
import { readRows, refusal } from './csv-rows.js';
import { type Addition, addSuppressions } from './edit.js';
import { isSuppressible } from './list.js';
import { meantAddress, problemOf } from './parse-address.js';
import { toCell } from './spreadsheet.js';

/** Rows that go into the database at a time. */
const BATCH = 1000;
/** Lines that are told to be wrong; more help nobody. */
const MOST_REFUSED = 100;
/** In characters, of which each takes three bytes at most: with two of them a line is short enough. */
const LONGEST_TEXT = 150_000;
/** A time as ISO 8601 writes it. JavaScript takes more for one, and what it is then is a guess. */
const TIME = z.union([z.iso.date(), z.iso.datetime({ offset: true })]);

/** Turns suppressions into a CSV file that a spreadsheet shows and does not run. */
export function suppressionsAsCsv(): Stringifier {
  return stringify({
    header: true,
    columns: OWN,
    cast: { date: (date) => date.toISOString(), string: toCell },
  });
}

export interface Imported {
  added: number;
  /** On the list before, or twice in the file. */
  already: number;
  refused: { line: number; problem: string }[];
  refusedTotal: number;
}

/**
 * Puts the addresses of a CSV file on the list, as it comes in: those of a column named `address`,
 * `email`, `recipient` or the like or, where no line names the columns, of the one that begins with
 * an address. What the desk has written itself comes in as it was.
 *
 * @throws with status 400 where it is not CSV, or nobody can tell which column it is
 */
export async function importSuppressions(
  database: Database,
  source: AsyncIterable<Uint8Array>,
): Promise<Imported> {
  const result: Imported = { added: 0, already: 0, refused: [], refusedTotal: 0 };
  let batch: Addition[] = [];
  async function flush() {
    const added = await addSuppressions(database, batch, 'import');
    result.added += added;
    result.already += batch.length - added;
    batch = [];
  }
  function refuse(line: number, problem: string) {
    result.refusedTotal += 1;
    if (result.refused.length < MOST_REFUSED) result.refused.push({ line, problem });
  }
  let columns: Columns | undefined;
  for await (const { line, record } of readRows(source)) {
    const isFirst = !columns;
    columns ??= readColumns(record);
    if (isFirst && columns.named) continue;
    const { address: given, since, ...said } = columns.read(record);
    const address = columns.own ? given : meantAddress(given);
    const problem = findProblem(address, since, columns.own) ?? findLongText(said);
    if (problem) refuse(line, problem);
    else batch.push({ ...said, address, since: since && asStored(since) });
    if (batch.length === BATCH) await flush();
  }
  if (!columns) throw refusal('The file is empty');
  await flush();
  return result;
}

function findProblem(address: string, since: string | undefined, own: boolean): string | undefined {
  if (address === '') return 'There is no address';
  if (!isSuppressible(address)) return 'No address is longer than 320 characters';
  const problem = own ? undefined : problemOf(address);
  if (problem) return problem;
  if (since === undefined) return undefined;
  if (!TIME.safeParse(since).success) {
    return 'since is not a date like 2026-01-31, nor a time like 2026-01-31T12:00:00Z';
  }
  const time = Date.parse(since);
  if (time >= 0 && time <= Date.now()) return undefined;
  return 'since is not a time in the past, from 1970 on';
}

function findLongText(texts: object): string | undefined {
  const tooLong = Object.values(texts).some((text) => text?.length > LONGEST_TEXT);
  return tooLong ? 'No text is longer than 150,000 characters' : undefined;
}

/** In the one form that PostgreSQL is sure to take: it knows fewer offsets than ISO 8601. */
function asStored(since: string): string {
  return new Date(since).toISOString();
}
