import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { FailureReportError, type FailureReportErrorCode } from '../lib/index.js';
import { createVerifier } from '../lib/signature/verify.js';
import {
  type Call,
  type CallOptions,
  dnsError,
  fakeDns,
  KEY_ID,
  makeKey,
  NOW,
  signCall,
} from './helpers/signed-calls.js';
import { post, signNow, startEndpoint } from './helpers/signed-endpoints.js';

const OTHER_KEY = makeKey();

/** Stands in everything that is sent. */
const SECRET = 's3cr3t';

/** A call with the secret in whatever an error could repeat. */
function secretive(options: CallOptions = {}): Call {
  return signCall({
    target: `/failures?${SECRET}`,
    body: `id=${SECRET}&recipient=${SECRET}&state=${SECRET}`,
    ...options,
    headers: { Host: `${SECRET}.example.com`, 'X-Nonce': SECRET, ...options.headers },
  });
}

const missing = { tampered: { Signature: undefined } };
const account = { headers: { 'X-Copernica-ID': `account-${SECRET}` } };
const CAUSES: [FailureReportErrorCode, CallOptions, CallOptions, RegExp][] = [
  ['COPERNICA_SIGNATURE_MISSING', missing, { ...missing, body: '' }, /Signature header/],
  [
    'COPERNICA_SIGNATURE_MALFORMED',
    { tampered: { Signature: SECRET } },
    { tampered: { Signature: '=' } },
    /Signature header/,
  ],
  [
    'COPERNICA_SIGNATURE_INCOMPLETE',
    { list: 'host' },
    { list: 'date x-nonce' },
    /cover.*x-copernica-id/,
  ],
  [
    'COPERNICA_SIGNATURE_INCOMPLETE',
    { headers: { 'X-Nonce': '', 'X-Other': SECRET } },
    { headers: { 'X-Nonce': undefined } },
    /absent or empty.*proxy/,
  ],
  [
    'COPERNICA_ACCOUNT_MISMATCH',
    account,
    { headers: { 'X-Copernica-ID': 'x' } },
    /verify\.account/,
  ],
  ['COPERNICA_DATE_STALE', { date: SECRET }, { date: new Date(0) }, /clock/],
  [
    'COPERNICA_DIGEST_MISMATCH',
    { headers: { Digest: SECRET } },
    { headers: { Digest: 'x' } },
    /body/,
  ],
  ['COPERNICA_KEY_UNTRUSTED', { keyId: `${SECRET}.example.com` }, { keyId: 'x' }, /copernica\.com/],
  [
    'COPERNICA_SIGNATURE_MISMATCH',
    { key: OTHER_KEY },
    { key: OTHER_KEY, target: '/' },
    /proxy rewrites host, path.*verify\.url/,
  ],
  [
    'COPERNICA_KEY_UNAVAILABLE',
    { keyId: 'down.copernica.com' },
    { keyId: 'down.copernica.com', body: '' },
    /DNS/,
  ],
];

async function errorOf(call: Call): Promise<FailureReportError> {
  const { resolveTxt, zone } = fakeDns();
  zone['down.copernica.com'] = dnsError('ETIMEOUT');
  const settings = { accounts: new Set(['account-1234']), tolerance: 1000, resolveTxt };
  const error = await createVerifier(settings, () => NOW)(call, call.body).catch(
    (thrown) => thrown,
  );
  expect(error).toBeInstanceOf(FailureReportError);
  return error;
}

describe('an error', () => {
  it.each(CAUSES)(
    '%s has a constant message that names the likely cause',
    async (code, first, second, names) => {
      const errors = await Promise.all([errorOf(secretive(first)), errorOf(signCall(second))]);
      expect(errors.map((error) => error.code)).toEqual([code, code]);
      expect(errors[0]?.message).toBe(errors[1]?.message);
      expect(errors[0]?.message).toMatch(names);
    },
  );

  it.each(CAUSES)('%s holds nothing of what was sent', async (_, options) => {
    const error = await errorOf(secretive(options));
    const all = inspect(error, { depth: Number.POSITIVE_INFINITY, showHidden: true });
    expect(all + JSON.stringify(error)).not.toContain(SECRET);
  });
});

describe('a response', () => {
  it.each(CAUSES.slice(0, -1))('for %s says nothing of what was signed', async (code, options) => {
    const { port, errors } = await startEndpoint();
    const date = options.date ?? new Date();
    const answer = await post(port, secretive({ ...options, date }));
    expect(errors).toMatchObject([{ code }]);
    const all = (answer.head + answer.body).toLowerCase();
    expect(all).not.toContain(SECRET);
    expect(all).not.toContain('(request-target):');
    expect(all).not.toContain('post /failures');
    expect(all).not.toContain(KEY_ID);
  });
});

describe('NODE_DEBUG=copernica-failures', { timeout: 30_000 }, () => {
  /** Starts an endpoint in a process of its own, which ends with the last call. */
  async function start(debug: string, calls: number) {
    const index = new URL('../lib/index.ts', import.meta.url).href;
    const script = `
      import { createServer } from 'node:http';
      import { copernicaFailures } from ${JSON.stringify(index)};
      let calls = ${calls};
      const handler = copernicaFailures({
        onFailure() {},
        verify: { account: 'account-1234', resolveTxt: () => Promise.resolve([]) },
      });
      const server = createServer((req, res) => handler(req, res, (error) => {
        res.writeHead(error.status, { 'Content-Length': error.code.length }).end(error.code);
        if (--calls === 0) server.close();
      }));
      server.listen(0, '127.0.0.1', () => console.log(server.address().port));`;
    const child = spawn(
      process.execPath,
      ['--import', 'tsx', '--input-type=module', '--eval', script],
      {
        cwd: fileURLToPath(new URL('..', import.meta.url)),
        env: { ...process.env, NODE_DEBUG: debug },
      },
    );
    let log = '';
    child.stderr.on('data', (data) => {
      log += data;
    });
    const ended = once(child, 'close');
    const [port] = await once(child.stdout, 'data');
    async function end() {
      await ended;
      return log;
    }
    return { port: Number(port), end };
  }

  it('shows signing strings and differences of clocks, and the responses do not', async () => {
    const { port, end } = await start('copernica-failures', 3);
    const right = { target: '/a/b?c', headers: { 'X-Nonce': 'caf\xe9' } };
    const answers = [
      await post(port, signNow({ ...right, date: new Date(Date.now() - 100_000) })),
      await post(port, signNow({ date: new Date(Date.now() + 3_600_000) })),
      await post(port, signNow(account)),
    ];
    expect(answers.map(({ body }) => body)).toEqual([
      'COPERNICA_KEY_UNTRUSTED',
      'COPERNICA_DATE_STALE',
      'COPERNICA_ACCOUNT_MISMATCH',
    ]);
    for (const { head } of answers) expect(head).not.toMatch(/request-target|clock|hooks/);

    const lines = (await end()).split('\n').filter((line) => line.includes('signing string'));
    expect(lines).toHaveLength(3);
    expect(lines[0]).toMatch(
      /^COPERNICA-FAILURES \d+: signing string "\(request-target\): post \/a\/b\?c\\nhost: hooks\.example\.com\\n/,
    );
    expect(lines[0]).toContain('\\nx-nonce: café"');
    expect(lines[2]).toContain(`x-copernica-id: account-${SECRET}`);
    const [old, ahead] = lines.map((line) =>
      Number(/clock ahead by (-?[\d.]+) s$/.exec(line)?.[1]),
    );
    expect(old).toBeGreaterThan(99);
    expect(old).toBeLessThan(200);
    expect(ahead).toBeGreaterThan(-3601);
    expect(ahead).toBeLessThan(-3500);
  });

  it('shows which headers are signed when one of them was lost', async () => {
    const { port, end } = await start('copernica-failures', 1);
    const { body } = await post(port, signNow({ tampered: { 'X-Nonce': undefined } }));
    expect(body).toBe('COPERNICA_SIGNATURE_INCOMPLETE');
    expect(await end()).toMatch(/signed headers \["\(request-target\)".*"x-nonce"\]/);
  });

  it('for another package shows nothing', async () => {
    const { port, end } = await start('other', 1);
    await post(port, signNow());
    expect(await end()).not.toContain('signing string');
  });
});
