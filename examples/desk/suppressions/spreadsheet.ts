// Texts of others in a CSV file, which a spreadsheet must show and never run.
//
// A spreadsheet runs a cell that begins with one of `=+-@`, also in their wide forms. Where a cell
// begins is not for the file to say: in Dutch, German and French, Excel splits at `;` instead of at
// the comma, and then quotes hold nothing together. So a text is made harmless after each separator.

import { CONTROLS } from './rule.js';

/** What separates cells, then what a spreadsheet may skip; apostrophes; what makes a formula. */
const FORMULA = /(^|[,;|])([\s"]*)('*)(?=[=+\-@＝＋－＠])/g;

/** A text as it goes into a file: on one line, with an apostrophe before what would be a formula. */
export function toCell(text: string): string {
  return text.replace(CONTROLS, ' ').replace(FORMULA, "$1$2$3'");
}

/** A text as it was before `toCell`, but for its line breaks. */
export function fromCell(cell: string): string {
  return cell.replace(FORMULA, (_, separator, skipped, apostrophes) => {
    return separator + skipped + apostrophes.slice(1);
  });
}
