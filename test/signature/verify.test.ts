import { constants, createHash, createHmac, sign as signBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { FailureReportErrorCode } from '../../lib/errors.js';
import { normalizeAccount } from '../../lib/signature/account.js';
import type { Endpoint } from '../../lib/signature/endpoint.js';
import { createVerifier } from '../../lib/signature/verify.js';
import { fastest } from '../helpers/fastest.js';
import {
  ACCOUNT,
  type Call,
  type CallOptions,
  DOCUMENTED_LIST,
  dnsError,
  fakeDns,
  KEY,
  KEY_ID,
  keyRecord,
  LIST,
  makeKey,
  NOW,
  REPORT,
  sha256,
  signCall,
} from '../helpers/signed-calls.js';

const OTHER_KEY = makeKey();
const TOLERANCE = 300_000;

/** A verifier with a DNS of its own and a clock that stands still. */
function setUp({
  accounts = [ACCOUNT],
  endpoint,
  zone,
}: {
  accounts?: string[];
  endpoint?: Endpoint;
  zone?: Parameters<typeof fakeDns>[0];
} = {}) {
  const dns = fakeDns(zone);
  const settings = {
    accounts: new Set(accounts.map(normalizeAccount)),
    toleranceMs: TOLERANCE,
    resolveTxt: dns.resolveTxt,
    ...(endpoint && { endpoint }),
  };
  const verify = createVerifier(settings, () => NOW);
  return { ...dns, verify: (call: Call) => verify(call, call.body) };
}

function statusOf(code: FailureReportErrorCode) {
  return code.endsWith('UNAVAILABLE') ? 503 : 401;
}

/** Asserts code and status, and that DNS was not asked unless told. */
async function expectRefusal(call: Call, code: FailureReportErrorCode, asks = 0) {
  const { verify, asked } = setUp();
  await expect(verify(call)).rejects.toMatchObject({
    name: 'FailureReportError',
    code,
    status: statusOf(code),
  });
  expect(asked).toHaveLength(asks);
}

function expectAccepted(call: Call, settings: Parameters<typeof setUp>[0] = {}) {
  return expect(setUp(settings).verify(call)).resolves.toEqual({
    id: expect.stringMatching(/^[\w-]{43}$/),
    expires: expect.any(Number),
    names: expect.arrayContaining(['host']),
  });
}

/** The `Signature` header of a call. */
function signatureOf(call: Call) {
  return call.rawHeaders[call.rawHeaders.indexOf('Signature') + 1] ?? '';
}

/** A call with its `Signature` header rewritten. */
function respelled(change: (header: string) => string, call = signCall()): Call {
  const rawHeaders = [...call.rawHeaders];
  rawHeaders[rawHeaders.indexOf('Signature') + 1] = change(signatureOf(call));
  return { ...call, rawHeaders };
}

describe('accepts', () => {
  it.each<[string, CallOptions]>([
    ['a plain call', {}],
    ['the list as the documentation spells it', { list: DOCUMENTED_LIST }],
    ['the list as the PHP class spells it', { list: DOCUMENTED_LIST.toLowerCase() }],
    [
      'a list of the five names alone',
      { list: '(request-target) host date x-copernica-id digest' },
    ],
    ['the names in another order', { list: 'digest x-copernica-id date host (request-target)' }],
    ['a query', { target: '/failures?a=b&c=%20d' }],
    ['the target as it was sent, not normalised', { target: '/a/../failures//%7e?q=%C3%A9&&' }],
    ['an empty body', { body: '' }],
    ['a binary body', { body: Buffer.from([0, 255, 128, 10, 13]) }],
    ['bytes over 127 in a signed value', { headers: { 'X-Nonce': 'caf\xe9 \xff\xa0' } }],
    ['blanks around signed values', { headers: { 'X-Nonce': ' \t a  b \t ' } }],
    ['sha-256 in lower case', { headers: { Digest: `sha-256=${sha256(REPORT)}` } }],
    ['a date as old as the tolerance', { date: new Date(NOW - TOLERANCE) }],
    ['a date as far ahead as the tolerance', { date: new Date(NOW + TOLERANCE) }],
    ['the account with an underscore', { headers: { 'X-Copernica-ID': 'account_1234' } }],
    ['the account in capitals', { headers: { 'X-Copernica-ID': 'Account_1234' } }],
    ['the key name in capitals', { keyId: KEY_ID.toUpperCase() }],
    [
      'headers nobody signed',
      { tampered: { 'X-Forwarded-For': '::1', Authorization: 'Signature x' } },
    ],
    ['an unsigned X-Date, which means nothing', { tampered: { 'X-Date': 'now' } }],
    ['unsigned headers sent twice', { tampered: { Via: ['a', 'b'] } }],
  ])('%s', async (_, options) => {
    await expectAccepted(signCall(options));
  });

  it.each<[string, (header: string) => string]>([
    [
      'without the comma before signature=',
      (header) => header.replace(',signature=', ' signature='),
    ],
    ['with blanks instead of commas', (header) => header.replace(/",/g, '"   ')],
    ['with its parameters in another order', (header) => header.split(',').reverse().join(', ')],
    ['with an unknown parameter', (header) => `${header},ext="1"`],
    [
      'with blanks in the base64',
      (header) => header.replace(/(signature=".{76})(.{10})/, '$1   $2  '),
    ],
  ])('a Signature header %s', async (_, change) => {
    await expectAccepted(respelled(change));
  });

  it.each([
    ['account-1234', 'account-1234'],
    ['account_1234', 'Account-1234'],
    ['ENVIRONMENT_7', 'environment-7'],
  ])('for the account set as %s a call of %s', async (account, sent) => {
    await expectAccepted(signCall({ headers: { 'X-Copernica-ID': sent } }), {
      accounts: [account],
    });
  });

  it('calls of each of several accounts', async () => {
    const accounts = ['account-1', 'environment-2'];
    await expectAccepted(signCall({ headers: { 'X-Copernica-ID': 'account_1' } }), { accounts });
    await expectAccepted(signCall({ headers: { 'X-Copernica-ID': 'environment_2' } }), {
      accounts,
    });
  });

  it.each([1024, 2048])('a key of %i bits', async (bits) => {
    const key = makeKey(bits);
    await expectAccepted(signCall({ key }), { zone: { [KEY_ID]: keyRecord(key) } });
  });

  it('a call of another host and path than it was sent to where a proxy rewrote them', async () => {
    const call = signCall({ target: '/public?x=1', tampered: { Host: '10.0.0.1:8080' } });
    await expectAccepted(
      { ...call, url: '/internal' },
      {
        endpoint: { host: 'hooks.example.com', target: '/public?x=1' },
      },
    );
  });

  it('the original address of a request whose url a router has cut', async () => {
    await expectAccepted({ ...signCall({ target: '/a/b?c' }), url: '/?c', originalUrl: '/a/b?c' });
  });
});

describe('refuses without asking DNS', () => {
  const without = (name: string) => LIST.replace(`${name} `, '');

  it.each<[FailureReportErrorCode, string, CallOptions]>([
    ['COPERNICA_SIGNATURE_MISSING', 'no Signature header', { tampered: { Signature: undefined } }],
    ['COPERNICA_SIGNATURE_MISSING', 'an empty Signature header', { tampered: { Signature: '' } }],
    [
      'COPERNICA_SIGNATURE_MISSING',
      'a signature in Authorization',
      { tampered: { Signature: undefined, Authorization: 'Signature keyId="x"' } },
    ],
    [
      'COPERNICA_SIGNATURE_MALFORMED',
      'a Signature header of something else',
      { tampered: { Signature: 'x' } },
    ],
    [
      'COPERNICA_SIGNATURE_MALFORMED',
      'the signature of RFC 9421',
      { tampered: { Signature: 'sig1=:AAAA:', 'Signature-Input': 'sig1=("@method")' } },
    ],
    ['COPERNICA_SIGNATURE_MALFORMED', 'a pseudo-header', { list: `${LIST} (created)` }],
    [
      'COPERNICA_SIGNATURE_MALFORMED',
      'request-line of old drafts',
      { list: `${LIST} (request-line)` },
    ],
    [
      'COPERNICA_SIGNATURE_MALFORMED',
      'a listed header sent twice',
      { tampered: { 'X-Nonce': ['a', 'a'] } },
    ],
    [
      'COPERNICA_SIGNATURE_MALFORMED',
      'Date sent twice',
      { tampered: { Date: Array(2).fill(new Date(NOW).toUTCString()) } },
    ],
    [
      'COPERNICA_SIGNATURE_MALFORMED',
      'Host sent twice',
      { tampered: { Host: ['hooks.example.com', 'hooks.example.com'] } },
    ],
    [
      'COPERNICA_SIGNATURE_MALFORMED',
      'X-Copernica-ID sent twice',
      { tampered: { 'X-Copernica-ID': [ACCOUNT, ACCOUNT] } },
    ],
    [
      'COPERNICA_SIGNATURE_MALFORMED',
      'Digest sent twice',
      { tampered: { Digest: Array(2).fill(`SHA-256=${sha256(REPORT)}`) } },
    ],
    [
      'COPERNICA_SIGNATURE_INCOMPLETE',
      'a list without (request-target)',
      { list: without('(request-target)') },
    ],
    ['COPERNICA_SIGNATURE_INCOMPLETE', 'a list without host', { list: without('host') }],
    ['COPERNICA_SIGNATURE_INCOMPLETE', 'a list without date', { list: without('date') }],
    [
      'COPERNICA_SIGNATURE_INCOMPLETE',
      'a list without x-copernica-id',
      { list: without('x-copernica-id') },
    ],
    ['COPERNICA_SIGNATURE_INCOMPLETE', 'a list without digest', { list: without('digest') }],
    [
      'COPERNICA_SIGNATURE_INCOMPLETE',
      'a date signed as x-date only',
      { list: LIST.replace('date', 'x-date'), headers: { 'X-Date': new Date(NOW).toUTCString() } },
    ],
    [
      'COPERNICA_SIGNATURE_INCOMPLETE',
      'a listed header that is absent, signed as empty',
      { headers: { 'X-Nonce': undefined } },
    ],
    [
      'COPERNICA_SIGNATURE_INCOMPLETE',
      'a listed header that is empty',
      { headers: { 'X-Nonce': '' } },
    ],
    [
      'COPERNICA_SIGNATURE_INCOMPLETE',
      'no Digest, signed as empty',
      { headers: { Digest: undefined } },
    ],
    ['COPERNICA_SIGNATURE_INCOMPLETE', 'an empty account', { headers: { 'X-Copernica-ID': '' } }],
    [
      'COPERNICA_ACCOUNT_MISMATCH',
      'another account',
      { headers: { 'X-Copernica-ID': 'account-9999' } },
    ],
    [
      'COPERNICA_ACCOUNT_MISMATCH',
      'more digits',
      { headers: { 'X-Copernica-ID': 'account-12345' } },
    ],
    [
      'COPERNICA_ACCOUNT_MISMATCH',
      'fewer digits',
      { headers: { 'X-Copernica-ID': 'account-123' } },
    ],
    [
      'COPERNICA_ACCOUNT_MISMATCH',
      'digits in front',
      { headers: { 'X-Copernica-ID': '9account-1234' } },
    ],
    ['COPERNICA_ACCOUNT_MISMATCH', 'no digits', { headers: { 'X-Copernica-ID': 'account' } }],
    ['COPERNICA_ACCOUNT_MISMATCH', 'the number alone', { headers: { 'X-Copernica-ID': '1234' } }],
    [
      'COPERNICA_ACCOUNT_MISMATCH',
      'an environment of the same number',
      { headers: { 'X-Copernica-ID': 'environment_1234' } },
    ],
    [
      'COPERNICA_ACCOUNT_MISMATCH',
      'two accounts',
      { headers: { 'X-Copernica-ID': `${ACCOUNT}, account-9999` } },
    ],
    ['COPERNICA_ACCOUNT_MISMATCH', 'a pattern', { headers: { 'X-Copernica-ID': 'account.1234' } }],
    ['COPERNICA_DATE_STALE', 'a date too old', { date: new Date(NOW - TOLERANCE - 1000) }],
    ['COPERNICA_DATE_STALE', 'a date too far ahead', { date: new Date(NOW + TOLERANCE + 1000) }],
    ['COPERNICA_DATE_STALE', 'a relative date', { date: 'now' }],
    ['COPERNICA_DATE_STALE', 'an ISO date', { date: new Date(NOW).toISOString() }],
    [
      'COPERNICA_DIGEST_MISMATCH',
      'a Digest of another body',
      { headers: { Digest: `SHA-256=${sha256('')}` } },
    ],
    [
      'COPERNICA_DIGEST_MISMATCH',
      'a Digest in MD5',
      { headers: { Digest: `MD5=${createHash('md5').update(REPORT).digest('base64')}` } },
    ],
    [
      'COPERNICA_KEY_UNTRUSTED',
      'a key of another domain',
      { keyId: 'one._domainkey.evilcopernica.com' },
    ],
    [
      'COPERNICA_KEY_UNTRUSTED',
      'a key under a name that only starts alike',
      { keyId: `${KEY_ID}.example.com` },
    ],
  ])('%s: %s', async (code, _, options) => {
    await expectRefusal(signCall(options), code);
  });

  it('COPERNICA_SIGNATURE_MALFORMED: a second Signature header', async () => {
    const call = signCall();
    for (const second of [signatureOf(call), '']) {
      const rawHeaders = [...call.rawHeaders, 'signature', second];
      await expectRefusal({ ...call, rawHeaders }, 'COPERNICA_SIGNATURE_MALFORMED');
    }
  });

  it('COPERNICA_DIGEST_MISMATCH: one byte of the body changed', async () => {
    const call = signCall();
    const body = Buffer.from(call.body);
    body.writeUInt8(body.readUInt8(body.length - 1) ^ 1, body.length - 1);
    await expectRefusal({ ...call, body }, 'COPERNICA_DIGEST_MISMATCH');
  });

  it('COPERNICA_DIGEST_MISMATCH: the body gone or longer', async () => {
    const call = signCall();
    await expectRefusal({ ...call, body: Buffer.alloc(0) }, 'COPERNICA_DIGEST_MISMATCH');
    const longer = Buffer.concat([call.body, Buffer.from('&')]);
    await expectRefusal({ ...call, body: longer }, 'COPERNICA_DIGEST_MISMATCH');
  });

  it.each(['hs2019', 'hmac-sha256', 'rsa-sha1', 'rsa-sha512', 'none', ''])(
    'COPERNICA_SIGNATURE_MALFORMED: the algorithm %j over a right signature',
    async (algorithm) => {
      const call = respelled((header) => header.replace('rsa-sha256', algorithm));
      await expectRefusal(call, 'COPERNICA_SIGNATURE_MALFORMED');
    },
  );

  it('the first thing that is wrong, the cheapest to find before others', async () => {
    const wrong: CallOptions = {
      headers: { 'X-Copernica-ID': 'account-1', Digest: 'x' },
      date: 'now',
      keyId: 'example.com',
    };
    await expectRefusal(signCall(wrong), 'COPERNICA_ACCOUNT_MISMATCH');
    const headers = { Digest: 'x' };
    await expectRefusal(signCall({ ...wrong, headers }), 'COPERNICA_DATE_STALE');
    const { keyId = '' } = wrong;
    await expectRefusal(signCall({ headers, keyId }), 'COPERNICA_DIGEST_MISMATCH');
  });
});

describe('refuses after asking DNS', () => {
  it.each<[string, CallOptions]>([
    ['a signature of another key', { key: OTHER_KEY }],
    ['a signature over SHA-1', { hash: 'sha1' }],
    ['a signature over SHA-512', { hash: 'sha512' }],
    ['another host', { tampered: { Host: 'staging.example.com' } }],
    ['the host with a port', { tampered: { Host: 'hooks.example.com:443' } }],
    ['another date', { tampered: { Date: new Date(NOW - 1000).toUTCString() } }],
    [
      'the account spelled in another way than it was signed',
      { tampered: { 'X-Copernica-ID': 'account_1234' } },
    ],
    [
      'the digest spelled in another way than it was signed',
      { tampered: { Digest: `sha-256=${sha256(REPORT)}` } },
    ],
    ['another value of a header beyond the five', { tampered: { 'X-Nonce': 'other' } }],
  ])('COPERNICA_SIGNATURE_MISMATCH: %s', async (_, options) => {
    await expectRefusal(signCall(options), 'COPERNICA_SIGNATURE_MISMATCH', 1);
  });

  it.each<[string, (call: Call) => Call]>([
    ['another method', (call) => ({ ...call, method: 'PUT' })],
    ['another path', (call) => ({ ...call, url: '/failures/' })],
    ['another letter case in the path', (call) => ({ ...call, url: '/Failures' })],
    ['a query nobody signed', (call) => ({ ...call, url: '/failures?a' })],
    ['another original path', (call) => ({ ...call, originalUrl: '/other/failures' })],
    [
      'another body, with its digest',
      (call) => {
        const rawHeaders = [...call.rawHeaders];
        rawHeaders[rawHeaders.indexOf('Digest') + 1] = `SHA-256=${sha256('id=2')}`;
        return { ...call, rawHeaders, body: Buffer.from('id=2') };
      },
    ],
    [
      'a name less in the list',
      (call) => respelled((header) => header.replace(' x-nonce', ''), call),
    ],
    [
      'the list in another order',
      (call) => respelled((header) => header.replace('host date', 'date host'), call),
    ],
    [
      'a signature with a byte more',
      (call) =>
        respelled(
          (header) =>
            header.replace(
              /(signature=")([^"]*)"/,
              (_, name, text) =>
                `${name}${Buffer.concat([Buffer.from(text, 'base64'), Buffer.from([0])]).toString('base64')}"`,
            ),
          call,
        ),
    ],
    [
      'a signature with a byte less',
      (call) =>
        respelled(
          (header) =>
            header.replace(
              /(signature=")([^"]*)"/,
              (_, name, text) =>
                `${name}${Buffer.from(text, 'base64').subarray(1).toString('base64')}"`,
            ),
          call,
        ),
    ],
    [
      'a signature of 4 KiB',
      (call) =>
        respelled(
          (header) => header.replace(/signature="[^"]*"/, `signature="${'A'.repeat(5460)}"`),
          call,
        ),
    ],
  ])('COPERNICA_SIGNATURE_MISMATCH: %s', async (_, change) => {
    await expectRefusal(change(signCall()), 'COPERNICA_SIGNATURE_MISMATCH', 1);
  });

  it('COPERNICA_SIGNATURE_MISMATCH: names in mixed case within the signing string', async () => {
    const call = signedAs((text) =>
      signBytes('sha256', Buffer.from(text.replace('host', 'Host')), KEY),
    );
    await expectRefusal(call, 'COPERNICA_SIGNATURE_MISMATCH', 1);
  });

  it('COPERNICA_SIGNATURE_MISMATCH: RSA-PSS under the name of rsa-sha256', async () => {
    const padding = constants.RSA_PKCS1_PSS_PADDING;
    const call = signedAs((text) => signBytes('sha256', Buffer.from(text), { key: KEY, padding }));
    await expectRefusal(call, 'COPERNICA_SIGNATURE_MISMATCH', 1);
  });

  it('COPERNICA_SIGNATURE_MISMATCH: an HMAC keyed with the public key', async () => {
    for (const secret of [keyRecord(), keyRecord().split('p=')[1] ?? '']) {
      const call = signedAs((text) => createHmac('sha256', secret).update(text).digest());
      await expectRefusal(call, 'COPERNICA_SIGNATURE_MISMATCH', 1);
    }
  });

  it.each([
    ['hooks.example.com', 'HOOKS.Example.com', undefined],
    ['Hooks.Example.com', 'hooks.example.com', undefined],
    ['Hooks.Example.com', 'Hooks.Example.com', 'internal:8080'],
  ])(
    'not where %s is registered, %s is signed and arrives as %o',
    async (host, signed, arrived) => {
      const tampered = arrived === undefined ? {} : { Host: arrived };
      const call = signCall({ headers: { Host: signed }, tampered });
      await expectAccepted(call, { endpoint: { host, target: '/failures' } });
    },
  );

  it('COPERNICA_SIGNATURE_MISMATCH: a host that verify.url does not name', async () => {
    const { verify } = setUp({ endpoint: { host: 'other.example.com', target: '/failures' } });
    await expect(verify(signCall())).rejects.toMatchObject({
      code: 'COPERNICA_SIGNATURE_MISMATCH',
      status: 401,
    });
  });

  it('COPERNICA_SIGNATURE_MISMATCH: a path that verify.url does not name', async () => {
    const { verify } = setUp({ endpoint: { host: 'hooks.example.com', target: '/other' } });
    await expect(verify(signCall())).rejects.toMatchObject({
      code: 'COPERNICA_SIGNATURE_MISMATCH',
      status: 401,
    });
  });

  it.each([
    ['absent', {}],
    ['revoked', { [KEY_ID]: 'v=DKIM1; p=' }],
    [
      'of another kind',
      { [KEY_ID]: 'v=DKIM1; k=ed25519; p=/kJucKehewasusWFboOhzqLhCNYvuoo/PXky/BS00iQ=' },
    ],
    ['weak', { [KEY_ID]: keyRecord(makeKey(768)) }],
    ['not for SHA-256', { [KEY_ID]: keyRecord(KEY, 'h=sha1; ') }],
    ['of a later version', { [KEY_ID]: keyRecord(KEY, 'v=DKIM2; ') }],
  ])('COPERNICA_KEY_UNTRUSTED: a key that is %s', async (_, zone) => {
    const { verify } = setUp({ zone });
    await expect(verify(signCall())).rejects.toMatchObject({
      code: 'COPERNICA_KEY_UNTRUSTED',
      status: 401,
    });
  });

  it('COPERNICA_KEY_UNAVAILABLE: DNS that cannot be asked', async () => {
    const { verify } = setUp({ zone: { [KEY_ID]: dnsError('ETIMEOUT') } });
    await expect(verify(signCall())).rejects.toMatchObject({
      code: 'COPERNICA_KEY_UNAVAILABLE',
      status: 503,
      headers: { 'Retry-After': expect.any(String) },
    });
  });

  /** A call with its signing string signed in another way. */
  function signedAs(sign: (text: string) => Buffer): Call {
    const call = signCall();
    const headers = new Map<string, string>();
    for (let i = 0; i < call.rawHeaders.length; i += 2) {
      headers.set(call.rawHeaders[i]?.toLowerCase() ?? '', call.rawHeaders[i + 1] ?? '');
    }
    headers.set('(request-target)', 'post /failures');
    const text = LIST.split(' ').map((name) => `${name}: ${headers.get(name)}`);
    const signature = sign(text.join('\n')).toString('base64');
    return respelled(
      (header) => header.replace(/signature=".*"/, `signature="${signature}"`),
      call,
    );
  }
});

describe('the identity of a call', () => {
  async function identity(call: Call) {
    return setUp().verify(call);
  }

  it('is the same however it is dressed up', async () => {
    const call = signCall();
    const { id } = await identity(call);
    const dressed = [
      respelled((header) => header.split(',').reverse().join(' , '), call),
      respelled((header) => `${header},ext="1"`, call),
      respelled((header) => header.replace('host date', 'HOST   Date'), call),
      respelled((header) => header.replace(/signature=".{20}/, '$&  '), call),
      respelled((header) => header.replace(KEY_ID, KEY_ID.toUpperCase()), call),
      { ...call, rawHeaders: [...call.rawHeaders, 'X-More', 'x'] },
      { ...call, rawHeaders: call.rawHeaders.map((text) => (text === 'Host' ? 'HOST' : text)) },
    ];
    for (const other of dressed) expect(await identity(other)).toHaveProperty('id', id);
  });

  it('goes with the names of the signed headers', async () => {
    const list = 'HOST Date (request-target) X-Copernica-ID digest';
    expect(await identity(signCall({ list }))).toHaveProperty(
      'names',
      list.toLowerCase().split(' '),
    );
  });

  it('is the same when the same was signed with another key', async () => {
    const { verify } = setUp({ zone: { [KEY_ID]: [keyRecord(), keyRecord(OTHER_KEY)] } });
    const headers = { 'X-Nonce': 'same' };
    const { id } = await verify(signCall({ headers }));
    expect(await verify(signCall({ headers, key: OTHER_KEY }))).toHaveProperty('id', id);
  });

  it('is another for each call', async () => {
    const date = new Date(NOW - 1000);
    const calls = [signCall(), signCall(), signCall({ date }), signCall({ body: 'id=2' })];
    const ids = await Promise.all(calls.map(identity));
    expect(new Set(ids.map(({ id }) => id)).size).toBe(calls.length);
  });

  it('is judged by its headers where a host gives no raw ones', async () => {
    const { rawHeaders, ...call } = signCall();
    const headers = Object.fromEntries(
      rawHeaders.flatMap((name, i) => (i % 2 ? [] : [[name.toLowerCase(), rawHeaders[i + 1]]])),
    );
    expect((await identity({ ...call, headers, rawHeaders: [] })).id).toBe(
      (await identity({ ...call, rawHeaders })).id,
    );
  });

  it.each([-200, 0, 200])(
    'expires a minute after a call of %i s ahead is out of the tolerance',
    async (ahead) => {
      const date = NOW + ahead * 1000;
      expect((await identity(signCall({ date: new Date(date) }))).expires).toBe(
        date + TOLERANCE + 60_000,
      );
    },
  );
});

it('stays fit for known keys while ten thousand calls with made-up names come in', async () => {
  const { verify, asked } = setUp();
  await verify(signCall());
  const forged = signCall({ key: OTHER_KEY });
  const verdicts = Array.from({ length: 10_000 }, (_, i) =>
    verify(respelled((header) => header.replace('one.', `n${i}.`), forged)).catch(
      ({ code }) => code,
    ),
  );
  await expect(verify(signCall())).resolves.toHaveProperty('id');
  expect(asked).toHaveLength(1 + 100);
  const codes = await Promise.all(verdicts);
  expect(codes.filter((code) => code === 'COPERNICA_KEY_UNTRUSTED')).toHaveLength(100);
  expect(codes.filter((code) => code === 'COPERNICA_KEY_UNAVAILABLE')).toHaveLength(9900);
});

it('goes by the clock of the system unless it is given another', async () => {
  const { resolveTxt } = fakeDns();
  const verify = createVerifier({ accounts: new Set([ACCOUNT]), toleranceMs: 60_000, resolveTxt });
  const call = signCall({ date: new Date() });
  await expect(verify(call, call.body)).resolves.toHaveProperty('id');
  const old = signCall();
  await expect(verify(old, old.body)).rejects.toMatchObject({ code: 'COPERNICA_DATE_STALE' });
});

it.each(['acc\xf6unt-1234', 'account-1234\xa0', 'account\xad1234', 'account--1234'])(
  'does not take the account %j for account-1234',
  async (account) => {
    const call = signCall({ headers: { 'X-Copernica-ID': account } });
    await expectRefusal(call, 'COPERNICA_ACCOUNT_MISMATCH');
  },
);

describe('judges in well under a millisecond', () => {
  it.each<[string, (text: string) => CallOptions]>([
    ['a Signature header', (text) => ({ tampered: { Signature: text } })],
    [
      'a list',
      (text) => ({
        tampered: {
          Signature: `keyId="x",algorithm="rsa-sha256",headers="${text}",signature="AAAA"`,
        },
      }),
    ],
    ['an account', (text) => ({ headers: { 'X-Copernica-ID': text } })],
    ['a date', (text) => ({ date: text })],
    ['a digest', (text) => ({ headers: { Digest: text } })],
    ['a key name', (text) => ({ keyId: text })],
    [
      'a signed header',
      (text) => ({ key: OTHER_KEY, headers: { 'X-Nonce': text, 'X-Copernica-ID': 'x' } }),
    ],
  ])('%s of 8 KiB of anything', async (_, options) => {
    for (const unit of ['a', ' ', 'a ', 'a.', '-_', ',', '=', '/', '1', '(', 'a="",', ', ']) {
      const { verify, asked } = setUp();
      const call = signCall(options(`x${unit.repeat(8000 / unit.length)}x`));
      const outcomes: Promise<unknown>[] = [];
      const judge = () => outcomes.push(verify(call).catch((error) => error));
      judge();
      expect(fastest(judge), JSON.stringify(unit)).toBeLessThan(1);
      for (const outcome of await Promise.all(outcomes)) {
        expect(outcome).toHaveProperty('status', 401);
      }
      expect(asked).toEqual([]);
    }
  });
});
