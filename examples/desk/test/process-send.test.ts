import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Desk, endAll, run, startDesk } from './processes.js';

const NOTHING_LISTENS = 'http://127.0.0.1:1/';

let directory: string;
let desk: Desk;
let signedDesk: Desk;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'desk-send-'));
  [desk, signedDesk] = await Promise.all([
    startDesk({ DATA_DIRECTORY: join(directory, 'open') }),
    startDesk({
      DATA_DIRECTORY: join(directory, 'signed'),
      COPERNICA_ACCOUNT: 'account-1',
      DESK_TEST_KEY: join(directory, 'key.json'),
    }),
  ]);
});
afterAll(async () => {
  await endAll();
  await rm(directory, { recursive: true, force: true });
});

/** Runs it to its end. */
async function send(args: string[], environment: Record<string, string> = {}) {
  const sender = run('send/send.ts', args, environment);
  const exitCode = await sender.exited;
  const output = sender.output();
  /** The figure in a row of the table. */
  const figure = (row: string) => Number(new RegExp(`${row} +│ (\\d+) `).exec(output)?.[1]);
  return { exitCode, output, figure };
}

describe('npm run send', () => {
  it('counts what was acknowledged and what was refused', async () => {
    const { exitCode, output, figure } = await send([
      ...[`${desk.url}/copernica/failures`, '--count', '200', '--bad', '0.3'],
      ...['--duplicates', '0.2', '--rate', '1000', '--concurrency', '8'],
    ]);
    expect(exitCode).toBe(0);
    expect(figure('sent')).toBe(200);
    expect(figure('answered 2xx')).toBeGreaterThan(10);
    for (const code of [400, 413, 415]) expect(figure(`refused ${code}`)).toBeGreaterThan(0);
    expect(output).toMatch(/latency p99 +│ [\d.]+ ms/);
  });

  it('signs with a key that the desk knows by DESK_TEST_KEY', async () => {
    const key = ['--signed', 'account-1', '--key', join(directory, 'key.json')];
    const url = `${signedDesk.url}/copernica/failures`;
    const { exitCode, figure } = await send([url, '--count', '5', ...key]);
    expect(exitCode).toBe(0);
    expect(figure('reports acknowledged')).toBe(5);
  });

  it('says what to do after a 401', async () => {
    const args = [`${signedDesk.url}/copernica/failures`, '--count', '2'];
    const unsigned = await send(args);
    expect(unsigned.exitCode).toBe(1);
    expect(unsigned.output).toMatch(/^401: the receiver accepts signed calls only\..*--signed/m);
    expect(unsigned.output).toContain('DESK_TEST_KEY=desk-test-key.json');
    expect(unsigned.output).toMatch(/^In your own app, .*docs\/testing\.md/m);
    const key = join(directory, 'other.json');
    const other = await send([...args, '--signed', 'account-2', '--key', key]);
    expect(other.exitCode).toBe(1);
    expect(other.output).toMatch(/^401: the receiver refuses the signature\./m);
    expect(other.output).toContain(`DESK_TEST_KEY=${key}`);
  });

  it('stops early if nothing listens, and says so', async () => {
    const { exitCode, output, figure } = await send([NOTHING_LISTENS, '--count', '1000']);
    expect(exitCode).toBe(1);
    expect(output).toMatch(
      /^Nothing listens at 127\.0\.0\.1:1\. Start your app, or the desk: npm start$/m,
    );
    // 64 requests are pending at a time.
    expect(figure('sent')).toBeLessThan(130);
    expect(figure('refused ECONNREFUSED')).toBe(figure('reports given up'));
    expect(output).not.toMatch(/latency|retried/);
  });

  it('retries with --retry until --give-up', async () => {
    const args = [NOTHING_LISTENS, '--count', '2', '--retry', '--give-up', '1'];
    const { exitCode, figure } = await send(args);
    expect(exitCode).toBe(1);
    expect(figure('retried')).toBeGreaterThan(0);
    expect(figure('sent')).toBe(figure('retried') + 2);
  });

  it.each([
    [() => desk.url, '403 or 404: is the path right?'],
    [
      () => `${desk.url.replace('http', 'https')}/copernica/failures`,
      'EPROTO: that server does not use TLS. Send to http:// instead of https://',
    ],
    [() => 'http://desk.invalid/', 'The address of desk.invalid cannot be found.'],
  ])('says what to correct in an address: %#', async (url, advice) => {
    const { exitCode, output } = await send([url(), '--count', '2']);
    expect(exitCode).toBe(1);
    expect(output).toContain(advice);
  });

  it.each([
    [['5'], 'It is not an http or https address.'],
    [['localhost:3000'], 'It is not an http or https address.'],
    [['http://localhost:3000/', 'x'], 'It is not an http or https address.'],
    [['--bad', '2'], 'It must be from 0 to 1.'],
  ])('refuses arguments that make no sense: %j', async (args, reason) => {
    const { exitCode, output } = await send(args);
    expect(exitCode).toBe(1);
    expect(output).toContain(reason);
  });

  it('notices options that npm took', async () => {
    const { exitCode, output } = await send([], { npm_config_give_up: '3' });
    expect(exitCode).toBe(1);
    expect(output).toContain('npm took --give-up as its own option. Put options after two dashes');
  });
});
