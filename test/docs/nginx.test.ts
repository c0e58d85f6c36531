// The nginx of docs/hosts.md in front of an app that verifies.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { copernicaFailures, type FailureReport } from 'copernica-failures';
import { createTestSigner } from 'copernica-failures/testing';
import express from 'express';
import { describe, expect, it, onTestFinished } from 'vitest';
import { configureNginx } from '../../examples/desk/test/nginx.js';
import { findProgram } from '../../examples/desk/test/programs.js';
import { freePort } from '../hosts/running.js';
import { pageAt } from './pages.js';

const NGINX = findProgram('The nginx of docs/hosts.md', 'nginx');
const START_MS = 30_000;
const LIMIT_BYTES = 100 * 1024;

const account = 'account-1234';
const url = 'https://shop.example.com/copernica/failures';
const signer = createTestSigner({ account, url });

/** Starts an app behind nginx. Resolves to the address of nginx, and to the reports that arrive. */
async function serve() {
  const reports: FailureReport[] = [];
  const app = express().set('env', 'test');
  const verify = { account, url, resolveTxt: signer.resolveTxt };
  const onFailure = (report: FailureReport) => void reports.push(report);
  app.use('/copernica/failures', copernicaFailures({ onFailure, verify }));
  const server = app.listen(0, '127.0.0.1');
  onTestFinished(() => void server.close());
  await once(server, 'listening');
  const port = await startNginx((server.address() as AddressInfo).port);
  return { address: `http://127.0.0.1:${port}/copernica/failures`, reports };
}

/** Starts nginx in front of a port. Resolves to its own port once it listens. */
async function startNginx(appPort: number): Promise<number> {
  const [block] = pageAt('docs/hosts.md').blocks.filter(({ language }) => language === 'nginx');
  const location = block?.code.replace('3000', String(appPort)) ?? '';
  const folder = await mkdtemp(join(tmpdir(), 'copernica-failures-nginx-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const port = await freePort();
  const servers = `server {\nlisten 127.0.0.1:${port};\n${location}}\n`;
  const args = await configureNginx({ directory: folder, accessLog: 'off', servers });
  const child = spawn(NGINX ?? '', args);
  onTestFinished(async () => {
    if (child.exitCode === null && child.kill()) await once(child, 'exit');
  });
  const visit = () => fetch(`http://127.0.0.1:${port}`).then(({ status }) => status);
  await expect.poll(visit, { timeout: START_MS }).toBe(404);
  return port;
}

describe.skipIf(!NGINX)('behind the nginx of docs/hosts.md', { timeout: 2 * START_MS }, () => {
  it('a signed report is delivered, and a forged one is refused', async () => {
    const { address, reports } = await serve();
    const report = { id: '1', recipient: 'jane@example.com', state: 'rcptto' };
    const { status } = await fetch(address, signer.sign(report));
    expect([status, reports]).toMatchObject([200, [report]]);
    const forged = await fetch(address, signer.sign(report, { body: 'id=2' }));
    expect([forged.status, reports]).toMatchObject([401, [report]]);
  });

  it("only the address of the reports is the app's", async () => {
    const { address } = await serve();
    const answer = await fetch(`${address}-admin`);
    expect(answer.headers.get('X-Powered-By')).toBe(null);
  });

  it('the largest body that the handler takes arrives', async () => {
    const { address, reports } = await serve();
    const start = 'id=1&recipient=jane%40example.com&state=rcptto&description=';
    const { status } = await fetch(address, signer.sign(start.padEnd(LIMIT_BYTES, 'x')));
    expect([status, reports.length]).toEqual([200, 1]);
  });
});
