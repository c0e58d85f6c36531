import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createTestSigner } from 'copernica-failures/testing';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { State } from '../answers.js';
import type { Database } from '../database/driver.js';
import { openDatabase } from '../database/open.js';
import { findChanges } from '../suppressions/changes.js';
import { sendCarefully } from './careful-sender.js';
import { compareCounts, storedIds } from './databases.js';
import { clear } from './in-process.js';
import { createPostgres, type PostgresServer } from './postgres.js';
import { endAll, startDesk, until } from './processes.js';

/** Required if others can reach the desk; the endpoint does not ask for it. */
const DESK_PASSWORD = 'a password of many letters';
const REPORT = { id: '1', recipient: 'jane@example.com', state: 'rcptto', code: '550' };

let directory: string;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'desk-faults-'));
});
afterEach(endAll);
afterAll(() => rm(directory, { recursive: true, force: true }));

/** Reads the changes to the suppressions from the start until `stop` is called, as your own app would. */
function follow(where: Parameters<typeof openDatabase>[0]) {
  const seen: string[] = [];
  let cursor = '0';
  async function read(database: Database): Promise<void> {
    for (let more = true; more; ) {
      const found = await findChanges(database, cursor, 100);
      seen.push(...found.changes.map(({ change, address }) => `${address} ${change}`));
      ({ cursor, more } = found);
    }
  }
  let stopped = false;
  const reading = (async () => {
    const database = await openDatabase(where);
    // While the database is down, reading fails; a later try reads the changes.
    while (!stopped) await read(database).catch(() => undefined);
    await read(database);
    await database.close();
  })();
  return {
    async finish(): Promise<string[]> {
      stopped = true;
      await reading;
      return seen;
    },
  };
}

/** Expects counts and changes to agree with the reports and the list. */
async function expectConsistency(database: Database, seen?: string[]): Promise<void> {
  const { stored, counted } = await compareCounts(database);
  expect(counted).toEqual(stored);
  const all = await findChanges(database, '0', 1_000_000);
  const changes = all.changes.map(({ change, address }) => `${address} ${change}`);
  if (seen) expect(seen).toEqual(changes);
  const suppressed = await database.query<{ address: string }>('select address from suppressions');
  expect(changes.toSorted()).toEqual(
    suppressed.map(({ address }) => `${address} suppressed`).toSorted(),
  );
}

async function checkedIds(
  where: Parameters<typeof openDatabase>[0],
  seen?: string[],
): Promise<string[]> {
  const database = await openDatabase(where);
  await expectConsistency(database, seen);
  const ids = await storedIds(database);
  await database.close();
  return ids;
}

describe('with PostgreSQL', () => {
  let postgres: PostgresServer;

  beforeAll(async () => {
    postgres = await createPostgres();
  }, 60_000);
  afterAll(() => postgres?.remove());
  afterEach(async () => {
    const database = await openDatabase({ url: postgres.url });
    await clear(database);
    await database.close();
  });

  it('several processes may bring the tables up to date at once', async () => {
    const databases = await Promise.all(
      Array.from({ length: 8 }, () => openDatabase({ url: postgres.url })),
    );
    const answers = await Promise.all(
      databases.map((database) => database.query('select count(*)::int from failure_reports')),
    );
    await Promise.all(databases.map((database) => database.close()));
    expect(answers).toEqual(Array(8).fill([{ count: 0 }]));
  }, 30_000);

  const url = 'https://hooks.example.com/failures';
  it.each([
    ['anyone', {}, []],
    [
      'signed calls only',
      { COPERNICA_ACCOUNT: 'account-1234', COPERNICA_URL: url, DESK_PASSWORD },
      ['--signed', 'account_1234', '--signed-url', url],
    ],
  ])(
    'every report acknowledged to %s is stored once, though a desk is killed and the database stopped',
    async (_, settings, signing) => {
      const key = join(directory, 'key.json');
      const environment = { DATABASE_URL: postgres.url, DESK_TEST_KEY: key, ...settings };
      const [steady, killed] = await Promise.all([startDesk(environment), startDesk(environment)]);
      const follower = follow({ url: postgres.url });
      const sender = sendCarefully(directory, [steady, killed], ...signing, '--key', key);

      await until(() => killed.stored() >= 150);
      await killed.end('SIGKILL');
      const revived = await startDesk({ ...environment, PORT: new URL(killed.url).port });
      await until(() => revived.stored() >= 100);

      await postgres.stop();
      await until(async () => (await fetch(`${steady.url}/healthz`)).status === 503);
      await postgres.start();
      const before = revived.stored();
      await until(() => revived.stored() >= before + 200);

      const acknowledged = await sender.finish();
      expect(sender.output()).toMatch(/refused 503/);
      expect(acknowledged.length).toBeGreaterThan(500);
      const seen = await follower.finish();
      expect(seen.length).toBeGreaterThan(100);
      expect(await checkedIds({ url: postgres.url }, seen)).toEqual(acknowledged);
    },
    120_000,
  );

  it('a database that is down is a 503 within seconds, and the desk recovers by itself', async () => {
    await postgres.stop();
    const desk = await startDesk({ DATABASE_URL: postgres.url });
    const post = () =>
      fetch(`${desk.url}/copernica/failures`, {
        method: 'POST',
        body: new URLSearchParams(REPORT),
        signal: AbortSignal.timeout(10_000),
      });
    expect((await post()).status).toBe(503);
    const page = await fetch(`${desk.url}/reports`);
    expect(await page.json()).toEqual({ error: 'The database cannot be reached at the moment' });
    await postgres.start();
    await until(async () => (await post()).status === 200);
    expect(await checkedIds({ url: postgres.url })).toEqual(['1']);
    expect(await desk.end('SIGTERM')).toBe(0);
  }, 60_000);

  it('a page at one desk learns of a report that another has stored', async () => {
    const environment = { DATABASE_URL: postgres.url };
    const [here, there] = await Promise.all([startDesk(environment), startDesk(environment)]);
    const version = async () => {
      const state = (await (await fetch(`${there.url}/state`)).json()) as State;
      return state.version;
    };
    const before = await version();
    const body = new URLSearchParams(REPORT);
    await fetch(`${here.url}/copernica/failures`, { method: 'POST', body });
    await until(async () => (await version()) !== before);
  }, 60_000);

  it('a call that is replayed to another desk is acknowledged and not delivered again', async () => {
    const keyId = 'replay._domainkey.copernica.com';
    const url = 'https://hooks.example.com/failures';
    const signer = createTestSigner({ account: 'account-1234', url, keyId });
    const key = join(directory, 'replay.json');
    await writeFile(key, JSON.stringify({ [keyId]: await signer.resolveTxt(keyId) }));
    const environment = {
      DATABASE_URL: postgres.url,
      COPERNICA_ACCOUNT: 'account-1234',
      COPERNICA_URL: url,
      DESK_PASSWORD,
      DESK_TEST_KEY: key,
    };
    const desks = await Promise.all([startDesk(environment), startDesk(environment)]);
    const { method, headers, body } = signer.sign(REPORT);
    for (const desk of desks) {
      const call = { method, headers, body };
      expect((await fetch(`${desk.url}/copernica/failures`, call)).status).toBe(200);
    }
    expect(desks.map((desk) => desk.stored())).toEqual([1, 0]);
  }, 60_000);
});

describe('with the embedded database', () => {
  it('every acknowledged report is stored once, though the desk is killed', async () => {
    const environment = { DATA_DIRECTORY: join(directory, 'killed') };
    const desk = await startDesk(environment);
    const sender = sendCarefully(directory, [desk]);
    await until(() => desk.stored() >= 300);
    await desk.end('SIGKILL');
    const revived = await startDesk({ ...environment, PORT: new URL(desk.url).port });
    await until(() => revived.stored() >= 300);
    const acknowledged = await sender.finish();
    expect(await revived.end('SIGTERM')).toBe(0);
    expect(await checkedIds({ directory: environment.DATA_DIRECTORY })).toEqual(acknowledged);
  }, 120_000);
});
