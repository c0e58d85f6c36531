import type { SignedTestRequest } from 'copernica-failures/testing';
import fc from 'fast-check';
import { type Change, changeBytes, changes, changeText } from './bytes.js';

/** A request as it is sent; the method is always POST. */
export interface SentRequest {
  path: string;
  headers: [name: string, value: string][];
  body: Uint8Array;
}

/** One way to tamper with a request; headers are named by their place. */
type Tampering =
  | { what: 'body' | 'path'; change: Change }
  | { what: 'value'; header: number; change: Change }
  | { what: 'repeat' | 'drop'; header: number }
  | { what: 'add'; name: string };

const NOT_IN_PATH = /[^!-\xff]/g;
const NOT_IN_VALUE = /[^\t -~\x80-\xff]/g;

const header = fc.nat({ max: 20 });
const tampering: fc.Arbitrary<Tampering> = fc.oneof(
  fc.record({ what: fc.constantFrom('body', 'path'), change: changes }),
  fc.record({ what: fc.constant('value'), header, change: changes }),
  fc.record({ what: fc.constantFrom('repeat', 'drop'), header }),
  fc.record({
    what: fc.constant('add'),
    name: fc.constantFrom('X-Date', 'X-Forwarded-Host', 'X-HTTP-Method-Override', 'Cookie'),
  }),
);

/** One to three ways to tamper with a request, one after the other. */
export const tamperings = fc.array(tampering, { minLength: 1, maxLength: 3 });

export function tamper(request: SentRequest, all: readonly Tampering[]): SentRequest {
  return all.reduce(tamperOnce, request);
}

function tamperOnce(request: SentRequest, tampering: Tampering): SentRequest {
  const { path, headers, body } = request;
  switch (tampering.what) {
    case 'body':
      return { ...request, body: changeBytes(tampering.change, body) };
    case 'path':
      return { ...request, path: `/${changeText(tampering.change, path.slice(1), NOT_IN_PATH)}` };
    case 'add':
      return { ...request, headers: [...headers, [tampering.name, 'example.com']] };
    default: {
      const place = tampering.header % headers.length;
      const changed = headers.flatMap((sent, i) =>
        i === place ? change(sent, tampering) : [sent],
      );
      return { ...request, headers: changed };
    }
  }
}

function change(
  [name, value]: [string, string],
  tampering: Extract<Tampering, { header: number }>,
): [string, string][] {
  if (tampering.what === 'value') {
    return [[name, changeText(tampering.change, value, NOT_IN_VALUE)]];
  }
  const sent: [string, string] = [name, value];
  if (tampering.what === 'repeat') return [sent, sent];
  // Without a Host, node:http refuses the request itself.
  return name === 'Host' ? [sent] : [];
}

export function toSentRequest({ url, headers, body }: SignedTestRequest): SentRequest {
  return { path: new URL(url).pathname, headers: Object.entries(headers), body: Buffer.from(body) };
}

/** All that the test signer signs. */
export function signedParts({ path, headers, body }: SentRequest) {
  const signed = ['Host', 'Date', 'Content-Type', 'X-Copernica-ID', 'Digest', 'X-Nonce'];
  const values = headers
    .filter(([name]) => signed.includes(name))
    .map(([name, value]) => [name, value.replace(/^[ \t]+|[ \t]+$/g, '')]);
  return { path, values, body: Buffer.from(body).toString('hex') };
}
