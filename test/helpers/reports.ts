import type { Charset } from '../../lib/media-type.js';
import { parseBody } from '../../lib/payload.js';

/** Stands in every value of the payloads below; no error may repeat it. */
export const SECRET = 's3cr3t';

/** The three required variables, urlencoded. */
export const REQUIRED = `id=${SECRET}-1&recipient=${SECRET}%40example.com&state=rcptto`;

/** `REQUIRED` as it is delivered. */
export const REQUIRED_REPORT = {
  id: `${SECRET}-1`,
  recipient: `${SECRET}@example.com`,
  state: 'rcptto',
  tags: [],
  asynchronous: false,
  severity: 'unknown',
};

export const URLENCODED = 'application/x-www-form-urlencoded';

/** Parses a body given as text, one character a byte. */
export function parseText(body: string, charset: Charset = 'utf-8') {
  return parseBody(Buffer.from(body, 'latin1'), charset);
}
