import { type Stringifier, stringify } from 'csv-stringify';
import { CONTROLS } from './address.js';

/** The columns of the desk's own file. */
export const COLUMNS = ['address', 'reason', 'since', 'description'];

/** Turns suppressions into a CSV file. Spreadsheets run none of its texts as a formula. */
export function suppressionsAsCsv(): Stringifier {
  return stringify({
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
