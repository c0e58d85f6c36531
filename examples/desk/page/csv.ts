import { parse } from 'csv-parse/sync';
import { type Stringifier, stringify } from 'csv-stringify';
import type { Database } from '../database/database.js';
import { type Addition, addSuppressions } from '../queries/hand.js';
import { isSuppressible } from '../queries/suppressions.js';
import { fromCell, toCell } from './spreadsheet.js';

/** Rows that go into the database at a time. */
const BATCH = 1000;
/** Lines that are told to be wrong; more help nobody. */
const MOST_REFUSED = 100;

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
  const column = (name: string, cells: string[]) => cells[names.indexOf(name)]?.trim() || undefined;
  const additions: Addition[] = [];
  const refused: Imported['refused'] = [];
  for (const { line, record } of named || !head ? rows : [head, ...rows]) {
    const cells = record.map(fromCell);
    const address = (named ? column('address', cells) : cells[0]?.trim()) ?? '';
    const since = named ? column('since', cells) : undefined;
    const problem = findProblem(address, since);
    if (problem) refused.push({ line, problem });
    else if (!named) additions.push({ address });
    else {
      const [reason, description] = [column('reason', cells), column('description', cells)];
      additions.push({ address, reason, description, since });
    }
  }
  return { additions, refused };
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
  if (since && !(Date.parse(since) <= Date.now())) return 'since is not a time in the past';
  return undefined;
}
