import { FailureReportError } from '../errors.js';
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

/** Collects `req.rawHeaders`: `req.headers` does not tell that a header was sent twice. */
export function collectHeaders(rawHeaders: readonly string[]): SentHeaders {
  const headers = new Map<string, string | null>();
  let name = '';
  rawHeaders.forEach((text, i) => {
    if (i % 2 === 0) name = text.toLowerCase();
    else headers.set(name, headers.has(name) ? null : trimBlanks(text));
  });
  return headers;
}

/**
 * Builds the text that was signed (draft-cavage-http-signatures-11, section 2.3), one character a
 * byte. Everything listed must be there once and not be empty: an absent value that is signed as
 * empty would fit any value.
 *
 * @param names the signed headers in lower case, in order
 * @throws FailureReportError `COPERNICA_SIGNATURE_INCOMPLETE`, `COPERNICA_SIGNATURE_MALFORMED`
 */
export function signingString(
  names: readonly string[],
  method: string,
  headers: SentHeaders,
  endpoint: Partial<Endpoint> & Pick<Endpoint, 'target'>,
): string {
  if (!REQUIRED.every((name) => names.includes(name))) {
    throw incomplete(`The signature must cover ${REQUIRED.join(', ')}`);
  }
  const lines = names.map((name) => {
    if (name === '(request-target)') return `${name}: ${method.toLowerCase()} ${endpoint.target}`;
    if (name.startsWith('(')) throw malformed('The signature covers an unknown pseudo-header');
    const value = name === 'host' && endpoint.host ? endpoint.host : headers.get(name);
    if (value === null) throw malformed('A signed header was sent twice');
    if (!value)
      throw incomplete('A signed header is absent or empty: a proxy may have taken it away');
    return `${name}: ${value}`;
  });
  return lines.join('\n');
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
