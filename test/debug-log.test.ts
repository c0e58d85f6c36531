// The log that NODE_DEBUG=copernica-failures turns on.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { sendHttp } from './helpers/endpoints.js';
import { type CallOptions, signCall } from './helpers/signed-calls.js';

/** Signs a call with the date of today. */
function signNow(options: CallOptions = {}) {
  return signCall({ date: new Date(), ...options });
}

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
      await sendHttp(port, signNow({ ...right, date: new Date(Date.now() - 100_000) })),
      await sendHttp(port, signNow({ date: new Date(Date.now() + 3_600_000) })),
      await sendHttp(port, signNow({ headers: { 'X-Copernica-ID': 'account-5' } })),
    ];
    expect(answers.map(({ body }) => body)).toEqual([
      'COPERNICA_KEY_UNTRUSTED',
      'COPERNICA_DATE_STALE',
      'COPERNICA_ACCOUNT_MISMATCH',
    ]);
    expect(JSON.stringify(answers)).not.toMatch(/request-target|clock|hooks/);

    const lines = (await end()).split('\n').filter((line) => line.includes('signing string'));
    expect(lines).toHaveLength(3);
    expect(lines[0]).toMatch(
      /^COPERNICA-FAILURES \d+: signing string "\(request-target\): post \/a\/b\?c\\nhost: hooks\.example\.com\\n/,
    );
    expect(lines[0]).toContain('\\nx-nonce: café"');
    expect(lines[2]).toContain('x-copernica-id: account-5');
    const [old, ahead] = lines.map((line) =>
      Number(/this clock is ahead by (-?[\d.]+) s$/.exec(line)?.[1]),
    );
    expect(old).toBeGreaterThan(99);
    expect(old).toBeLessThan(200);
    expect(ahead).toBeGreaterThan(-3601);
    expect(ahead).toBeLessThan(-3500);
  });

  it('shows which headers are signed when one of them was lost', async () => {
    const { port, end } = await start('copernica-failures', 1);
    const { body } = await sendHttp(port, signNow({ tampered: { 'X-Nonce': undefined } }));
    expect(body).toBe('COPERNICA_SIGNATURE_INCOMPLETE');
    expect(await end()).toMatch(/signed headers \["\(request-target\)".*"x-nonce"\]/);
  });

  it('for another package shows nothing', async () => {
    const { port, end } = await start('other', 1);
    await sendHttp(port, signNow());
    expect(await end()).not.toContain('signing string');
  });
});
