import type { SignedTestRequest } from 'copernica-failures/testing';
import fc from 'fast-check';
import { changeBytes, changes, changeText } from './bytes.js';

/** A request as it is sent; the method is always POST. */
export interface SentRequest {
  path: string;
  headers: [name: string, value: string][];
  body: Uint8Array;
}

/** One way to tamper with a request. */
type Mutation = (request: SentRequest) => SentRequest;

const NOT_IN_PATH = /[^!-\xff]/g;
const NOT_IN_VALUE = /[^\t -~\x80-\xff]/g;

const changeBody = changes.map(
  (change): Mutation =>
    (request) => ({ ...request, body: changeBytes(change, request.body) }),
);

const changePath = changes.map(
  (change): Mutation =>
    (request) => ({
      ...request,
      path: `/${changeText(change, request.path.slice(1), NOT_IN_PATH)}`,
    }),
);

const anyHeader = fc.nat({ max: 20 });

const changeHeader = fc.tuple(anyHeader, changes).map(
  ([index, change]): Mutation =>
    (request) =>
      withHeader(request, index, ([name, value]) => [
        [name, changeText(change, value, NOT_IN_VALUE)],
      ]),
);

const repeatHeader = anyHeader.map(
  (index): Mutation =>
    (request) =>
      withHeader(request, index, (header) => [header, header]),
);

/** Not the Host: node:http refuses a request without one itself. */
const dropHeader = anyHeader.map(
  (index): Mutation =>
    (request) =>
      withHeader(request, index, (header) => (header[0] === 'Host' ? [header] : [])),
);

const addHeader = fc
  .constantFrom('X-Date', 'X-Forwarded-Host', 'X-HTTP-Method-Override', 'Cookie')
  .map(
    (name): Mutation =>
      (request) => ({
        ...request,
        headers: [...request.headers, [name, 'example.com']],
      }),
  );

/** One to three ways to tamper with a request, one after the other. */
export const mutations: fc.Arbitrary<Mutation> = fc
  .array(fc.oneof(changeBody, changePath, changeHeader, repeatHeader, dropHeader, addHeader), {
    minLength: 1,
    maxLength: 3,
  })
  .map((all) => (request) => all.reduce((changed, mutate) => mutate(changed), request));

function withHeader(
  request: SentRequest,
  index: number,
  change: (header: [string, string]) => [string, string][],
): SentRequest {
  const place = index % request.headers.length;
  const headers = request.headers.flatMap((header, i) => (i === place ? change(header) : [header]));
  return { ...request, headers };
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
