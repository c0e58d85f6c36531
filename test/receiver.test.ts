// Tests the forms that a request to `createFailureReceiver` can have.
import { runInNewContext } from 'node:vm';
import { describe, expect, it, vi } from 'vitest';
import { ERRORS } from '../lib/errors.js';
import {
  createFailureReceiver,
  type FailureReceiverOptions,
  type FailureRequest,
} from '../lib/index.js';
import { createTestSigner } from '../lib/testing.js';
import { expectRejection, thrownBy } from './helpers/rejections.js';
import { REQUIRED, REQUIRED_REPORT, SECRET, URLENCODED } from './helpers/reports.js';

const URL = 'https://hooks.example.com/copernica/failures?x=1';
const signer = createTestSigner({ account: 'account-1234', url: URL });
const verify = { account: 'account-1234', resolveTxt: signer.resolveTxt };

function receiver(options: Partial<FailureReceiverOptions> = {}) {
  const onFailure = vi.fn();
  return { onFailure, receive: createFailureReceiver({ onFailure, ...options }) };
}

/** An unsigned request with the required variables. */
function plain(changes: Partial<FailureRequest> = {}): FailureRequest {
  return {
    method: 'POST',
    url: '/copernica/failures',
    headers: { 'content-type': URLENCODED },
    body: REQUIRED,
    ...changes,
  };
}

/** A request that is signed for `URL`, as its target and host. */
function signed(changes: Partial<FailureRequest> = {}): FailureRequest {
  const { method, headers } = signer.sign(REQUIRED);
  return { method, url: '/copernica/failures?x=1', headers, body: REQUIRED, ...changes };
}

describe('a receiver', () => {
  it('gives onFailure the request, and resolves to nothing', async () => {
    const { receive, onFailure } = receiver();
    const request = plain();
    expect(await receive(request)).toBeUndefined();
    const [, context] = onFailure.mock.calls[0] ?? [];
    expect(context.request).toBe(request);
    expect(Object.keys(context)).toEqual(['request', 'variables']);
  });

  it.each([undefined, null, 0, 'route'])(
    'rejects with the very thing onFailure throws: %o',
    async (reason) => {
      const { receive } = receiver({ onFailure: () => Promise.reject(reason) });
      expect(await thrownBy(() => receive(plain()))).toBe(reason);
    },
  );

  it.each<[string, FailureRequest['body']]>([
    ['a text', REQUIRED],
    ['a Buffer', Buffer.from(REQUIRED)],
    ['a Uint8Array', new TextEncoder().encode(REQUIRED)],
    ['part of a larger buffer', Buffer.from(`xx${REQUIRED}yy`).subarray(2, 2 + REQUIRED.length)],
    ['an ArrayBuffer', new TextEncoder().encode(REQUIRED).buffer],
  ])('takes %s as body, signed too', async (_, body) => {
    const unsigned = receiver();
    await unsigned.receive(plain({ body }));
    expect(unsigned.onFailure).toHaveBeenCalledOnce();
    const authentic = receiver({ verify });
    await authentic.receive(signed({ body }));
    expect(authentic.onFailure).toHaveBeenCalledOnce();
  });

  it.each([
    ['a Uint8Array', 'bytes'],
    ['an ArrayBuffer', 'bytes.buffer'],
    ['a DataView', 'new DataView(bytes.buffer)'],
  ])('takes the bytes of another realm: %s', async (_, form) => {
    const code = `const bytes = Uint8Array.from(body, (c) => c.charCodeAt(0)); ${form}`;
    const { receive, onFailure } = receiver({ verify });
    await receive(signed({ body: runInNewContext(code, { body: REQUIRED }) }));
    expect(onFailure).toHaveBeenCalledOnce();
  });

  it('delivers what was signed, though the memory of the body is used again meanwhile', async () => {
    const body = Buffer.from(REQUIRED);
    const { receive, onFailure } = receiver({
      verify: {
        ...verify,
        async resolveTxt(name) {
          body.fill('&');
          body.write('id=2&recipient=john@example.com&state=x');
          return signer.resolveTxt(name);
        },
      },
    });
    await receive(signed({ body }));
    expect(onFailure.mock.calls[0]?.[0]).toEqual(REQUIRED_REPORT);
  });
});

describe('a signed request is taken with', () => {
  type Sent = Record<string, string>;
  it.each<[string, (headers: Sent) => FailureRequest['headers']]>([
    ['a plain object', (headers) => headers],
    ['names in lower case', (headers) => mapNames(headers, (name) => name.toLowerCase())],
    ['names in capitals', (headers) => mapNames(headers, (name) => name.toUpperCase())],
    [
      'lists of one',
      (headers) => Object.fromEntries(Object.entries(headers).map(([name, v]) => [name, [v]])),
    ],
    [
      'numbers and nothing among them',
      (headers) => ({ ...headers, 'Content-Length': REQUIRED.length, Via: undefined }),
    ],
    ['Headers', (headers) => new Headers(headers)],
    ['pairs', (headers) => Object.entries(headers)],
    ['a Map', (headers) => new Map(Object.entries(headers))],
  ])('%s', async (_, form) => {
    const { receive, onFailure } = receiver({ verify });
    const request = signed();
    await receive({ ...request, headers: form(request.headers as Sent) });
    expect(onFailure).toHaveBeenCalledOnce();
  });

  it.each(['Content-Length', 'content-length'])('its length, as %s', async (name) => {
    const { receive, onFailure } = receiver({ verify });
    const { headers, ...request } = signed();
    await receive({ ...request, headers: { ...(headers as Sent), [name]: REQUIRED.length } });
    expect(onFailure).toHaveBeenCalledOnce();
  });

  it('the whole address, which stands in for a Host that was not sent', async () => {
    const { receive, onFailure } = receiver({ verify });
    const { headers, ...request } = signed({ url: URL });
    const { Host: _, ...others } = headers as Sent;
    await receive({ ...request, headers: others });
    expect(onFailure).toHaveBeenCalledOnce();
  });

  it('another address, if verify.url names the registered one', async () => {
    const { receive, onFailure } = receiver({ verify: { ...verify, url: URL } });
    await receive(signed({ url: 'http://10.0.0.1:8080/internal' }));
    expect(onFailure).toHaveBeenCalledOnce();
  });
});

function mapNames(headers: Record<string, string>, change: (name: string) => string) {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [change(name), value]));
}

describe('a receiver refuses', () => {
  it.each<[string, number, Parameters<typeof expectRejection>[2], Partial<FailureRequest>]>([
    ['post in lower case', 405, 'COPERNICA_METHOD_UNSUPPORTED', { method: 'post' }],
    ['no content type', 415, 'COPERNICA_MEDIA_TYPE_UNSUPPORTED', { headers: {} }],
    ['no headers', 415, 'COPERNICA_MEDIA_TYPE_UNSUPPORTED', { headers: undefined as never }],
    ['null for headers', 415, 'COPERNICA_MEDIA_TYPE_UNSUPPORTED', { headers: null as never }],
    [
      'a content type that was sent twice',
      415,
      'COPERNICA_MEDIA_TYPE_UNSUPPORTED',
      { headers: { 'Content-Type': [URLENCODED, URLENCODED] } },
    ],
    [
      'JSON',
      415,
      'COPERNICA_MEDIA_TYPE_UNSUPPORTED',
      { headers: [['CONTENT-TYPE', 'application/json']] },
    ],
    [
      'bytes that are fewer than Content-Length says',
      400,
      'COPERNICA_BODY_INVALID',
      { headers: { 'content-type': URLENCODED, 'content-length': '999' } },
    ],
    ['a body that is null', 400, 'COPERNICA_REPORT_INVALID', { body: null }],
    ['a body that is missing', 400, 'COPERNICA_REPORT_INVALID', { body: undefined }],
    [
      'a body that something has parsed',
      500,
      'COPERNICA_BODY_CONSUMED',
      { body: { id: SECRET } as never },
    ],
  ])('%s with %i', async (_, status, code, changes) => {
    const { receive, onFailure } = receiver();
    expectRejection(await thrownBy(() => receive(plain(changes))), status, code);
    expect(onFailure).not.toHaveBeenCalled();
  });

  it.each<[string, Parameters<typeof expectRejection>[2], object]>([
    ['the content type', 'COPERNICA_MEDIA_TYPE_UNSUPPORTED', { 'content-type': Symbol(SECRET) }],
    [
      'the encoding',
      'COPERNICA_MEDIA_TYPE_UNSUPPORTED',
      { 'content-type': URLENCODED, 'content-encoding': Symbol(SECRET) },
    ],
    [
      'the length',
      'COPERNICA_BODY_INVALID',
      { 'content-type': URLENCODED, 'content-length': Object.create(null) },
    ],
    [
      'a signed header',
      'COPERNICA_SIGNATURE_MISMATCH',
      { ...signed().headers, 'X-Nonce': Symbol(SECRET) },
    ],
    [
      'a signed date',
      'COPERNICA_SIGNATURE_INCOMPLETE',
      { ...signed().headers, Date: Object.create(null) },
    ],
    [
      'a header that comes twice',
      'COPERNICA_SIGNATURE_MALFORMED',
      { ...signed().headers, date: Symbol(SECRET) },
    ],
  ])('what is no text for %s with %s', async (_, code, headers) => {
    const { receive, onFailure } = receiver('Signature' in headers ? { verify } : {});
    const error = await thrownBy(() => receive(signed({ headers: headers as never })));
    expectRejection(error, ERRORS[code][0], code);
    expect(onFailure).not.toHaveBeenCalled();
  });

  it.each([7, 'text', [null], [[Object.create(null), 'x']]])('%o for headers', async (headers) => {
    const error = await thrownBy(() => receiver().receive(plain({ headers: headers as never })));
    expectRejection(error, 415, 'COPERNICA_MEDIA_TYPE_UNSUPPORTED');
  });

  it.each([undefined, null, 7, Symbol('x')])('%o for an address', async (url) => {
    const error = await thrownBy(() => receiver({ verify }).receive(signed({ url: url as never })));
    expect(error).toHaveProperty('status', 401);
  });
});
