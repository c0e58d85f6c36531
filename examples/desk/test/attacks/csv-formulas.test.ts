// Texts that a spreadsheet would run as a formula.
import { parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CONTROLS } from '../../suppressions/address.js';
import { fromCell, toCell } from '../../suppressions/export-csv.js';

describe('a text in a CSV file', () => {
  const FORMULA = /^[\s"]*[=+\-@＝＋－＠]/;
  /** Texts of special characters, and of any others. */
  const texts = fc.oneof(
    fc.string({ unit: fc.constantFrom(...'=+-@＝＠,;|\t\r\n\u2028"\' ax') }),
    fc.string({ unit: 'binary' }),
  );

  it('begins no formula, wherever a spreadsheet splits it, with or without quotes', () => {
    const rows = fc.array(texts, { minLength: 3, maxLength: 3 });
    fc.assert(
      fc.property(rows, (row) => {
        const line = stringify([row.map(toCell)]).trimEnd();
        for (const separator of [',', ';', '|', '\t', '\n']) {
          const cells = line.split(separator);
          expect(cells.filter((cell) => FORMULA.test(cell))).toEqual([]);
        }
      }),
      {
        examples: ['=1', 'x; "=1', 'x\n=1', 'x\r=1', 'x\t=1', 'x|@S(1)', '＝1', "'=1"].map(
          (text) => [[text, text, text]],
        ),
      },
    );
  });

  it('is the same after export and import, but for line breaks', () => {
    fc.assert(
      fc.property(texts, texts, (one, other) => {
        const flat = (text: string) => text.replace(CONTROLS, ' ');
        const file = stringify([[one, other].map(toCell)]);
        const rows: string[][] = parse(file);
        expect(rows.map((row) => row.map(fromCell))).toEqual([[flat(one), flat(other)]]);
      }),
    );
  });

  it.each(["o'neil+news@example.com", 'a-b@x.example', 'User unknown; see above'])(
    'stays as it is if it is ordinary: %s',
    (text) => {
      expect(toCell(text)).toBe(text);
    },
  );
});
