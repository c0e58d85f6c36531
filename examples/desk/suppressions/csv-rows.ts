import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { CsvError, parse } from 'csv-parse';
import createError from 'http-errors';

/** A line of a CSV file and its cells. */
export interface Row {
  line: number;
  record: string[];
}

/** No line is longer, in bytes: more than any that the desk writes itself. */
const LONGEST_LINE = 1_000_000;
/** What may separate cells. Where two do so equally often, a comma is the likelier part of a text. */
const SEPARATORS = ['\t', ';', '|', ','];
const SAVE_AGAIN = 'In the spreadsheet, save it as CSV (UTF-8) first';
const PERHAPS = 'Lines before that may be on the list now';

/** The lines of a CSV file as they come in; the first decides what separates the cells. */
export async function* readRows(source: AsyncIterable<Uint8Array>): AsyncGenerator<Row> {
  const chunks = source[Symbol.asyncIterator]();
  const start = await readFirstLine(chunks);
  if (start.includes(0) || start.subarray(0, 4).toString() === 'PK\x03\x04') {
    throw refusal(`The file is no text. ${SAVE_AGAIN}`);
  }
  /** The last line of what was read whole: the parser does not say where a quote was opened. */
  let read = 0;
  const parser = parse({
    bom: true,
    delimiter: delimiterOf(start),
    info: true,
    max_record_size: LONGEST_LINE,
    on_record(record, { lines }) {
      read = lines;
      return record;
    },
    relax_column_count: true,
    skip_empty_lines: true,
  });
  // What goes wrong is met by whoever reads the rows.
  pipeline(Readable.from(decoded(joined(start, chunks))), parser).catch(() => undefined);
  try {
    for await (const { info, record } of parser) yield { line: info.lines, record };
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    throw refusal(`The file is not CSV: ${inWords(error, read + 1)}. ${PERHAPS}`);
  }
}

function inWords({ code, message, lines }: CsvError & { lines?: number }, next: number): string {
  switch (code) {
    case 'CSV_QUOTE_NOT_CLOSED':
      return `a quote that is opened in line ${next} or later is not closed`;
    case 'CSV_INVALID_CLOSING_QUOTE':
      return `in line ${lines}, something stands between a closing quote and the next cell`;
    case 'INVALID_OPENING_QUOTE':
      return `in line ${lines}, a quote stands within a cell that does not begin with one`;
    case 'CSV_MAX_RECORD_SIZE':
      return `a line is longer than 1,000,000 bytes, or a quote that is opened in line ${next} or later is not closed`;
    default:
      return message;
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
  const unquoted = first.replace(/"[^"]*("|$)/g, '');
  const count = (separator: string) => unquoted.split(separator).length;
  const most = Math.max(...SEPARATORS.map(count));
  return (most > 1 && SEPARATORS.find((separator) => count(separator) === most)) || ',';
}

async function* decoded(chunks: AsyncIterable<Uint8Array>) {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  try {
    for await (const chunk of chunks) yield decoder.decode(chunk, { stream: true });
    yield decoder.decode();
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw refusal(`The file is not in UTF-8. ${SAVE_AGAIN}. ${PERHAPS}`);
  }
}

async function* joined(start: Buffer, rest: AsyncIterator<Uint8Array>) {
  if (start.length > 0) yield start;
  for (let next = await rest.next(); !next.done; next = await rest.next()) yield next.value;
}
