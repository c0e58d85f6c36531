import { type Stringifier, stringify } from 'csv-stringify';
import type { Suppression } from '../answers.js';
import type { Database } from '../database/driver.js';
import { CONTROLS } from './address.js';
import { allSuppressions } from './list.js';

/** The columns of the desk's own file. */
export const COLUMNS = ['address', 'reason', 'since', 'description'];

/** The list as rows of the file. The reason is a person's text or, without one, the desk's own. */
export async function* exportedRows(database: Database): AsyncGenerator<Suppression> {
  for await (const suppression of allSuppressions(database)) {
    yield { ...suppression, reason: suppression.note || suppression.reason };
  }
}

/**
 * Turns the rows into a CSV file. Spreadsheets run none of its texts as a formula.
 *
 * @param isForExcel true for semicolons, which Excel expects in Dutch, German and French, and for a byte order
 * mark, without which it reads no UTF-8
 */
export function suppressionsAsCsv(isForExcel: boolean): Stringifier {
  return stringify({
    bom: isForExcel,
    delimiter: isForExcel ? ';' : ',',
    header: true,
    columns: COLUMNS,
    cast: { date: (date) => date.toISOString(), string: toCell },
  });
}

/**
 * Matches the place before a possible formula. Spreadsheets run a cell that begins with `=`, `+`, `-` or
 * `@`, also in wide forms. In Dutch, German and French, Excel splits cells at `;` even within quotes, so
 * every place after a separator counts. Groups: a separator, characters that spreadsheets skip, apostrophes.
 */
const FORMULA = /(^|[,;|])([\s"]*)('*)(?=[=+\-@＝＋－＠])/g;

/** A text as a cell: on one line, with an apostrophe before each possible formula. */
export function toCell(text: string): string {
  return text.replace(CONTROLS, ' ').replace(FORMULA, "$1$2$3'");
}

/** The text of a cell that `toCell` made. Line breaks are lost. */
export function fromCell(cell: string): string {
  return cell.replace(FORMULA, (_, separator, skipped, apostrophes) => {
    return separator + skipped + apostrophes.slice(1);
  });
}
