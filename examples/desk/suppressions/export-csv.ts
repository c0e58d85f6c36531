import { type Stringifier, stringify } from 'csv-stringify';
import { CONTROLS } from './address.js';

/** The columns of the desk's own file. */
export const COLUMNS = ['address', 'reason', 'since', 'description'];

/** Turns suppressions into a CSV file. A spreadsheet shows every text in it, and runs none. */
export function suppressionsAsCsv(): Stringifier {
  return stringify({
    header: true,
    columns: COLUMNS,
    cast: { date: (date) => date.toISOString(), string: toCell },
  });
}

/**
 * Where a formula could begin. A spreadsheet runs a cell that begins with one of `=+-@`, also in their
 * wide forms. In Dutch, German and French, Excel splits cells at `;` even within quotes, so a text is made
 * harmless after each separator. The groups: a separator, what a spreadsheet skips, apostrophes.
 */
const FORMULA = /(^|[,;|])([\s"]*)('*)(?=[=+\-@＝＋－＠])/g;

/** A text as a cell: on one line, with an apostrophe before what could be a formula. */
export function toCell(text: string): string {
  return text.replace(CONTROLS, ' ').replace(FORMULA, "$1$2$3'");
}

/** The text of a cell that `toCell` made, but for its line breaks. */
export function fromCell(cell: string): string {
  return cell.replace(FORMULA, (_, separator, skipped, apostrophes) => {
    return separator + skipped + apostrophes.slice(1);
  });
}
