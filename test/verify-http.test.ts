import { setImmediate } from 'node:timers/promises';
import express, { type ErrorRequestHandler, type RequestHandler } from 'express';
import { describe, expect, it, vi } from 'vitest';
import type { FailureReportErrorCode, NonceStore } from '../lib/index.js';
import { deferred } from './helpers/deferred.js';
import { chunk, LAST_CHUNK } from './helpers/servers.js';
import {
  type Call,
  type CallOptions,
  dnsError,
  KEY_ID,
  keyRecord,
  LIST,
  makeKey,
  sha256,
} from './helpers/signed-calls.js';
import {
  type EndpointOptions,
  PLATFORMS,
  signNow,
  startEndpoint,
} from './helpers/signed-endpoints.js';

const OTHER_KEY = makeKey();
/** How a proxy passes a body on whose length it does not tell. */
const CHUNKED = { 'Content-Length': undefined, 'Transfer-Encoding': 'chunked' };

/** Posts a call and asserts how it was refused, and that nothing was delivered. */
async function expectRefusal(
  call: Call,
  status: number,
  code: FailureReportErrorCode,
  options: EndpointOptions = {},
) {
  const endpoint = await startEndpoint(options);
  const answer = await endpoint.post(call);
  expect(answer.status).toBe(status);
  expect(endpoint.errors).toMatchObject([{ name: 'FailureReportError', code, status }]);
  expect(endpoint.delivered).toEqual([]);
  return { ...endpoint, answer };
}

/** Posts a call and asserts that it was delivered. */
async function expectDelivery(call: Call, options: EndpointOptions = {}) {
  const endpoint = await startEndpoint(options);
  const answer = await endpoint.post(call);
  expect(endpoint.errors).toEqual([]);
  expect(answer).toMatchObject({ status: 200, body: 'OK' });
  expect(endpoint.delivered).toMatchObject([{ id: '123', recipient: 'jane@example.com' }]);
  return endpoint;
}

describe.each(PLATFORMS)('on %s', (platform) => {
  it('delivers a signed call', async () => {
    await expectDelivery(signNow(), { platform });
  });

  it.each<[string, CallOptions]>([
    ['a query', { target: '/failures?a=b&c=%20d' }],
    [
      'the list of the documentation',
      {
        list: '(request-target) Host Date Content-length Content-type X-Copernica-ID Digest X-nonce',
      },
    ],
    ['bytes over 127 in a signed header', { headers: { 'X-Nonce': 'caf\xe9\xff' } }],
    [
      'a body with bytes that are no UTF-8',
      {
        body: Buffer.from(
          'id=123&recipient=jane@example.com&state=x&description=\xe9\xff',
          'latin1',
        ),
      },
    ],
    ['unsigned headers beside', { tampered: { 'X-Forwarded-Proto': 'https', Via: ['a', 'b'] } }],
  ])('delivers a call with %s', async (_, options) => {
    await expectDelivery(signNow(options), { platform });
  });

  it('counts the bytes of a chunked body for the Content-Length that a proxy dropped', async () => {
    const list = `${LIST} content-length content-type`;
    const call = signNow({ list, tampered: CHUNKED });
    const body = Buffer.concat([chunk(call.body.subarray(0, 9)), chunk(call.body.subarray(9))]);
    const ended = Buffer.concat([body, Buffer.from(LAST_CHUNK)]);
    await expectDelivery({ ...call, body: ended }, { platform });
    const longer = signNow({ list, headers: { 'Content-Length': '9' }, tampered: CHUNKED });
    await expectRefusal({ ...longer, body: ended }, 401, 'COPERNICA_SIGNATURE_MISMATCH', {
      platform,
    });
  });

  it('refuses a call without its signed Content-Type or nonce, with 401 or 415', async () => {
    const list = `${LIST} content-type`;
    const nonce = signNow({ list, tampered: { 'X-Nonce': undefined } });
    await expectRefusal(nonce, 401, 'COPERNICA_SIGNATURE_INCOMPLETE', { platform });
    const type = signNow({ list, tampered: { 'Content-Type': undefined } });
    await expectRefusal(type, 415, 'COPERNICA_MEDIA_TYPE_UNSUPPORTED', { platform });
  });

  it('takes the signature of an empty body for right, but not the report', async () => {
    await expectRefusal(signNow({ body: '' }), 400, 'COPERNICA_REPORT_INVALID', { platform });
    const headers = { 'Content-Length': undefined };
    await expectRefusal(signNow({ body: '', headers }), 400, 'COPERNICA_REPORT_INVALID', {
      platform,
    });
  });

  it.each<[number, FailureReportErrorCode, CallOptions]>([
    [401, 'COPERNICA_SIGNATURE_MISSING', { tampered: { Signature: undefined } }],
    [401, 'COPERNICA_SIGNATURE_MALFORMED', { tampered: { Signature: 'keyId="x"' } }],
    [401, 'COPERNICA_SIGNATURE_INCOMPLETE', { list: '(request-target) host date digest' }],
    [401, 'COPERNICA_ACCOUNT_MISMATCH', { headers: { 'X-Copernica-ID': 'account-9999' } }],
    [401, 'COPERNICA_DATE_STALE', { date: new Date(0) }],
    [401, 'COPERNICA_DIGEST_MISMATCH', { tampered: { Digest: `SHA-256=${sha256('')}` } }],
    [401, 'COPERNICA_KEY_UNTRUSTED', { keyId: 'one._domainkey.example.com' }],
  ])('answers %i %s without asking DNS', async (status, code, options) => {
    const { asked } = await expectRefusal(signNow(options), status, code, { platform });
    expect(asked).toEqual([]);
  });

  it.each<[number, FailureReportErrorCode, CallOptions]>([
    [401, 'COPERNICA_SIGNATURE_MISMATCH', { key: OTHER_KEY }],
    [401, 'COPERNICA_KEY_UNTRUSTED', { keyId: 'two._domainkey.copernica.com' }],
  ])('answers %i %s after asking DNS once', async (status, code, options) => {
    const { asked } = await expectRefusal(signNow(options), status, code, { platform });
    expect(asked).toHaveLength(1);
  });

  it.each(['Signature', 'Date', 'Host', 'Digest', 'X-Copernica-ID', 'X-Nonce'])(
    'refuses %s sent twice, first or last, with the same or another value',
    async (name) => {
      const call = signNow();
      const value = call.rawHeaders[call.rawHeaders.indexOf(name) + 1] ?? '';
      const endpoint = await startEndpoint({ platform });
      for (const raw of [
        [...call.rawHeaders, name.toLowerCase(), value],
        [...call.rawHeaders, name, 'other'],
        [name, 'other', ...call.rawHeaders],
      ]) {
        const { status } = await endpoint.post({ ...call, rawHeaders: raw });
        // Node itself answers 400 where it takes no second Host.
        expect([400, 401]).toContain(status);
        if (status === 401)
          expect(endpoint.errors.pop()?.code).toBe('COPERNICA_SIGNATURE_MALFORMED');
        expect(endpoint.delivered).toEqual([]);
        expect(endpoint.asked).toEqual([]);
      }
    },
  );

  it('refuses a body that was changed on its way', async () => {
    const call = signNow();
    const body = Buffer.from(call.body.toString().replace('jane', 'john'));
    await expectRefusal({ ...call, body }, 401, 'COPERNICA_DIGEST_MISMATCH', { platform });
  });

  it('refuses another path and another query than was signed', async () => {
    for (const url of ['/other', '/failures?', '/failures?a=b', '//failures']) {
      await expectRefusal({ ...signNow(), url }, 401, 'COPERNICA_SIGNATURE_MISMATCH', { platform });
    }
  });
});

describe('a Content-Type', () => {
  const body = 'id=123&recipient=jane%40example.com&state=x&description=caf%C3%A9';
  const LATIN1 = 'application/x-www-form-urlencoded; charset=iso-8859-1';

  it('that is not signed cannot change what a report says', async () => {
    const call = signNow({ body, tampered: { 'Content-Type': LATIN1 } });
    const { delivered } = await expectDelivery(call);
    expect(delivered).toMatchObject([{ description: 'café' }]);
  });

  it('that is signed has its say', async () => {
    const list = '(request-target) host date x-copernica-id digest content-type';
    const call = signNow({ body, list, headers: { 'Content-Type': LATIN1 } });
    const { delivered } = await expectDelivery(call);
    expect(delivered).toMatchObject([{ description: 'cafÃ©' }]);
  });
});

describe('mounted', () => {
  const target = '/hooks/copernica/failures?source=cm';

  it.each(['Express 5', 'Express 4'] as const)(
    'under a path of %s, checks the whole path',
    async (platform) => {
      await expectDelivery(signNow({ target }), { platform, path: '/hooks/copernica/failures' });
    },
  );

  it.each(['Express 5', 'Express 4'] as const)(
    'under routers of %s, refuses a call for what the routers leave of the path',
    async (platform) => {
      const call = { ...signNow({ target: '/?source=cm' }), url: target };
      await expectRefusal(call, 401, 'COPERNICA_SIGNATURE_MISMATCH', {
        platform,
        path: '/hooks/copernica/failures',
      });
    },
  );

  it('behind middleware that cuts req.url, checks the path as it was sent', async () => {
    const cut: RequestHandler = (req, _res, next) => {
      req.url = '/';
      next();
    };
    await expectDelivery(signNow({ target }), { before: [cut] });
  });
});

describe('behind a proxy', () => {
  const url = 'https://hooks.example.com/public/failures?source=cm';
  const target = '/public/failures?source=cm';

  it.each(PLATFORMS)(
    'that rewrites host and path, verify.url lets the call in on %s',
    async (platform) => {
      const call = {
        ...signNow({ target, tampered: { Host: '10.0.0.1:3000' } }),
        url: '/internal',
      };
      await expectDelivery(call, { platform, verify: { url } });
      await expectRefusal(call, 401, 'COPERNICA_SIGNATURE_MISMATCH', { platform });
    },
  );

  it.each([
    'X-Forwarded-Host',
    'Forwarded',
    'X-Original-URL',
    'X-Forwarded-Prefix',
    'X-Rewrite-URL',
  ])('what a call says in %s counts for nothing', async (name) => {
    const tampered = { Host: 'internal', [name]: 'hooks.example.com' };
    await expectRefusal(signNow({ tampered }), 401, 'COPERNICA_SIGNATURE_MISMATCH');
  });

  it.each<[string, CallOptions]>([
    ['another path', { target: '/staging/failures?source=cm' }],
    ['another query', { target: '/public/failures?source=other' }],
    ['no query', { target: '/public/failures' }],
    ['another host', { target, headers: { Host: 'staging.example.com' } }],
    ['another port', { target, headers: { Host: 'hooks.example.com:8443' } }],
  ])('a call that was signed for %s than verify.url is refused', async (_, options) => {
    await expectRefusal(signNow(options), 401, 'COPERNICA_SIGNATURE_MISMATCH', { verify: { url } });
  });
});

describe('a replay', () => {
  it.each(PLATFORMS)('is answered 200 and not delivered again on %s', async (platform) => {
    const call = signNow();
    const { post, delivered } = await expectDelivery(call, { platform });
    expect(await post(call)).toMatchObject({ status: 200, body: 'OK' });
    expect(delivered).toHaveLength(1);
  });

  it.each<[string, (call: Call) => Call]>([
    [
      're-encoded signature header',
      (call) => ({
        ...call,
        rawHeaders: call.rawHeaders.map((text) =>
          text.startsWith('keyId=')
            ? text
                .split(',')
                .reverse()
                .join('  ,  ')
                .replace(/(signature=".{9})/, '$1   ')
            : text,
        ),
      }),
    ],
    [
      'unsigned headers',
      (call) => ({ ...call, rawHeaders: ['X-Other', 'x', ...call.rawHeaders, 'X-Nonce2', 'y'] }),
    ],
    [
      'header names in capitals',
      (call) => ({
        ...call,
        rawHeaders: call.rawHeaders.map((text, i) => (i % 2 ? text : text.toUpperCase())),
      }),
    ],
    ['headers in another order', (call) => ({ ...call, rawHeaders: pairs(call).reverse().flat() })],
    [
      'unsigned content type',
      (call) => ({
        ...call,
        rawHeaders: call.rawHeaders.map((text) =>
          text.includes('urlencoded') ? `${text}; charset=utf-8` : text,
        ),
      }),
    ],
  ])('with another %s is still a replay', async (_, change) => {
    const call = signNow();
    const { post, delivered } = await expectDelivery(call);
    expect(await post(change(call))).toMatchObject({ status: 200 });
    expect(delivered).toHaveLength(1);
  });

  it('whose onFailure failed is delivered', async () => {
    const onFailure = vi.fn().mockRejectedValueOnce(new Error('database is down'));
    const { post, delivered } = await startEndpoint({ onFailure });
    const call = signNow();
    expect(await post(call)).toMatchObject({ status: 500 });
    expect(delivered).toEqual([]);
    expect(await post(call)).toMatchObject({ status: 200 });
    expect(await post(call)).toMatchObject({ status: 200 });
    expect(onFailure).toHaveBeenCalledTimes(2);
    expect(delivered).toHaveLength(1);
  });

  it.each([
    ['success', 200],
    ['failure', 500],
  ])('that comes while the call is being delivered shares its %s', async (_, status) => {
    const delivery = deferred();
    const onFailure = vi.fn(() => delivery.promise);
    let arrived = 0;
    const count: RequestHandler = (req, _res, next) => {
      req.on('end', () => void arrived++);
      next();
    };
    const { post, delivered } = await startEndpoint({ onFailure, before: [count] });
    const call = signNow();
    const answers = Promise.all(Array.from({ length: 5 }, () => post(call)));
    await vi.waitFor(() => expect([arrived, onFailure.mock.calls.length]).toEqual([5, 1]));
    if (status === 200) delivery.resolve();
    else delivery.reject(new Error('database is down'));
    expect((await answers).map((answer) => answer.status)).toEqual(Array(5).fill(status));
    expect(onFailure).toHaveBeenCalledTimes(1);
    expect(delivered).toHaveLength(status === 200 ? 1 : 0);
  });

  it('of a report that is not valid is judged again', async () => {
    const { post, errors } = await startEndpoint();
    const call = signNow({ body: 'id=1' });
    expect(await post(call)).toMatchObject({ status: 400 });
    expect(await post(call)).toMatchObject({ status: 400 });
    expect(errors).toHaveLength(2);
  });

  it('that reaches another receiver with the same store is not delivered there', async () => {
    const nonces = new Map<string, number>();
    const call = signNow();
    const one = await expectDelivery(call, { verify: { nonces } });
    const two = await startEndpoint({ verify: { nonces } });
    expect(await two.post(call)).toMatchObject({ status: 200 });
    expect([one.delivered.length, two.delivered.length]).toEqual([1, 0]);
    expect(nonces.size).toBe(1);
  });

  it('never has less than the whole of what was signed: another account of mine is another call', async () => {
    const account = ['account-1234', 'account-5678'];
    const endpoint = await startEndpoint({ verify: { account } });
    for (const id of account) {
      const headers = { 'X-Copernica-ID': id, 'X-Nonce': 'same' };
      expect(await endpoint.post(signNow({ headers }))).toMatchObject({ status: 200 });
    }
    expect(endpoint.delivered).toHaveLength(2);
  });
});

function pairs({ rawHeaders }: Call): string[][] {
  return rawHeaders.flatMap((name, i) => (i % 2 ? [] : [[name, rawHeaders[i + 1] ?? '']]));
}

describe('a store of nonces', () => {
  it('that is slow delays the answer and nothing else', async () => {
    const map = new Map<string, number>();
    const nonces: NonceStore = {
      has: (key) => setImmediate(map.has(key)),
      set: (key, value) => setImmediate(map.set(key, value)),
    };
    const call = signNow();
    const { post, delivered } = await expectDelivery(call, { verify: { nonces } });
    const answers = await Promise.all([post(call), post(call), post(call)]);
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(delivered).toHaveLength(1);
  });

  it.each(PLATFORMS)(
    'that fails when asked makes the answer 503 on %s, and the call can come again',
    async (platform) => {
      const has = vi.fn().mockRejectedValueOnce(new Error('store is down'));
      const call = signNow();
      const { post, delivered, answer } = await expectRefusal(
        call,
        503,
        'COPERNICA_NONCES_UNAVAILABLE',
        {
          platform,
          verify: { nonces: { has, set: () => undefined } },
        },
      );
      expect(answer.head).toMatch(/\r\nretry-after: [1-9]\d*(\r|$)/);
      expect(await post(call)).toMatchObject({ status: 200 });
      expect(delivered).toHaveLength(1);
    },
  );

  it('that fails when told makes the answer 503, and the call is not delivered twice', async () => {
    const set = vi.fn().mockRejectedValueOnce(new Error('store is down'));
    const { post, delivered, errors } = await startEndpoint({
      verify: { nonces: { has: () => false, set } },
    });
    const call = signNow();
    const answer = await post(call);
    expect(answer.status).toBe(503);
    expect(answer.head).toMatch(/\r\nretry-after: /);
    expect(errors).toMatchObject([{ code: 'COPERNICA_NONCES_UNAVAILABLE', status: 503 }]);
    expect(await post(call)).toMatchObject({ status: 200 });
    expect(delivered).toHaveLength(1);
    expect(set).toHaveBeenCalledTimes(2);
  });

  it('is never asked about a call that is not authentic, nor told of one that failed', async () => {
    const nonces = { has: vi.fn(), set: vi.fn() };
    await expectRefusal(signNow({ key: OTHER_KEY }), 401, 'COPERNICA_SIGNATURE_MISMATCH', {
      verify: { nonces },
    });
    expect(nonces.has).not.toHaveBeenCalled();
    const { post } = await startEndpoint({
      verify: { nonces },
      onFailure: () => Promise.reject(new Error('down')),
    });
    expect(await post(signNow())).toMatchObject({ status: 500 });
    expect(nonces.set).not.toHaveBeenCalled();
  });
});

describe('after a body parser', () => {
  const parsers: [string, RequestHandler][] = [
    ['express.urlencoded', express.urlencoded({ extended: true })],
    ['express.raw', express.raw({ type: () => true })],
    ['express.text', express.text({ type: () => true })],
    ['one that only consumes', (req, _res, next) => void req.on('end', next).resume()],
  ];

  it.each(parsers)('(%s) there is nothing to check: 500, naming the fix', async (_, parser) => {
    const { asked, errors, answer } = await expectRefusal(
      signNow(),
      500,
      'COPERNICA_BODY_CONSUMED',
      { before: [parser] },
    );
    expect(errors[0]?.message).toMatch(/before other body parsers.*rawBody/);
    expect(answer.body).not.toContain('jane');
    expect(asked).toEqual([]);
  });

  it.each(parsers)('(%s) a forged call does not get in either', async (_, parser) => {
    const call = signNow({ tampered: { Signature: undefined } });
    await expectRefusal(call, 500, 'COPERNICA_BODY_CONSUMED', { before: [parser] });
  });

  const keep: RequestHandler = express.urlencoded({
    extended: true,
    verify: (req, _res, bytes) => void Object.assign(req, { rawBody: bytes }),
  });

  it('that keeps req.rawBody, the bytes are checked', async () => {
    await expectDelivery(signNow(), { before: [keep] });
    const call = signNow();
    const body = Buffer.from(call.body.toString().replace('jane', 'john'));
    await expectRefusal({ ...call, body }, 401, 'COPERNICA_DIGEST_MISMATCH', { before: [keep] });
  });

  it('that keeps req.rawBody, what is delivered comes from the bytes and not from req.body', async () => {
    const change: RequestHandler = (req, _res, next) => {
      req.body = { id: '666', recipient: 'mallory@example.com', state: 'x' };
      next();
    };
    await expectDelivery(signNow(), { before: [keep, change] });
  });

  it('that is no parser of this content type, all is well', async () => {
    await expectDelivery(signNow(), { before: [express.json(), express.text()] });
  });
});

describe('when DNS cannot be asked', () => {
  const failing = { resolveTxt: () => Promise.reject(dnsError('ETIMEOUT')) };

  it.each(PLATFORMS)('the answer is 503 with Retry-After on %s', async (platform) => {
    const { answer } = await expectRefusal(signNow(), 503, 'COPERNICA_KEY_UNAVAILABLE', {
      platform,
      verify: failing,
    });
    expect(answer.head).toMatch(/\r\nretry-after: [1-9]\d*(\r|$)/);
  });

  it("an error handler of the user's own keeps Retry-After", async () => {
    const onError: ErrorRequestHandler = (error, _req, res, _next) => {
      res.status(error.status).json({ code: error.code });
    };
    const { answer } = await expectRefusal(signNow(), 503, 'COPERNICA_KEY_UNAVAILABLE', {
      verify: failing,
      onError,
    });
    expect(answer.head).toMatch(/\r\nretry-after: [1-9]\d*(\r|$)/);
    expect(answer.body).toBe('{"code":"COPERNICA_KEY_UNAVAILABLE"}');
  });

  it('there is no Retry-After with another status', async () => {
    const { answer } = await expectRefusal(
      signNow({ key: OTHER_KEY }),
      401,
      'COPERNICA_SIGNATURE_MISMATCH',
    );
    expect(answer.head).not.toContain('retry-after');
  });

  it('the same call gets in as soon as it can', async () => {
    const { zone, post, delivered } = await startEndpoint();
    zone[KEY_ID] = dnsError('ESERVFAIL');
    const call = signNow();
    expect(await post(call)).toMatchObject({ status: 503 });
    zone[KEY_ID] = keyRecord();
    expect(await post(call)).toMatchObject({ status: 200 });
    expect(delivered).toHaveLength(1);
  });
});

describe('many calls at the same time', () => {
  it('share one look-up of the key', async () => {
    const { post, asked, delivered } = await startEndpoint();
    const answers = await Promise.all(Array.from({ length: 40 }, () => post(signNow())));
    expect(answers.every(({ status }) => status === 200)).toBe(true);
    expect(delivered).toHaveLength(40);
    expect(asked).toHaveLength(1);
  });

  it('with a key that has been replaced are all delivered', async () => {
    const { post, zone, asked, delivered } = await startEndpoint();
    await post(signNow());
    zone[KEY_ID] = keyRecord(OTHER_KEY);
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => post(signNow({ key: OTHER_KEY }))),
    );
    expect(answers.map(({ status }) => status)).toEqual(Array(20).fill(200));
    expect(delivered).toHaveLength(21);
    expect(asked).toHaveLength(2);
  });

  it('forged with made-up names leave room for those with a known key', async () => {
    const release = deferred();
    let underWay = 0;
    let most = 0;
    const { post, delivered } = await startEndpoint({
      verify: {
        async resolveTxt(name) {
          if (name === KEY_ID) return [[keyRecord()]];
          most = Math.max(most, ++underWay);
          await release.promise;
          underWay--;
          throw dnsError('ENOTFOUND');
        },
      },
    });
    expect(await post(signNow())).toMatchObject({ status: 200 });
    const forged = Array.from({ length: 150 }, (_, i) =>
      post(signNow({ key: OTHER_KEY, keyId: `n${i}.copernica.com` })),
    );
    const refused = await Promise.race([...forged]);
    expect(refused).toMatchObject({ status: 503 });
    expect(await post(signNow())).toMatchObject({ status: 200 });
    await vi.waitFor(() => expect(most).toBe(100));
    release.resolve();
    const statuses = (await Promise.all(forged)).map(({ status }) => status);
    expect(statuses.filter((status) => status === 401)).toHaveLength(100);
    expect(statuses.filter((status) => status === 503)).toHaveLength(50);
    expect(delivered).toHaveLength(2);
  });
});
