// The README's nginx and Caddy in front of a desk with the README's settings.
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createTestSigner } from 'copernica-failures/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Desk, endAll, freePort, startDesk, until } from './processes.js';
import { HOST, PROXIES, type RunningProxy, startProxy, type Visit } from './proxies.js';
import { settingsInReadme } from './readme.js';

/** Also the token, which must have 32 characters. */
const PASSWORD = 'correct-horse-battery-staple-and-more';
const RIGHT = { Authorization: `Basic ${btoa(`me:${PASSWORD}`)}` };
const WRONG = { Authorization: `Basic ${btoa('me:wrong')}` };
/** As a browser without Sec-Fetch-Site sends it: the desk compares it with the host. */
const OWN_PAGE = { Origin: `https://${HOST}` };
const REPORT = { recipient: 'jane@example.com', state: 'rcptto', code: '550', extended: '5.1.1' };
const KEY_ID = 'test._domainkey.copernica.com';

const isMissing = PROXIES.some(({ program }) => !program);

describe.skipIf(isMissing)("behind the README's proxies, over TLS", () => {
  const { DATABASE_URL: _, ...settings } = settingsInReadme(PASSWORD);
  const { COPERNICA_ACCOUNT: account = '', COPERNICA_URL: url = '' } = settings;
  const { pathname: endpoint } = new URL(url);
  const signer = createTestSigner({ account, url, keyId: KEY_ID });
  let directory: string;
  let desk: Desk;
  const running: RunningProxy[] = [];

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'desk-proxies-'));
    const key = join(directory, 'key.json');
    await writeFile(key, JSON.stringify({ [KEY_ID]: await signer.resolveTxt(KEY_ID) }));
    const environment = { ...settings, DESK_TEST_KEY: key };
    desk = await startDesk({ ...environment, DATA_DIRECTORY: join(directory, 'data') });
    for (const proxy of PROXIES) {
      const folder = join(directory, proxy.name);
      await mkdir(folder);
      const deskPort = new URL(desk.url).port;
      const place = { directory: folder, port: await freePort(), deskPort };
      running.push(await startProxy(proxy, place));
    }
  });
  afterAll(async () => {
    await endAll();
    await Promise.all(running.map((proxy) => proxy.stop()));
    await rm(directory, { recursive: true, force: true });
  });

  describe.each(PROXIES.map(({ name }, index) => ({ name, index })))('$name', ({ name, index }) => {
    const visit = (path: string, options?: Visit) => {
      const proxy = running[index];
      if (!proxy) throw new Error(`${name} does not run`);
      return proxy.visit(path, options);
    };
    const statusOf = async (path: string, options?: Visit) => (await visit(path, options)).status;

    it('the page asks for the password, and the interface for the token', async () => {
      for (const path of ['/', '/state', '/suppressions.csv', '/metrics', '/api/changes']) {
        expect(await statusOf(path), path).toBe(401);
      }
      expect(await statusOf('/', { headers: RIGHT })).toBe(200);
      const lookup = '/addresses?address=jane@example.com';
      expect(await statusOf(lookup, { headers: RIGHT })).toBe(200);
      const headers = { Authorization: `Bearer ${PASSWORD}` };
      expect(await statusOf('/api/changes', { headers })).toBe(200);
      expect(await visit('/healthz')).toEqual({ status: 200, body: '{"status":"ok"}' });
    });

    it('a signed report is stored, and an unsigned one is refused', async () => {
      const before = desk.stored();
      const { headers, body } = signer.sign({ ...REPORT, id: name });
      const { Signature: _, ...unsigned } = headers;
      expect(await statusOf(endpoint, { method: 'POST', headers: unsigned, body })).toBe(401);
      expect(desk.stored()).toBe(before);
      expect(await statusOf(endpoint, { method: 'POST', headers, body })).toBe(200);
      await until(() => desk.stored() === before + 1);
    });

    it('a CSV file of 5 MB is imported', async () => {
      const description = 'x'.repeat(500);
      const rows = Array.from(
        { length: 10_000 },
        (_, row) => `${row}@${name}.example.com,${description}`,
      );
      const { body } = await visit('/suppressions/import', {
        method: 'POST',
        headers: { ...RIGHT, ...OWN_PAGE },
        body: ['address,description', ...rows].join('\n'),
      });
      expect(JSON.parse(body)).toMatchObject({ added: rows.length, refusedTotal: 0 });
    });

    it('an upload without the password is refused before it has arrived', async () => {
      const headers = { ...OWN_PAGE, 'Content-Length': '5000000' };
      const upload = { method: 'POST', headers, body: 'address' };
      expect(await statusOf('/suppressions/import', upload)).toBe(401);
    });

    it('wrong passwords lock out their sender alone, whatever X-Forwarded-For says', async () => {
      // The desk counts by address, so each proxy gets visitors of its own.
      const [guesser, other] = [`127.0.${index}.2`, `127.0.${index}.3`];
      const logIn = (from: string, login: typeof RIGHT, forged: string) =>
        statusOf('/', { from, headers: { ...login, 'X-Forwarded-For': forged } });
      for (let guess = 1; guess <= 10; guess += 1) {
        expect(await logIn(guesser, WRONG, other)).toBe(401);
      }
      expect(await logIn(guesser, RIGHT, '203.0.113.7')).toBe(429);
      expect(await logIn(other, RIGHT, guesser)).toBe(200);
    });
  });

  it('while the desk is down, a report is not acknowledged', async () => {
    expect(await desk.end('SIGTERM')).toBe(0);
    for (const proxy of running) {
      const { headers, body } = signer.sign({ ...REPORT, id: 'late' });
      const answer = await proxy.visit(endpoint, { method: 'POST', headers, body });
      expect(answer.status).toBe(502);
    }
  });

  it('the proxies have logged no address that the page looked up', async () => {
    // They have logged all earlier visits, since they have ended.
    await Promise.all(running.map((proxy) => proxy.stop()));
    for (const proxy of running) expect(await proxy.readLog()).not.toContain('jane');
  });
});
