import { parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromCell, toCell } from '../suppressions/spreadsheet.js';

const FORMULA = /^[\s"]*[=+\-@＝＋－＠]/;
/** Texts made of what matters here, and of anything. */
const texts = fc.oneof(
  fc.string({ unit: fc.constantFrom(...'=+-@＝＠,;|\t\r\n\u2028"\' ax') }),
  fc.string({ unit: 'binary' }),
);

describe('a text in a CSV file', () => {
  it.each([
    '=1+1',
    'x;=1+1',
    'x; "=1+1',
    'x\n=1+1',
    'x\r=1+1',
    'x\t=1+1',
    'x|@SUM(1)',
    '＝1+1',
    "'=1+1",
    ' =1+1',
  ])('begins no formula at any place a spreadsheet may split it: %j', (text) => {
    const cells = toCell(text).split(/[,;|\t\r\n]/);
    expect(cells.filter((cell) => FORMULA.test(cell))).toEqual([]);
  });

  it('begins none whatever it is, also where a spreadsheet takes no notice of quotes', () => {
    fc.assert(
      fc.property(fc.array(texts, { minLength: 3, maxLength: 3 }), (row) => {
        const line = stringify([row.map(toCell)]).trimEnd();
        for (const separator of [',', ';', '|', '\t', '\n']) {
          const cells = line.split(separator);
          expect(cells.filter((cell) => FORMULA.test(cell))).toEqual([]);
        }
      }),
    );
  });

  it('comes out of the file as it went in, but for line breaks', () => {
    fc.assert(
      fc.property(texts, texts, (one, other) => {
        // biome-ignore lint/suspicious/noControlCharactersInRegex: those are meant
        const flat = (text: string) => text.replace(/[\0-\x1f\x7f-\x9f\u2028\u2029]/g, ' ');
        const file = stringify([[one, other].map(toCell)]);
        expect(parse(file).map((row: string[]) => row.map(fromCell))).toEqual([
          [flat(one), flat(other)],
        ]);
      }),
    );
  });

  it('stays as it is where it is an ordinary address', () => {
    for (const text of ["o'neil+news@example.com", 'a-b@x.example', 'User unknown; see above']) {
      expect(toCell(text)).toBe(text);
    }
  });
});
