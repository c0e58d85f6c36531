import { FailureReportError } from '../errors.js';
import { type RawHeaders, toText } from '../headers.js';
import { malformed } from './header.js';

/** Where Copernica was told to send its calls, as it signs them. */
export interface Endpoint {
  host: string;
  /** Path with query. */
  target: string;
}

/** The headers of a request by lower-case name; `null` for one that was sent more than once. */
export type SentHeaders = ReadonlyMap<string, string | null>;

/** Without these a signature does not say what was sent to whom, when and for which account. */
const REQUIRED = ['(request-target)', 'host', 'date', 'x-copernica-id', 'digest'];

/** What no header of Node's has; other hosts may hand on line breaks, and characters that are no bytes. */
const FOREIGN_CHARACTER = /[^\t\n\x20-\xff]/;

/** Collects `req.rawHeaders`: `req.headers` does not tell that a header was sent twice. */
export function collectHeaders(rawHeaders: RawHeaders): SentHeaders {
  const headers = new Map<string, string | null>();
  for (let i = 0; i < rawHeaders.length; i += 2) {
    const [name, value] = [toText(rawHeaders[i]).toLowerCase(), rawHeaders[i + 1]];
    if (value === undefined || value === null) continue;
    headers.set(name, headers.has(name) ? null : trimBlanks(toText(value)));
  }
  return headers;
}

/**
 * Builds the text that was signed (draft-cavage-http-signatures-11, section 2.3), one character a
 * byte. Everything listed must be there once and not be empty: an absent value that is signed as
 * empty would fit any value. Only `content-length` may be absent: HTTP/2, proxies that send chunks, and
 * API gateways drop it. Then the bytes that arrived are counted, and `Digest` binds them.
 *
 * @param names the signed headers in lower case, in order
 * @param bodyLength in bytes, as it arrived
 * @throws FailureReportError `COPERNICA_SIGNATURE_INCOMPLETE`, `COPERNICA_SIGNATURE_MALFORMED`
 */
export function signingString(
  names: readonly string[],
  method: string,
  headers: SentHeaders,
  endpoint: Partial<Endpoint> & Pick<Endpoint, 'target'>,
  bodyLength: number,
): string {
  if (!REQUIRED.every((name) => names.includes(name))) {
    throw incomplete(
      `The signature must cover ${REQUIRED.join(', ')}: the call is not from Copernica`,
    );
  }
  const lines = names.map((name) => {
    if (name === '(request-target)') return `${name}: ${method.toLowerCase()} ${endpoint.target}`;
    if (name.startsWith('(')) throw malformed('The signature covers an unknown pseudo-header');
    const value =
      name === 'host' ? hostOf(headers, endpoint.host) : sentValue(headers, name, bodyLength);
    if (value === null) throw malformed('A signed header was sent twice');
    if (!value)
      throw incomplete('A signed header is absent or empty: a proxy may have taken it away');
    return `${name}: ${value}`;
  });
  const text = lines.join('\n');
  if (FOREIGN_CHARACTER.test(text) || lines.some((line) => line.includes('\n'))) {
    throw malformed('A signed header has a character that HTTP does not allow');
  }
  return text;
}

function sentValue(headers: SentHeaders, name: string, bodyLength: number) {
  const isDropped = name === 'content-length' && !headers.has(name);
  return isDropped ? `${bodyLength}` : headers.get(name);
}

/** The registered host, spelled as it was sent where only its letter case differs. */
function hostOf(headers: SentHeaders, registered?: string): string | null | undefined {
  // HTTP/2 has a pseudo-header instead (RFC 9113, section 8.3.1).
  const sent = headers.get(headers.has('host') ? 'host' : ':authority');
  return registered && sent?.toLowerCase() !== registered.toLowerCase() ? registered : sent;
}

function incomplete(message: string): FailureReportError {
  return new FailureReportError('COPERNICA_SIGNATURE_INCOMPLETE', message);
}

/** Not `trim`, which takes the byte 0xa0 for a blank, nor a pattern, which would be quadratic. */
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
