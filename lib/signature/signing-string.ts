import { createError } from '../errors.js';
import { type RawHeaders, toPairs } from '../headers.js';
import type { Endpoint } from './endpoint.js';
import { malformedError } from './signature-header.js';

/** The headers of a request by lower-case name; `null` for one that was sent more than once. */
export type SentHeaders = ReadonlyMap<string, string | null>;

/** A signature without these does not bind the body, the endpoint, the time and the account. */
const REQUIRED = ['(request-target)', 'host', 'date', 'x-copernica-id', 'digest'];

/** Characters that Node.js never passes in a header value. Other hosts may. */
const FOREIGN_CHARACTER = /[^\t\x20-\xff]/;

/** Collects `req.rawHeaders`, since `req.headers` hides duplicates. */
export function collectHeaders(rawHeaders: RawHeaders): SentHeaders {
  const headers = new Map<string, string | null>();
  for (const [name, value] of toPairs(rawHeaders)) {
    headers.set(name, headers.has(name) ? null : trimBlanks(value));
  }
  return headers;
}

/**
 * Builds the signing string (draft-cavage-http-signatures-11, section 2.3) as Latin-1 text.
 *
 * Each signed header must be present once and not be empty: an absent header that was signed as empty
 * would fit any value. There are two exceptions. If HTTP/2, a proxy or an API gateway has dropped
 * `content-length`, the length of the body replaces it, which `Digest` binds. `verify.url` replaces `host`.
 *
 * @param names the signed headers in lower case, in order
 * @param bodyLength in bytes, as it arrived
 */
export function buildSigningString(
  names: readonly string[],
  method: string,
  headers: SentHeaders,
  endpoint: Partial<Endpoint> & Pick<Endpoint, 'target'>,
  bodyLength: number,
): string {
  if (!REQUIRED.every((name) => names.includes(name))) {
    throw incompleteError(`The signature must cover ${REQUIRED.join(', ')}`);
  }
  const lines = names.map((name) => {
    const value = signedValue(name);
    if (value === null) throw malformedError('A signed header was sent twice');
    if (!value) throw incompleteError('A signed header is absent or empty');
    return `${name}: ${value}`;
  });
  if (lines.some((line) => FOREIGN_CHARACTER.test(line))) {
    throw malformedError('A signed header has a character that HTTP does not allow');
  }
  return lines.join('\n');

  function signedValue(name: string): string | null | undefined {
    if (name === '(request-target)') return `${method.toLowerCase()} ${endpoint.target}`;
    if (name.startsWith('(')) throw malformedError('The signature covers an unknown pseudo-header');
    if (name === 'host') return hostOf(headers, endpoint.host);
    if (name === 'content-length' && !headers.has(name)) return String(bodyLength);
    return headers.get(name);
  }
}

/** With `verify.url`, returns its host, spelled as sent if only letter case differs; otherwise the sent host. */
function hostOf(headers: SentHeaders, registered?: string): string | null | undefined {
  // HTTP/2 has a pseudo-header instead (RFC 9113, section 8.3.1).
  const sent = headers.get(headers.has('host') ? 'host' : ':authority');
  return registered && sent?.toLowerCase() !== registered.toLowerCase() ? registered : sent;
}

function incompleteError(problem: string) {
  return createError('COPERNICA_SIGNATURE_INCOMPLETE', problem);
}

/** `trim` would remove the byte 0xa0, too, and a pattern would take quadratic time. */
function trimBlanks(value: string): string {
  let start = 0;
  let end = value.length;
  while (isBlank(value[start])) start++;
  while (end > start && isBlank(value[end - 1])) end--;
  return value.slice(start, end);
}

function isBlank(character: string | undefined): boolean {
  return character === ' ' || character === '\t';
}
