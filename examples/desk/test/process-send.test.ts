import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { endAll, run, startDesk } from './processes.js';

let DATA_DIRECTORY: string;

beforeAll(async () => {
  DATA_DIRECTORY = await mkdtemp(join(tmpdir(), 'desk-send-'));
});
afterEach(endAll);
afterAll(() => rm(DATA_DIRECTORY, { recursive: true, force: true }));

describe('npm run send', { timeout: 60_000 }, () => {
  it('tells what was acknowledged and what was refused', async () => {
    const desk = await startDesk({ DATA_DIRECTORY });
    const sender = run('send/send.ts', [
      ...[`${desk.url}/copernica/failures`, '--count', '200', '--bad', '0.3'],
      ...['--duplicates', '0.2', '--rate', '1000', '--concurrency', '8'],
    ]);
    expect(await sender.exited).toBe(0);
    const output = sender.output();
    expect(output).toMatch(/sent +│ 200 /);
    expect(output).toMatch(/answered 2xx +│ \d{2,3} /);
    for (const code of [400, 413, 415]) expect(output).toMatch(new RegExp(`refused ${code} `));
    expect(output).toMatch(/latency p99 +│ [\d.]+ ms/);
  });

  it('fails where a report is given up', async () => {
    const sender = run('send/send.ts', ['http://127.0.0.1:1/', '--count', '3']);
    expect(await sender.exited).toBe(1);
    expect(sender.output()).toMatch(/refused ECONNREFUSED +│ 3 /);
    expect(sender.output()).toMatch(/reports given up +│ 3 /);
  });

  it('refuses options that make no sense', async () => {
    const sender = run('send/send.ts', ['--bad', '2']);
    expect(await sender.exited).toBe(1);
    expect(sender.output()).toMatch(/--bad <share>.*It must be from 0 to 1/);
  });

  it('tells in one sentence that nothing listens, and stops', async () => {
    const sender = run('send/send.ts', ['http://127.0.0.1:1/', '--count', '1000']);
    expect(await sender.exited).toBe(1);
    const output = sender.output();
    expect(output).toMatch(/^Nothing listens at 127\.0\.0\.1:1\. Start the desk with: npm start$/m);
    const [, sent] = /sent +│ (\d+) /.exec(output) ?? [];
    // Those that were under way, of which there are 64 at a time.
    expect(Number(sent)).toBeLessThan(130);
    expect(output).not.toMatch(/latency|retried/);
  });

  it('says what to look at where the address is wrong', async () => {
    const { url } = await startDesk({ DATA_DIRECTORY });
    for (const [address, words] of [
      [url, '403 or 404: is the path right? The endpoint of a desk is /copernica/failures'],
      [
        `${url.replace('http', 'https')}/copernica/failures`,
        'EPROTO: what listens there does not speak TLS. Send to http:// instead of https://',
      ],
      ['http://desk.invalid/copernica/failures', 'No address is known for desk.invalid.'],
    ] as const) {
      const sender = run('send/send.ts', [address, '--count', '2']);
      expect(await sender.exited).toBe(1);
      expect(sender.output()).toContain(words);
    }
  });

  it('counts what was sent again only where it sends again', async () => {
    const args = ['http://127.0.0.1:1/', '--count', '2', '--retry', '--give-up', '1'];
    const sender = run('send/send.ts', args);
    expect(await sender.exited).toBe(1);
    const [, retried] = /retried +│ (\d+) /.exec(sender.output()) ?? [];
    const [, sent] = /sent +│ (\d+) /.exec(sender.output()) ?? [];
    expect(Number(sent)).toBe(Number(retried) + 2);
  });

  it.each([['5'], ['localhost:3000'], ['ftp://localhost/'], ['http://localhost:3000/', 'x']])(
    'says what to type where an address is none: %s',
    async (...args) => {
      const sender = run('send/send.ts', args);
      expect(await sender.exited).toBe(1);
      expect(sender.output()).toContain('It is no http or https address.');
      expect(sender.output()).toContain('npm run send -- --count 5');
    },
  );

  it('says so where npm has kept an option for itself', async () => {
    const sender = run('send/send.ts', [], { npm_config_give_up: '3' });
    expect(await sender.exited).toBe(1);
    expect(sender.output()).toContain('npm has kept --give-up for itself. Options stand after two');
  });

  it('says after a 401 what --signed and DESK_TEST_KEY do', async () => {
    const desk = await startDesk({ DATA_DIRECTORY, COPERNICA_ACCOUNT: 'account-1' });
    const url = `${desk.url}/copernica/failures`;
    const unsigned = run('send/send.ts', [url, '--count', '2']);
    expect(await unsigned.exited).toBe(1);
    expect(unsigned.output()).toMatch(/^401: the receiver takes signed calls only\..*--signed/m);
    expect(unsigned.output()).toContain('DESK_TEST_KEY=desk-test-key.json');
    expect(unsigned.output()).toMatch(/^In an app of your own: .*docs\/testing\.md/m);
    const key = join(DATA_DIRECTORY, 'key.json');
    const other = run('send/send.ts', [url, '--count', '2', '--signed', 'account-2', '--key', key]);
    expect(await other.exited).toBe(1);
    expect(other.output()).toMatch(/^401: the receiver does not take the signature\./m);
    expect(other.output()).toMatch(/^In an app of your own: .*docs\/testing\.md/m);
  });
});
