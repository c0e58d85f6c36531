import { isAscii, isUtf8 } from 'node:buffer';
import qs from 'qs';
import { FailureReportError } from './errors.js';
import type { Charset } from './media-type.js';

/** The variables of a payload by name: texts, lists and maps of them. */
export type Variables = Record<string, unknown>;

/** Twice the longest list of tags that is expected, so that a hostile body stays cheap. */
const MAX_VARIABLES = 2000;
const MAX_DEPTH = 32;

/**
 * Turns a urlencoded body into nested variables.
 *
 * A value that is valid UTF-8 is decoded as UTF-8, one that is not as Windows-1252, each as a
 * whole: descriptions are copied from foreign mail servers and keep their bytes. With charset
 * `iso-8859-1` every value is decoded as that. A `%` that starts no escape stays a `%`.
 *
 * @throws FailureReportError `COPERNICA_BODY_INVALID` over 2,000 variables or 32 levels
 */
export function parseBody(bytes: Buffer, charset: Charset): Variables {
  const text = bytes.toString('latin1').replaceAll('+', ' ');
  const pairs = text.split('&', MAX_VARIABLES + 1);
  if (pairs.length > MAX_VARIABLES) {
    throw new FailureReportError(
      'COPERNICA_BODY_INVALID',
      'The body has more than 2,000 variables: Copernica sends no such report, so look at what sent it',
    );
  }
  const plain = isAscii(bytes) && isEncodedUtf8(text);
  const decode = charset === 'iso-8859-1' ? decodeLatin1 : plain ? decodeUtf8 : decodeAny;
  const flat: Variables = {};
  for (const pair of pairs) {
    const end = pair.indexOf('=');
    const name = decode(end < 0 ? pair : pair.slice(0, end));
    add(flat, name, end < 0 ? '' : decode(pair.slice(end + 1)));
  }
  return nest(flat);
}

/**
 * Gives variables that another parser has decoded, flat or nested, the form of `parseBody`.
 *
 * @throws FailureReportError `COPERNICA_BODY_INVALID` over 32 levels
 */
export function nestVariables(parsed: object): Variables {
  const flat: Variables = {};
  for (const [name, value] of Object.entries(parsed)) add(flat, name, value);
  return nest(flat);
}

/**
 * Adds a variable to those of its name. Items of a list, `name[]` or `name[0]`, `name[1]`, ... in
 * order, are collected right here: qs would take time quadratic in their number. Names that every
 * object has already, such as `constructor`, are left out, as qs does.
 */
function add(flat: Variables, name: string, value: unknown): void {
  const [, list, index] = (name.endsWith(']') && /^(.+)\[(\d*)\]$/s.exec(name)) || [];
  if (name === '' || (list ?? name) in Object.prototype) return;
  if (list !== undefined && (index === '' || index === String(countOf(flat[list])))) {
    flat[list] ??= [];
    append(flat, list, value);
  } else {
    append(flat, name, value);
  }
}

function append(flat: Variables, name: string, value: unknown): void {
  const present = flat[name];
  if (present === undefined) flat[name] = value;
  else if (!Array.isArray(present)) flat[name] = [present, value].flat();
  else if (!Array.isArray(value)) present.push(value);
  else flat[name] = present.concat(value);
}

/** How many values a name has so far. */
function countOf(present: unknown): number {
  if (Array.isArray(present)) return present.length;
  return present === undefined ? 0 : 1;
}

/**
 * Nests names with brackets; without any, as in most reports, there is nothing to do. qs makes a map by
 * index of a list with more than 20 items: to raise that limit would take quadratic time.
 */
function nest(flat: Variables): Variables {
  if (!Object.keys(flat).some((name) => name.includes('['))) return flat;
  try {
    const options = { depth: MAX_DEPTH, strictDepth: true };
    const nested = qs.parse(flat as Record<string, string>, options);
    makeLists(nested);
    return nested;
  } catch (cause) {
    throw new FailureReportError(
      'COPERNICA_BODY_INVALID',
      'The variables are nested more than 32 levels deep: Copernica sends no such report, so look at what sent it',
      {
        cause,
      },
    );
  }
}

/** Puts a list in place of each map by index, `{ 0: 'a', 1: 'b', … }`, at every level below. */
function makeLists(nested: object): void {
  for (const [name, value] of Object.entries(nested)) {
    // Another parser may have made something else, such as a Date.
    const isMap = value && Object.getPrototypeOf(value) === Object.prototype;
    if (isMap || Array.isArray(value)) makeLists(value);
    if (isMap && isIndexed(Object.keys(value))) Reflect.set(nested, name, Object.values(value));
  }
}

/**
 * Whether the keys are indexes from 0 on, of which at least half are there: other numbers mean something.
 * An object has its indexes first and in ascending order, so the first and the last key tell.
 */
function isIndexed(keys: readonly string[]): boolean {
  const last = keys.at(-1);
  const highest = Number(last);
  const isIndex = String(highest) === last && Number.isInteger(highest);
  return isIndex && keys[0] === '0' && highest < 2 * keys.length;
}

/** Whether all of a body is UTF-8, percent-encoded: to fail here once is cheap, for each value not. */
function isEncodedUtf8(text: string): boolean {
  try {
    // The result is used, or a bundler takes the call for one without effect.
    return decodeURIComponent(text).length <= text.length;
  } catch {
    return false;
  }
}

function decodeUtf8(text: string): string {
  return text.includes('%') ? decodeURIComponent(text) : text;
}

/** Decodes a text of any bytes, one character a byte. */
function decodeAny(text: string): string {
  const latin1 = decodeLatin1(text);
  const bytes = Buffer.from(latin1, 'latin1');
  if (isUtf8(bytes)) return bytes.toString('utf8');
  return latin1.replace(/[\x80-\x9f]/g, (c) => WINDOWS_1252.charAt(c.charCodeAt(0) - 0x80));
}

function decodeLatin1(text: string): string {
  return text.replace(/%([0-9a-f]{2})/gi, (_, hex) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
}

/** Where Windows-1252 differs from ISO-8859-1: 0x80 to 0x9f, the five unassigned ones unchanged. */
const WINDOWS_1252 =
  '\u20ac\x81\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152\x8d\u017d\x8f' +
  '\x90\u2018\u2019\u201c\u201d\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153\x9d\u017e\u0178';
