// Texts of others in a CSV file, which a spreadsheet must show and never run.
//
// A spreadsheet runs a cell that begins with one of `=+-@`, also in their wide forms. Where a cell
// begins is not for the file to say: in Dutch, German and French, Excel splits at `;` instead of at
// the comma, and then quotes hold nothing together. So a text is made harmless after each separator.

/** What separates cells, then what a spreadsheet may skip; apostrophes; what makes a formula. */
const FORMULA = /(^|[,;|])([\s"]*)('*)(?=[=+\-@＝＋－＠])/g;

/** White space that would begin a new line or a new cell, and what nobody can see. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: those are meant
const BREAKS = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]/g;

/** A text as it goes into a file: on one line, with an apostrophe before what would be a formula. */
export function toCell(text: string): string {
  return text.replace(BREAKS, ' ').replace(FORMULA, "$1$2$3'");
}

/** A text as it was before `toCell`, but for its line breaks. */
export function fromCell(cell: string): string {
  return cell.replace(FORMULA, (_, separator, skipped, apostrophes) => {
    return separator + skipped + apostrophes.slice(1);
  });
}
