import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { CsvError, parse } from 'csv-parse';
import createError from 'http-errors';

/** A row of a CSV file and its cells. */
export interface Row {
  /** The number of its first line, as an editor shows it: blank lines and those within cells count. */
  line: number;
  cells: string[];
}

/** Also bounds the memory of a batch of rows. */
const MAX_LINE_BYTES = 100_000;
/** If two are equally frequent, the first of them counts: the later ones are likelier within a text. */
const SEPARATORS = ['\t', ';', '|', ','];
const SAVE_AGAIN = 'In the spreadsheet, save it as CSV (UTF-8) first';

/** An error that is answered 400. */
export const refusal = (message: string) => createError(400, message);

/**
 * Reads the rows of a CSV file as it arrives. The separator of the cells is taken from the first line.
 *
 * @throws with status 400 if it is not CSV in UTF-8
 */
export async function* readRows(source: AsyncIterable<Uint8Array>): AsyncGenerator<Row> {
  // `readFirstLine` takes the first chunks, and `decode` the rest.
  const chunks = source[Symbol.asyncIterator]();
  const start = await readFirstLine(chunks);
  if (start.includes(0) || start.subarray(0, 4).toString() === 'PK\x03\x04') {
    throw refusal(`The file is not a text file. ${SAVE_AGAIN}`);
  }
  // The parser does not tell where an unclosed quote began. It must be after the last complete row.
  let lastLine = 0;
  const parser = parse({
    bom: true,
    delimiter: separatorOf(start),
    info: true,
    max_record_size: MAX_LINE_BYTES,
    on_record(record, { lines }) {
      lastLine = lines;
      return record;
    },
    record_delimiter: '\n',
    relax_column_count: true,
    skip_empty_lines: true,
  });
  // Errors also reach the loop below.
  pipeline(Readable.from(unifyLineBreaks(decode(start, chunks))), parser).catch(() => undefined);
  try {
    for await (const { info, record } of parser) {
      const breaks = record.join('').split('\n').length - 1;
      yield { line: info.lines - breaks, cells: record };
    }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    throw refusal(`The file is not CSV: ${problem(error, lastLine + 1)}`);
  }
}

function problem(error: CsvError & { lines?: number }, next: number): string {
  const unclosed = `a quote that is opened in line ${next} or later is not closed`;
  switch (error.code) {
    case 'CSV_QUOTE_NOT_CLOSED':
      return unclosed;
    case 'CSV_INVALID_CLOSING_QUOTE':
      return `in line ${error.lines}, there is something between a closing quote and the next cell`;
    case 'INVALID_OPENING_QUOTE':
      return `in line ${error.lines}, there is a quote within a cell that does not begin with one`;
    case 'CSV_MAX_RECORD_SIZE':
      return `a line is longer than 100,000 bytes, or ${unclosed}`;
    default:
      return error.message;
  }
}

/** Reads chunks until the first line that is not blank has ended. Each is searched once, however many come. */
async function readFirstLine(chunks: AsyncIterator<Uint8Array>): Promise<Buffer> {
  const read: Uint8Array[] = [];
  let size = 0;
  let isBlank = true;
  while (size < MAX_LINE_BYTES) {
    const { done, value } = await chunks.next();
    if (done) break;
    read.push(value);
    size += value.length;
    const textStart = isBlank ? value.findIndex((byte) => !isLineBreak(byte)) : 0;
    if (textStart >= 0) isBlank = false;
    if (!isBlank && value.subarray(textStart).some(isLineBreak)) break;
  }
  return Buffer.concat(read);
}

const isLineBreak = (byte: number) => byte === 0x0a || byte === 0x0d;

/** The most frequent separator in the first line, outside quotes; a comma if there is none. */
function separatorOf(start: Buffer): string {
  const [first = ''] = /[^\r\n]+/.exec(start.toString()) ?? [];
  const unquoted = first.replace(/"[^"]*("|$)/g, '');
  const count = (separator: string) => unquoted.split(separator).length;
  const most = Math.max(...SEPARATORS.map(count));
  return (most > 1 && SEPARATORS.find((separator) => count(separator) === most)) || ',';
}

/** The file as text. @throws with status 400 if it is not UTF-8 */
async function* decode(start: Buffer, rest: AsyncIterator<Uint8Array>) {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  try {
    yield decoder.decode(start, { stream: true });
    for (let next = await rest.next(); !next.done; next = await rest.next()) {
      yield decoder.decode(next.value, { stream: true });
    }
    yield decoder.decode();
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw refusal(`The file is not in UTF-8. ${SAVE_AGAIN}`);
  }
}

/** The text with `\n` for each line break. Of a `\r\n` within a cell, the parser would count two lines. */
async function* unifyLineBreaks(texts: AsyncIterable<string>) {
  let endsInReturn = false;
  for await (const text of texts) {
    const rest = endsInReturn && text.startsWith('\n') ? text.slice(1) : text;
    yield rest.replace(/\r\n?/g, '\n');
    // A chunk of half a letter has no text yet.
    if (text !== '') endsInReturn = text.endsWith('\r');
  }
}
