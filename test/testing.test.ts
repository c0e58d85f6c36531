import { createPublicKey } from 'node:crypto';
import { createServer } from 'node:http';
import { runInNewContext } from 'node:vm';
import {
  copernicaFailures,
  type FailureReport,
  type FailureReportError,
  type VerifyOptions,
} from 'copernica-failures';
import {
  createTestSigner,
  type SignedTestRequest,
  type SignOverrides,
  type TestSigner,
} from 'copernica-failures/testing';
import { describe, expect, it } from 'vitest';
import { listen } from './helpers/servers.js';

const ACCOUNT = 'account-1234';
/** One for all: to make a key takes its time. */
const signer = createTestSigner({ account: ACCOUNT });
const other = createTestSigner({ account: ACCOUNT, keyId: 'Two._domainkey.Copernica.com' });
const REPORT = { id: '123', recipient: 'jane@example.com', state: 'rcptto' };

/** An endpoint that trusts a signer for its own address. */
async function setUp(verify: Partial<VerifyOptions> = {}) {
  const delivered: FailureReport[] = [];
  const errors: FailureReportError[] = [];
  const server = createServer();
  const port = await listen(server);
  const url = `http://127.0.0.1:${port}/failures?source=cm`;
  const sign = ((report: object | string, overrides?: SignOverrides) =>
    signer.sign(report, { url, ...overrides })) as TestSigner['sign'];
  const handler = copernicaFailures({
    onFailure: (report) => void delivered.push(report),
    verify: { account: ACCOUNT, resolveTxt: signer.resolveTxt, ...verify },
  });
  server.on('request', (req, res) =>
    handler(req, res, (error) => {
      errors.push(error as FailureReportError);
      res.writeHead((error as FailureReportError).status).end();
    }),
  );
  const send = (request: SignedTestRequest<string | Uint8Array>) =>
    fetch(request.url, request as RequestInit);
  return { url, sign, delivered, errors, send };
}

it.each([undefined, null, {}, { account: '' }, { account: '1234' }, { account: 'my account' }])(
  'needs a whole account, not %j',
  (options) => {
    expect(() => createTestSigner(options as never)).toThrow(TypeError);
    expect(() => createTestSigner(options as never)).toThrow(/^createTestSigner: account\b/);
  },
);

it.each<[string, () => unknown]>([
  ['ur', () => make({ account: ACCOUNT, ur: 'x' })],
  ['accont', () => signer.sign(REPORT, { accont: 'account-5' } as never)],
  ['date', () => signer.sign(REPORT, { date: Date.now() as never })],
])('names the option that is wrong: %s', (name, run) => {
  expect(run).toThrow(TypeError);
  expect(run).toThrow(new RegExp(`^createTestSigner: .*\\b${name}\\b`));
});

function make(options: object) {
  return createTestSigner(options as never);
}

describe('a signed request', () => {
  it('gets in through fetch', async () => {
    const { sign, send, delivered } = await setUp();
    const response = await send(sign(REPORT));
    expect(response.status).toBe(200);
    expect(delivered).toMatchObject([REPORT]);
  });

  it('carries a report with lists and maps', async () => {
    const { sign, send, delivered } = await setUp();
    await send(sign({ ...REPORT, code: 550, tags: ['a b', 'ü&='], parameters: { key: 'x' } }));
    expect(delivered).toMatchObject([{ ...REPORT, code: 550, tags: ['a b', 'ü&='] }]);
  });

  it('carries a body that is ready to send, as text', async () => {
    const { sign, send, delivered } = await setUp();
    await send(sign('id=1&recipient=j%C3%BC%40example.com&state=x&description=ü'));
    expect(delivered).toMatchObject([{ id: '1', recipient: 'jü@example.com', description: 'ü' }]);
  });

  it('carries a body that is ready to send, as bytes', async () => {
    const { sign, send, delivered } = await setUp();
    const body = Buffer.from('id=1&recipient=j&state=x&description=\xe9', 'latin1');
    await send(sign(body));
    expect(delivered).toMatchObject([{ description: 'é' }]);
  });

  it('is another one each time, so it is no replay', async () => {
    const { sign, send, delivered } = await setUp();
    await send(sign(REPORT));
    await send(sign(REPORT));
    expect(delivered).toHaveLength(2);
  });

  it('can be sent again as a replay', async () => {
    const { sign, send, delivered } = await setUp();
    const request = sign(REPORT);
    await send(request);
    expect((await send(request)).status).toBe(200);
    expect(delivered).toHaveLength(1);
  });

  it('is for another address than it was made for only if told so', async () => {
    const { sign, url, send, delivered } = await setUp();
    const request = sign(REPORT, { url: `${url}&more` });
    expect(request.url).toBe(`${url}&more`);
    expect((await send(request)).status).toBe(200);
    expect(delivered).toHaveLength(1);
  });

  it('gives back bytes as they were given', () => {
    for (const body of [Buffer.from('id=1'), new TextEncoder().encode('id=1')]) {
      expect(signer.sign(body).body).toBe(body);
    }
    expect(String(signer.sign(new DataView(new ArrayBuffer(2), 1)).body)).toBe('\0');
  });

  it('covers what the documentation of Copernica lists, and leaves the length to the client', () => {
    const { headers } = signer.sign(REPORT);
    expect(headers.Signature).toContain(
      'headers="(request-target) Host Date Content-length Content-type X-Copernica-ID Digest X-nonce"',
    );
    expect(Object.keys(headers)).toEqual([
      'Host',
      'Date',
      'Content-Type',
      'X-Copernica-ID',
      'Digest',
      'X-Nonce',
      'Signature',
    ]);
  });

  it.each([
    ['a Uint8Array', 'Uint8Array.from(body, (c) => c.charCodeAt(0))'],
    ['an ArrayBuffer', 'Uint8Array.from(body, (c) => c.charCodeAt(0)).buffer'],
    ['part of a larger one', "Uint8Array.from('xx' + body, (c) => c.charCodeAt(0)).subarray(2)"],
  ])('carries the bytes of another realm: %s', async (_, code) => {
    const { sign, send, delivered } = await setUp();
    const body = 'id=1&recipient=jane%40example.com&state=x';
    await send(sign(runInNewContext(code, { body })));
    expect(delivered).toMatchObject([{ id: '1' }]);
  });

  it('has defaults for everything but the account', () => {
    expect(signer.sign(REPORT)).toMatchObject({
      method: 'POST',
      url: 'http://localhost/copernica/failures',
      headers: {
        Host: 'localhost',
        'X-Copernica-ID': ACCOUNT,
        'Content-Type': 'application/x-www-form-urlencoded',
        Signature: expect.stringContaining('keyId="test._domainkey.copernica.com"'),
      },
      body: 'id=123&recipient=jane%40example.com&state=rcptto',
    });
  });
});

describe('a request that is wrong on purpose gets its code:', () => {
  const old = new Date(Date.now() - 3_600_000);
  const ahead = new Date(Date.now() + 3_600_000);

  it.each<[string, SignOverrides<string | Uint8Array>]>([
    ['COPERNICA_DATE_STALE', { date: old }],
    ['COPERNICA_DATE_STALE', { date: ahead }],
    ['COPERNICA_ACCOUNT_MISMATCH', { account: 'account-9999' }],
    ['COPERNICA_DIGEST_MISMATCH', { body: 'id=2' }],
    ['COPERNICA_DIGEST_MISMATCH', { body: '' }],
  ])('%s for %j', async (code, overrides) => {
    const { sign, send, delivered, errors } = await setUp();
    const response = await send(sign(REPORT, overrides as SignOverrides));
    expect(response.status).toBe(401);
    expect(errors).toMatchObject([{ code, status: 401 }]);
    expect(delivered).toEqual([]);
  });

  it('COPERNICA_DIGEST_MISMATCH for other bytes', async () => {
    const { sign, send, errors } = await setUp();
    await send(sign(Buffer.from('id=1'), { body: Buffer.from('id=2') }));
    expect(errors).toMatchObject([{ code: 'COPERNICA_DIGEST_MISMATCH' }]);
  });

  it('COPERNICA_SIGNATURE_MISMATCH for another address than verify.url', async () => {
    const { sign, send, delivered, errors } = await setUp({ url: 'https://hooks.example.com/' });
    expect((await send(sign(REPORT))).status).toBe(401);
    expect(errors).toMatchObject([{ code: 'COPERNICA_SIGNATURE_MISMATCH' }]);
    expect(delivered).toEqual([]);
  });

  it('COPERNICA_SIGNATURE_MISMATCH for the key of another signer', async () => {
    const resolveTxt = () => other.resolveTxt('two._domainkey.copernica.com');
    const { sign, send, errors } = await setUp({ resolveTxt });
    expect((await send(sign(REPORT))).status).toBe(401);
    expect(errors).toMatchObject([{ code: 'COPERNICA_SIGNATURE_MISMATCH' }]);
  });

  it('COPERNICA_KEY_UNTRUSTED for a key name the endpoint does not know', async () => {
    const { url, send, errors } = await setUp();
    expect((await send(other.sign(REPORT, { url }))).status).toBe(401);
    expect(errors).toMatchObject([{ code: 'COPERNICA_KEY_UNTRUSTED' }]);
  });
});

describe('the DNS of a signer', () => {
  it('holds a key of 2048 bits in strings of at most 255 characters', async () => {
    const { resolveTxt } = signer;
    const [strings = []] = await resolveTxt('test._domainkey.copernica.com');
    expect(strings.length).toBeGreaterThan(1);
    expect(Math.max(...strings.map(({ length }) => length))).toBe(255);
    const der = Buffer.from(strings.join('').split('p=')[1] ?? '', 'base64');
    const key = createPublicKey({ key: der, format: 'der', type: 'spki' });
    expect(key.asymmetricKeyDetails?.modulusLength).toBe(2048);
  });

  it('holds nothing else', async () => {
    const { resolveTxt } = signer;
    await expect(resolveTxt('two._domainkey.copernica.com')).rejects.toMatchObject({
      code: 'ENOTFOUND',
    });
  });

  it('knows its name in capitals too, as DNS does', async () => {
    const { url, send, errors } = await setUp({ resolveTxt: other.resolveTxt });
    expect((await send(other.sign(REPORT, { url }))).status).toBe(200);
    expect(errors).toEqual([]);
  });
});
