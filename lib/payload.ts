import { isAscii, isUtf8 } from 'node:buffer';
import qs from 'qs';
import { createError } from './errors.js';
import type { Charset } from './media-type.js';

/** Variables by name: texts, lists, and maps. */
export type Variables = Record<string, unknown>;

/** Limits for hostile bodies. A report has at most some 1,000 variables. */
const MAX_VARIABLES = 2000;
const MAX_DEPTH = 32;

/**
 * Turns a urlencoded body into nested variables.
 *
 * Each value is decoded as UTF-8 if it is valid UTF-8, else as Windows-1252: descriptions keep the
 * bytes of foreign mail servers. With charset `iso-8859-1`, all values are decoded as that. A `%`
 * that starts no escape stays a `%`.
 *
 * @throws FailureReportError `COPERNICA_BODY_INVALID` over 2,000 variables or 32 levels
 */
export function parseBody(bytes: Buffer, charset: Charset): Variables {
  const text = bytes.toString('latin1').replaceAll('+', ' ');
  const pairs = text.split('&', MAX_VARIABLES + 1);
  if (pairs.length > MAX_VARIABLES) {
    throw createError('COPERNICA_BODY_INVALID', `The body has over ${MAX_VARIABLES} variables`);
  }
  const isAllUtf8 = isAscii(bytes) && isEncodedUtf8(text);
  const decode = charset === 'iso-8859-1' ? decodeLatin1 : isAllUtf8 ? decodeUtf8 : decodeAny;
  const flat: Variables = {};
  for (const pair of pairs) {
    const end = pair.indexOf('=');
    const name = decode(end < 0 ? pair : pair.slice(0, end));
    add(flat, name, end < 0 ? '' : decode(pair.slice(end + 1)));
  }
  return nest(flat);
}

/** Converts variables that another parser has decoded, flat or nested, to the form of `parseBody`. */
export function nestVariables(parsed: object): Variables {
  const flat: Variables = {};
  for (const [name, value] of Object.entries(parsed)) add(flat, name, value);
  return nest(flat);
}

/**
 * Adds a variable. Items of a list, `name[]` or `name[0]`, `name[1]`, ... in order, are collected
 * here, because qs takes quadratic time for them. Names that every object has, such as
 * `constructor`, are ignored, as in qs.
 */
function add(flat: Variables, name: string, value: unknown): void {
  const [, list = name, index] = (name.endsWith(']') && /^(.+)\[(\d*)\]$/s.exec(name)) || [];
  if (name === '' || list in Object.prototype) return;
  const isNextItem = index === '' || index === String(countOf(flat[list]));
  if (isNextItem) flat[list] ??= [];
  append(flat, isNextItem ? list : name, value);
}

function append(flat: Variables, name: string, value: unknown): void {
  const present = flat[name];
  if (present === undefined) flat[name] = value;
  else if (Array.isArray(present) && !Array.isArray(value)) present.push(value);
  else flat[name] = [present, value].flat();
}

function countOf(present: unknown): number {
  if (Array.isArray(present)) return present.length;
  return present === undefined ? 0 : 1;
}

/** Nests names with brackets, which most reports do not have. */
function nest(flat: Variables): Variables {
  if (!Object.keys(flat).some((name) => name.includes('['))) return flat;
  try {
    const options = { depth: MAX_DEPTH, strictDepth: true };
    const nested = qs.parse(flat as Record<string, string>, options);
    makeLists(nested);
    return nested;
  } catch (cause) {
    // With these options, qs throws only for this.
    throw createError('COPERNICA_BODY_INVALID', `Variables nest over ${MAX_DEPTH} levels`, cause);
  }
}

/**
 * Replaces each map by index, `{ 0: 'a', 1: 'b', … }`, by a list, at every level. qs makes such maps of
 * lists with over 20 items, and would take quadratic time with a higher limit.
 */
function makeLists(nested: object): void {
  for (const [name, value] of Object.entries(nested)) {
    // Another parser may have made other objects, such as a Date.
    const isMap = value && Object.getPrototypeOf(value) === Object.prototype;
    if (isMap || Array.isArray(value)) makeLists(value);
    if (isMap && isIndexed(Object.keys(value))) Reflect.set(nested, name, Object.values(value));
  }
}

/**
 * Tells whether the keys are indexes from 0 on, at least half of them present: `{ 2025: … }` stays a
 * map. Objects list indexes first and in ascending order, so the first and last key suffice.
 */
function isIndexed(keys: readonly string[]): boolean {
  const last = keys.at(-1);
  const highest = Number(last);
  const isIndex = String(highest) === last && Number.isInteger(highest) && highest >= 0;
  return isIndex && keys[0] === '0' && highest < 2 * keys.length;
}

/** Tests the whole body once, because catching a decoding error for each value is slow. */
function isEncodedUtf8(text: string): boolean {
  try {
    // Without use of the result, a bundler removes the call.
    return decodeURIComponent(text).length <= text.length;
  } catch {
    return false;
  }
}

function decodeUtf8(text: string): string {
  return text.includes('%') ? decodeURIComponent(text) : text;
}

/** Decodes bytes in any charset. The text has one character a byte. */
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

/** The bytes 0x80 to 0x9f in Windows-1252. Other bytes are as in ISO-8859-1. */
const WINDOWS_1252 =
  '\u20ac\x81\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152\x8d\u017d\x8f' +
  '\x90\u2018\u2019\u201c\u201d\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153\x9d\u017e\u0178';
