// Tests the promises of all entry points, over every entry point and server. A promise of one entry
// point alone is tested in the file of that name.
import { setImmediate } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { describe, expect, it, vi } from 'vitest';
import { ERRORS, type FailureReportErrorCode } from '../lib/errors.js';
import type { ReplayStore } from '../lib/index.js';
import { deferred } from './helpers/deferred.js';
import {
  type Answer,
  ENTRY_POINTS,
  type Endpoint,
  type EndpointOptions,
  RECEIVER,
} from './helpers/endpoints.js';
import { expectRejection } from './helpers/rejections.js';
import { REQUIRED, REQUIRED_REPORT, SECRET, URLENCODED } from './helpers/reports.js';
import {
  type Call,
  type CallOptions,
  DOCUMENTED_LIST,
  dnsError,
  fakeDns,
  KEY_ID,
  keyRecord,
  LIST,
  makeKey,
  sha256,
  signCall,
} from './helpers/signed-calls.js';

const OTHER_KEY = makeKey();
const SMALL_LIMIT = 2000;

let count = 0;

/** A call that is accepted unless `options` change it. No answer may repeat the `SECRET` in it. */
function makeCall(options: CallOptions = {}): Call {
  return signCall({
    date: new Date(),
    body: REQUIRED,
    ...options,
    headers: { 'X-Nonce': `${SECRET}-${count++}`, ...options.headers },
  });
}

/** The body `REQUIRED`, with a description that makes it `length` bytes long. */
function bodyOfLength(length: number): string {
  return `${REQUIRED}&description=`.padEnd(length, 'x');
}

function withBody(call: Call, body: string): Call {
  return { ...call, body: Buffer.from(body) };
}

/** All codes but that of other methods, which have a test of their own below. */
type RefusedCode = Exclude<FailureReportErrorCode, 'COPERNICA_METHOD_UNSUPPORTED'>;
/** A call, and what the endpoint is set to if that matters. */
type Refused = (() => Call) | { call: () => Call; options: EndpointOptions };

// Each of these gives a function, which makes the call when its test runs.
const callWith = (options: CallOptions) => () => makeCall(options);
const callOfType = (type: string | undefined) => callWith({ headers: { 'Content-Type': type } });
const callTamperedWith = (headers: NonNullable<CallOptions['tampered']>) =>
  callWith({ tampered: headers });
/** Each call is a second farther from the clock than the one before. */
const callDated = (offsetMs: number) => () => {
  const more = Math.sign(offsetMs) * 1000 * count;
  return makeCall({ date: new Date(Date.now() + offsetMs + more) });
};
const reject = () => Promise.reject(new Error('down'));

const ON_VERIFY_URL = { verify: { url: 'https://hooks.example.com/failures?source=cm' } };

/** By code, the calls that must be refused. */
const REFUSALS: Record<RefusedCode, Record<string, Refused>> = {
  COPERNICA_REPORT_INVALID: {
    'an empty body': callWith({ body: '' }),
    'a report without an id': callWith({ body: `recipient=${SECRET}` }),
    'a code that is no number': callWith({ body: `${REQUIRED}&code=${SECRET}` }),
    'JSON sent as a form': callWith({ body: `{"id":"${SECRET}"}` }),
  },
  COPERNICA_BODY_INVALID: {
    'too many variables': callWith({ body: `${REQUIRED}${'&a=1'.repeat(2000)}` }),
    'variables too deep': callWith({ body: `${REQUIRED}&a${'[b]'.repeat(40)}=1` }),
  },
  COPERNICA_BODY_TOO_LARGE: {
    'one byte over the limit': {
      call: callWith({ body: bodyOfLength(SMALL_LIMIT + 1) }),
      options: { limit: SMALL_LIMIT },
    },
    'far over the default limit': callWith({ body: bodyOfLength(500_000) }),
    'one byte over the default limit': callWith({ body: bodyOfLength(100 * 1024 + 1) }),
  },
  COPERNICA_MEDIA_TYPE_UNSUPPORTED: {
    JSON: callOfType('application/json'),
    'another charset': callOfType(`${URLENCODED}; charset=${SECRET}`),
    'no content type': callOfType(undefined),
    'a compressed body': callWith({
      body: gzipSync(REQUIRED),
      headers: { 'Content-Encoding': 'gzip' },
    }),
  },
  COPERNICA_SIGNATURE_MISSING: {
    'no signature': callTamperedWith({ Signature: undefined }),
  },
  COPERNICA_SIGNATURE_MALFORMED: {
    'a Signature header with nothing but a keyId': callTamperedWith({
      Signature: `keyId="${SECRET}"`,
    }),
  },
  COPERNICA_SIGNATURE_INCOMPLETE: {
    'a signature that covers too few headers': callWith({
      list: '(request-target) host date digest',
    }),
    'a signed header that is missing': callTamperedWith({ 'X-Nonce': undefined }),
    'a listed header that was not sent': callWith({ list: `${LIST} x-${SECRET}` }),
  },
  COPERNICA_ACCOUNT_MISMATCH: {
    'another account': callWith({ headers: { 'X-Copernica-ID': `account-${SECRET}` } }),
  },
  COPERNICA_DATE_STALE: {
    'an old date': callDated(-310_000),
    'a date in the future': callDated(400_000),
    'a text instead of a date': callWith({ date: SECRET }),
  },
  COPERNICA_DIGEST_MISMATCH: {
    'a tampered body': () => withBody(makeCall(), REQUIRED.replace('rcptto', 'bounce')),
    'a text instead of a digest': callTamperedWith({ Digest: SECRET }),
    'a digest of another body': callTamperedWith({ Digest: `SHA-256=${sha256('')}` }),
  },
  COPERNICA_KEY_UNTRUSTED: {
    'a key of another domain': callWith({ keyId: `${SECRET}.notcopernica.com` }),
    'a key that DNS does not have': callWith({ keyId: `${SECRET}.copernica.com` }),
  },
  COPERNICA_SIGNATURE_MISMATCH: {
    'a forged signature': callWith({ key: OTHER_KEY }),
    'another path': () => ({ ...makeCall(), url: `/${SECRET}` }),
    'another query': () => ({ ...makeCall(), url: `/failures?${SECRET}` }),
    'another host': callTamperedWith({ Host: 'other.example.com' }),
    'another host, though headers of a proxy say that it was the right one': callTamperedWith({
      Host: 'internal',
      'X-Forwarded-Host': 'hooks.example.com',
      Forwarded: 'host=hooks.example.com',
    }),
    'another path, though headers of a proxy say that it was the right one': () => {
      const tampered = { 'X-Original-URL': '/failures', 'X-Rewrite-URL': '/failures' };
      return { ...makeCall({ tampered }), url: '/internal' };
    },
    'a call for another path than verify.url': {
      call: callWith({ target: '/staging?source=cm' }),
      options: ON_VERIFY_URL,
    },
    'a call for another query than verify.url': {
      call: callWith({ target: '/failures?source=other' }),
      options: ON_VERIFY_URL,
    },
    'a call without the query of verify.url': {
      call: callWith({ target: '/failures' }),
      options: ON_VERIFY_URL,
    },
    'a call for another host than verify.url': {
      call: callWith({ target: '/failures?source=cm', headers: { Host: 'staging.example.com' } }),
      options: ON_VERIFY_URL,
    },
    'a call for another port than verify.url': {
      call: callWith({
        target: '/failures?source=cm',
        headers: { Host: 'hooks.example.com:8443' },
      }),
      options: ON_VERIFY_URL,
    },
  },
  COPERNICA_KEY_UNAVAILABLE: {
    'a DNS that is down': { call: callWith({}), options: { verify: { resolveTxt: reject } } },
  },
  COPERNICA_REPLAY_STORE_UNAVAILABLE: {
    'a store that cannot be read': {
      call: callWith({}),
      options: { verify: { replayStore: { has: reject, set: () => true } } },
    },
  },
  COPERNICA_BODY_CONSUMED: {
    'a body that something has read': { call: callWith({}), options: { consumed: true } },
    'a forged body that something has read': {
      call: callTamperedWith({ Signature: undefined }),
      options: { consumed: true },
    },
  },
};

type RefusalRow = [
  name: string,
  call: () => Call,
  code: RefusedCode,
  options: EndpointOptions | undefined,
];

const REFUSAL_ROWS = Object.entries(REFUSALS).flatMap(([code, cases]) =>
  Object.entries(cases).map(([name, refused]): RefusalRow => {
    const { call, options } =
      typeof refused === 'function' ? { call: refused, options: undefined } : refused;
    return [name, call, code as RefusedCode, options];
  }),
);

/** Asserts that a call was refused, and that nothing of it is in the answer or in the error. */
function expectRefusal({ errors }: Endpoint, answer: Answer, code: FailureReportErrorCode): void {
  expect(answer.status).toBe(ERRORS[code][0]);
  if (errors) {
    expect(errors).toHaveLength(1);
    expectRejection(errors[0], ERRORS[code][0], code);
  } else {
    expect(JSON.parse(answer.body).code).toBe(code);
  }
  expect(JSON.stringify(answer)).not.toContain(SECRET);
  const isTemporary = ERRORS[code][0] === 503;
  expect(answer.headers['retry-after']).toBe(isTemporary ? '30' : undefined);
}

type Delivery = [name: string, call: () => Call, report: object, options?: EndpointOptions];

const DESCRIBED = `${REQUIRED}&description=caf%C3%A9`;
const WITH_ACCENT = { ...REQUIRED_REPORT, description: 'café' };
const AS_LATIN1 = { ...REQUIRED_REPORT, description: 'cafÃ©' };
const describedCallOfType = (type: string) =>
  callWith({ body: DESCRIBED, headers: { 'Content-Type': type } });

const DELIVERIES: Delivery[] = [
  ['a report', callWith({}), REQUIRED_REPORT],
  [
    'a report without signature, if verify is off',
    callTamperedWith({ Signature: undefined }),
    REQUIRED_REPORT,
    { verify: false },
  ],
  ['a call signed as Copernica documents it', callWith({ list: DOCUMENTED_LIST }), REQUIRED_REPORT],
  [
    'a call with bytes over 127 in a signed header',
    callWith({ headers: { 'X-Nonce': 'caf\xe9\xff' } }),
    REQUIRED_REPORT,
  ],
  [
    'a call whose address has a query',
    callWith({ target: '/failures?a=b&c=%20d' }),
    REQUIRED_REPORT,
  ],
  [
    'a call with unsigned headers, one of them twice',
    callTamperedWith({ Via: ['a', 'b'], 'X-Other': SECRET }),
    REQUIRED_REPORT,
  ],
  [
    'a call for one of several accounts',
    callWith({ headers: { 'X-Copernica-ID': 'Account_5678' } }),
    REQUIRED_REPORT,
    { verify: { account: ['account-1234', 'account-5678'] } },
  ],
  [
    'a call whose host and path a proxy has rewritten, with verify.url',
    () => ({
      ...makeCall({ target: '/public?a=b', tampered: { Host: 'internal' } }),
      url: '/failures',
    }),
    REQUIRED_REPORT,
    { verify: { url: 'https://hooks.example.com/public?a=b' } },
  ],
  [
    'a body that is not UTF-8 but Windows-1252',
    callWith({ body: Buffer.from(`${REQUIRED}&description=caf\xe9 \x80`, 'latin1') }),
    { ...REQUIRED_REPORT, description: 'café €' },
  ],
  [
    'a body of 100 kB',
    callWith({ body: bodyOfLength(100 * 1024) }),
    expect.objectContaining(REQUIRED_REPORT),
  ],
  [
    'a body at the limit',
    callWith({ body: bodyOfLength(SMALL_LIMIT) }),
    expect.objectContaining(REQUIRED_REPORT),
    { limit: SMALL_LIMIT },
  ],
  ['a content type in upper case', describedCallOfType(URLENCODED.toUpperCase()), WITH_ACCENT],
  [
    'a content type with a charset',
    describedCallOfType(`${URLENCODED}; charset="UTF-8"`),
    WITH_ACCENT,
  ],
  [
    'a charset that is not signed',
    describedCallOfType(`${URLENCODED}; charset=iso-8859-1`),
    WITH_ACCENT,
  ],
  [
    'a charset that is signed',
    callWith({
      body: DESCRIBED,
      list: `${LIST} content-type`,
      headers: { 'Content-Type': `${URLENCODED}; charset=iso-8859-1` },
    }),
    AS_LATIN1,
  ],
  [
    'a charset, if verify is off',
    describedCallOfType(`${URLENCODED}; charset=iso-8859-1`),
    AS_LATIN1,
    { verify: false },
  ],
];

/** An `onFailure` that is not done before it is released. */
function holdDelivery() {
  const [started, released] = [deferred(), deferred()];
  const onFailure = () => {
    started.resolve();
    return released.promise;
  };
  return { onFailure, started: started.promise, release: () => released.resolve() };
}

/** Sends calls and waits for their answers: by then, earlier calls have arrived. */
async function sendLaterCalls(send: Endpoint['send']): Promise<void> {
  for (let later = 0; later < 3; later += 1) await send(makeCall({ body: '' }));
}

it.each(REFUSAL_ROWS)(
  'has a message that says nothing of the call, for %s',
  async (_, call, __, options) => {
    const { send, errors = [] } = await RECEIVER.start(options);
    const calls = [call(), call()];
    for (const each of calls) await send(each);
    expect(errors).toHaveLength(2);
    const [first, second] = errors.map((error) => (error as Error).message);
    expect(first).toBe(second);
    const [{ rawHeaders = [], url = '' } = {}] = calls;
    const values = rawHeaders.filter((text, i) => i % 2 && !/urlencoded|^\d+$/.test(text));
    for (const sent of [...values, url, KEY_ID]) expect(first).not.toContain(sent);
  },
);

describe.each(ENTRY_POINTS)('$name', ({ start, otherMethod }) => {
  it.each(DELIVERIES)('delivers %s', async (_, call, report, options) => {
    const { send, delivered, errors = [] } = await start(options);
    const answer = await send(call());
    expect(errors).toEqual([]);
    expect(answer).toMatchObject({ status: 200, body: 'OK' });
    expect(answer.headers['content-type']).toBe('text/plain; charset=utf-8');
    expect(delivered).toEqual([report]);
  });

  it.each(REFUSAL_ROWS)('refuses %s', async (_, call, code, options) => {
    const endpoint = await start(options);
    const answer = await endpoint.send(call());
    expectRefusal(endpoint, answer, code);
    expect(endpoint.delivered).toEqual([]);
  });

  it.each(['GET', 'HEAD', 'PUT', 'PATCH', 'DELETE'])(
    'delivers nothing for the method %s',
    async (method) => {
      const endpoint = await start();
      const headers = { 'Content-Length': undefined };
      const answer = await endpoint.send(makeCall({ method, body: '', headers }));
      expect(endpoint.delivered).toEqual([]);
      if (otherMethod === 405) {
        expectRefusal(endpoint, answer, 'COPERNICA_METHOD_UNSUPPORTED');
        expect(answer.headers.allow).toBe('POST');
      } else {
        expect(answer.status).toBe(404);
        expect(endpoint.errors ?? []).toEqual([]);
      }
    },
  );

  it('tells every problem of an invalid report', async () => {
    const { send, errors } = await start();
    const { body } = await send(makeCall({ body: `code=${SECRET}&tags[x]=${SECRET}` }));
    const { problems } = errors ? Object(errors[0]) : JSON.parse(body);
    const paths = (problems as { path: string }[]).map(({ path }) => path);
    expect(paths.sort()).toEqual(['/code', '/id', '/recipient', '/state', '/tags']);
  });

  it('gives onFailure all variables, nested', async () => {
    const { send, variables } = await start();
    const more = 'fields[city]=Paris&interests[]=x&interests[]=y&new=caf%E9&tags=t';
    await send(makeCall({ body: `${REQUIRED}&${more}` }));
    expect(variables).toEqual([
      {
        id: REQUIRED_REPORT.id,
        recipient: REQUIRED_REPORT.recipient,
        state: 'rcptto',
        fields: { city: 'Paris' },
        interests: ['x', 'y'],
        new: 'café',
        tags: 't',
      },
    ]);
  });

  it('goes on after it has refused calls', async () => {
    const { send, delivered } = await start();
    for (const [, call, , options] of REFUSAL_ROWS) if (!options) await send(call());
    expect(await send(makeCall())).toMatchObject({ status: 200 });
    expect(delivered).toEqual([REQUIRED_REPORT]);
  });

  it('delivers nothing of a call that is cut off, and goes on', async () => {
    const { send, cutOff, delivered, errors } = await start({ verify: false });
    await cutOff(makeCall());
    if (errors) await vi.waitFor(() => expect(errors).toHaveLength(1));
    if (errors) expectRejection(errors[0], 400, 'COPERNICA_BODY_INVALID');
    expect(await send(makeCall())).toMatchObject({ status: 200 });
    expect(delivered).toEqual([REQUIRED_REPORT]);
  });

  describe('with a body in parts, without its length,', () => {
    const body = Buffer.from(`${REQUIRED}&description=caf%C3%A9+\u00e9&tags%5B%5D=x`);
    const parts = [...body].map((byte) => Buffer.of(byte));

    it('delivers a report, though its length was signed', async () => {
      const { send, delivered } = await start();
      const call = makeCall({ body, list: DOCUMENTED_LIST });
      expect(await send(call, parts)).toMatchObject({ status: 200, body: 'OK' });
      expect(delivered).toEqual([{ ...REQUIRED_REPORT, description: 'café é', tags: ['x'] }]);
    });

    it('refuses another length than was signed', async () => {
      const endpoint = await start();
      const headers = { 'Content-Length': '9' };
      const call = makeCall({ body, list: DOCUMENTED_LIST, headers });
      expectRefusal(endpoint, await endpoint.send(call, parts), 'COPERNICA_SIGNATURE_MISMATCH');
      expect(endpoint.delivered).toEqual([]);
    });

    it('refuses what is larger than the limit', async () => {
      const endpoint = await start({ limit: body.length - 1 });
      expectRefusal(
        endpoint,
        await endpoint.send(makeCall({ body }), parts),
        'COPERNICA_BODY_TOO_LARGE',
      );
      expect(endpoint.delivered).toEqual([]);
    });

    it('refuses no parts at all', async () => {
      const endpoint = await start();
      expectRefusal(
        endpoint,
        await endpoint.send(makeCall({ body: '' }), []),
        'COPERNICA_REPORT_INVALID',
      );
    });
  });

  describe('if onFailure', () => {
    it('is not done yet, does not answer', async () => {
      const { onFailure, started, release } = holdDelivery();
      const { send } = await start({ onFailure });
      let isAnswered = false;
      const answer = send(makeCall()).finally(() => {
        isAnswered = true;
      });
      await started;
      // If the answer were sent too soon, it would arrive before those to later calls.
      await sendLaterCalls(send);
      expect(isAnswered).toBe(false);
      release();
      expect(await answer).toMatchObject({ status: 200 });
    });

    it.each([
      ['an Error', new Error(SECRET)],
      ['an Error with a status', Object.assign(new Error(SECRET), { status: 503 })],
      ['a text', SECRET],
      ['an object', { reason: SECRET }],
      ['a number', 42],
      ['a symbol', Symbol('down')],
    ])(
      'fails with %s, gives it to an app that is told of errors, and does not answer 200',
      async (_, reason) => {
        for (const onFailure of [
          () => Promise.reject(reason),
          () => {
            throw reason;
          },
        ]) {
          const { send, errors } = await start({ onFailure });
          expect((await send(makeCall())).status).toBeGreaterThanOrEqual(500);
          if (!errors) continue;
          expect(errors).toHaveLength(1);
          expect(errors[0]).toBe(reason);
        }
      },
    );

    it.each([
      ['a text', () => 'ignored'],
      ['false', () => false],
      ['an object', () => Promise.resolve({ status: 500 })],
    ])('returns %s, ignores it', async (_, onFailure) => {
      const { send } = await start({ onFailure });
      expect(await send(makeCall())).toMatchObject({ status: 200, body: 'OK' });
    });

    it('has failed, delivers the same call when it comes again, but not a third time', async () => {
      const onFailure = vi.fn().mockRejectedValueOnce(new Error('down'));
      const { send } = await start({ onFailure });
      const call = makeCall();
      expect((await send(call)).status).toBe(500);
      expect((await send(call)).status).toBe(200);
      expect((await send(call)).status).toBe(200);
      expect(onFailure).toHaveBeenCalledTimes(2);
    });
  });

  describe('a replay', () => {
    it.each<[string, (call: Call) => readonly string[]]>([
      ['as it was', ({ rawHeaders }) => rawHeaders],
      [
        'with unsigned headers',
        ({ rawHeaders }) => ['X-Other', 'x', ...rawHeaders, 'X-Nonce2', 'y'],
      ],
      [
        'with names in capitals',
        ({ rawHeaders }) => rawHeaders.map((text, i) => (i % 2 ? text : text.toUpperCase())),
      ],
      [
        'with another unsigned content type',
        ({ rawHeaders }) => rawHeaders.map((text) => (text === URLENCODED ? `${text};x=y` : text)),
      ],
      [
        'with the signature spelled otherwise',
        ({ rawHeaders }) =>
          rawHeaders.map((text) =>
            text.startsWith('keyId=') ? text.split(',').reverse().join('  ,  ') : text,
          ),
      ],
    ])('%s is answered 200 and not delivered again', async (_, change) => {
      const { send, delivered } = await start();
      const call = makeCall();
      expect(await send(call)).toMatchObject({ status: 200 });
      const replay = { ...call, rawHeaders: [...change(call)] };
      expect(await send(replay)).toMatchObject({ status: 200, body: 'OK' });
      expect(delivered).toEqual([REQUIRED_REPORT]);
    });

    it('at the same time shares the delivery', async () => {
      const { onFailure, started, release } = holdDelivery();
      const { send, delivered } = await start({ onFailure });
      const call = makeCall();
      const answers = Promise.all(Array.from({ length: 5 }, () => send(call)));
      await started;
      await sendLaterCalls(send);
      release();
      expect((await answers).map(({ status }) => status)).toEqual(Array(5).fill(200));
      expect(delivered).toEqual([REQUIRED_REPORT]);
    });

    it('of an invalid report is refused again', async () => {
      const { send } = await start();
      const call = makeCall({ body: `id=${SECRET}` });
      expect((await send(call)).status).toBe(400);
      expect((await send(call)).status).toBe(400);
    });

    it('is not confused with a call that differs only in the account', async () => {
      const account = ['account-1234', 'account-5678'];
      const { send, delivered } = await start({ verify: { account } });
      for (const id of account) {
        const headers = { 'X-Copernica-ID': id, 'X-Nonce': 'same' };
        expect(await send(makeCall({ headers }))).toMatchObject({ status: 200 });
      }
      expect(delivered).toHaveLength(2);
    });
  });

  describe('a store of delivered calls', () => {
    it('makes endpoints that share it deliver a call once', async () => {
      const replayStore = new Map<string, number>();
      const [one, two] = [
        await start({ verify: { replayStore } }),
        await start({ verify: { replayStore } }),
      ];
      const call = makeCall();
      expect(await one.send(call)).toMatchObject({ status: 200 });
      expect(await two.send(call)).toMatchObject({ status: 200 });
      expect([one.delivered.length, two.delivered.length]).toEqual([1, 0]);
    });

    it.each<[string, () => unknown]>([
      ['rejects', () => Promise.reject(new Error('down'))],
      ['gives false', () => Promise.resolve(false)],
    ])(
      'that %s after the delivery makes the answer 503, and no second delivery',
      async (_, fail) => {
        const set = vi.fn().mockImplementationOnce(fail);
        // It answers a moment later, as a store on the network does.
        const replayStore: ReplayStore = { has: () => setImmediate(false), set };
        const endpoint = await start({ verify: { replayStore } });
        const call = makeCall();
        expectRefusal(endpoint, await endpoint.send(call), 'COPERNICA_REPLAY_STORE_UNAVAILABLE');
        expect(await endpoint.send(call)).toMatchObject({ status: 200 });
        expect(endpoint.delivered).toEqual([REQUIRED_REPORT]);
        expect(set).toHaveBeenCalledTimes(2);
      },
    );

    it('is not asked about forged calls, and not told of calls whose delivery failed', async () => {
      const replayStore = { has: vi.fn(), set: vi.fn() };
      const onFailure = () => Promise.reject(new Error('down'));
      const { send } = await start({ verify: { replayStore }, onFailure });
      expect((await send(makeCall({ key: OTHER_KEY }))).status).toBe(401);
      expect(replayStore.has).not.toHaveBeenCalled();
      expect((await send(makeCall())).status).toBe(500);
      expect(replayStore.has).toHaveBeenCalledOnce();
      expect(replayStore.set).not.toHaveBeenCalled();
    });
  });

  it('accepts a call as soon as DNS can be asked again', async () => {
    const { zone, resolveTxt } = fakeDns();
    const { send, delivered } = await start({ verify: { resolveTxt } });
    const call = makeCall();
    zone[KEY_ID] = dnsError('ESERVFAIL');
    expect(await send(call)).toMatchObject({ status: 503 });
    zone[KEY_ID] = keyRecord();
    expect(await send(call)).toMatchObject({ status: 200 });
    expect(delivered).toEqual([REQUIRED_REPORT]);
  });

  it('delivers each of 300 calls at the same time once, after one DNS query', async () => {
    const { asked, resolveTxt } = fakeDns();
    const onFailure = () => setImmediate();
    const { send, delivered } = await start({ verify: { resolveTxt }, onFailure });
    const ids = Array.from({ length: 300 }, (_, i) => `message-${i}`);
    const calls = ids.map((id) =>
      makeCall({ body: `id=${id}&recipient=${id}@example.com&state=x` }),
    );
    const answers = await Promise.all(calls.map((call) => send(call)));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    expect(delivered.map(({ id }) => id).sort()).toEqual([...ids].sort());
    expect(delivered.every(({ id, recipient }) => recipient === `${id}@example.com`)).toBe(true);
    expect(asked).toHaveLength(1);
  });
});
