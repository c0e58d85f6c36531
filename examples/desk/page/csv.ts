import { parse } from 'csv-parse/sync';
import { type Stringifier, stringify } from 'csv-stringify';
import { z } from 'zod';
import type { Database } from '../database/database.js';
import { type Addition, addSuppressions } from '../queries/hand.js';
import { isSuppressible } from '../queries/suppressions.js';
import { fromCell, toCell } from './spreadsheet.js';

/** Rows that go into the database at a time. */
const BATCH = 1000;
/** Lines that are told to be wrong; more help nobody. */
const MOST_REFUSED = 100;
/** A time as ISO 8601 writes it. JavaScript takes more for one, and what it is then is a guess. */
const TIME = z.union([z.iso.date(), z.iso.datetime({ offset: true })]);

/** Turns suppressions into a CSV file that a spreadsheet shows and does not run. */
export function suppressionsAsCsv(): Stringifier {
  return stringify({
    header: true,
    columns: ['address', 'reason', 'since', 'description'],
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
 * Puts the addresses of a CSV file on the list: those of the column `address` or, where no line says
 * what the columns are, the first of each line. What the desk has written itself comes in as it was.
 *
 * @throws with status 400 where it is not CSV
 */
export async function importSuppressions(database: Database, text: string): Promise<Imported> {
  const { additions, refused } = readAdditions(text);
  let added = 0;
  for (let start = 0; start < additions.length; start += BATCH) {
    added += await addSuppressions(database, additions.slice(start, start + BATCH), 'import');
  }
  return {
    added,
    already: additions.length - added,
    refused: refused.slice(0, MOST_REFUSED),
    refusedTotal: refused.length,
  };
}

function readAdditions(text: string) {
  const [head, ...rows] = readRows(text);
  const names = head?.record.map((name) => name.trim().toLowerCase()) ?? [];
  const named = names.includes('address');
  const additions: Addition[] = [];
  const refused: Imported['refused'] = [];
  for (const { line, record } of named || !head ? rows : [head, ...rows]) {
    const cells = record.map(fromCell);
    const { address, since, ...said } = readCells(named ? names : ['address'], cells);
    const problem = findProblem(address, since);
    if (problem) refused.push({ line, problem });
    else additions.push({ ...said, address, since: since && asStored(since) });
  }
  return { additions, refused };
}

/** Texts of others stay as they are, with the white space at their ends. */
function readCells(names: string[], cells: string[]) {
  const column = (name: string) => cells[names.indexOf(name)] || undefined;
  return {
    address: column('address')?.trim() ?? '',
    since: column('since')?.trim() || undefined,
    reason: column('reason'),
    description: column('description'),
  };
}

/** The cells of each line; the first line decides what separates them. */
function readRows(text: string): { line: number; record: string[] }[] {
  const first = text.slice(0, text.search(/[\r\n]|$/));
  const delimiter = [',', ';', '\t'].find((separator) => first.includes(separator)) ?? ',';
  try {
    const options = { bom: true, delimiter, info: true, relax_column_count: true };
    const rows = parse(text, { ...options, skip_empty_lines: true });
    return (rows as unknown as { info: { lines: number }; record: string[] }[]).map(
      ({ info, record }) => ({ line: info.lines, record }),
    );
  } catch (error) {
    const message = `The file is not CSV: ${(error as Error).message}`;
    throw Object.assign(new Error(message), { status: 400, expose: true });
  }
}

function findProblem(address: string, since: string | undefined): string | undefined {
  if (address === '') return 'There is no address';
  if (!isSuppressible(address)) return 'No address is longer than 320 characters';
  if (since === undefined) return undefined;
  if (!TIME.safeParse(since).success) {
    return 'since is not a date like 2026-01-31, nor a time like 2026-01-31T12:00:00Z';
  }
  const time = Date.parse(since);
  if (time >= 0 && time <= Date.now()) return undefined;
  return 'since is not a time in the past, from 1970 on';
}

/** In the one form that PostgreSQL is sure to take: it knows fewer offsets than ISO 8601. */
function asStored(since: string): string {
  return new Date(since).toISOString();
}
