import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { CsvError, parse } from 'csv-parse';
import createError from 'http-errors';

/** A line of a CSV file and its cells. */
export interface Row {
  line: number;
  record: string[];
}

/** No line is longer, in bytes. */
const LONGEST_LINE = 100_000;

/** The lines of a CSV file as they come in; the first decides what separates the cells. */
export async function* readRows(source: AsyncIterable<Uint8Array>): AsyncGenerator<Row> {
  const chunks = source[Symbol.asyncIterator]();
  const start = await readFirstLine(chunks);
  if (start.includes(0) || start.subarray(0, 4).toString() === 'PK\x03\x04') {
    throw refusal('The file is no text. In the spreadsheet, save it as CSV (UTF-8) first');
  }
  const parser = parse({
    bom: true,
    delimiter: delimiterOf(start),
    info: true,
    max_record_size: LONGEST_LINE,
    relax_column_count: true,
    skip_empty_lines: true,
  });
  // What goes wrong is met by whoever reads the rows.
  pipeline(Readable.from(joined(start, chunks)), parser).catch(() => undefined);
  try {
    for await (const { info, record } of parser) yield { line: info.lines, record };
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    throw refusal(
      `The file is not CSV: ${error.message}. Lines before that may be on the list now`,
    );
  }
}

/** An answer to whoever brought the file. */
export const refusal = (message: string) => createError(400, message);

async function readFirstLine(chunks: AsyncIterator<Uint8Array>): Promise<Buffer> {
  let start = Buffer.alloc(0);
  while (!/[\r\n]/.test(start.toString('latin1')) && start.length < LONGEST_LINE) {
    const { done, value } = await chunks.next();
    if (done) break;
    start = Buffer.concat([start, value]);
  }
  return start;
}

function delimiterOf(start: Buffer): string {
  const [first = ''] = start.toString().split(/[\r\n]/, 1);
  return [',', ';', '\t'].find((separator) => first.includes(separator)) ?? ',';
}

async function* joined(start: Buffer, rest: AsyncIterator<Uint8Array>) {
  if (start.length > 0) yield start;
  for (let next = await rest.next(); !next.done; next = await rest.next()) yield next.value;
}
