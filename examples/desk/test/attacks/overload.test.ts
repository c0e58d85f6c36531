// Reports, searches and clients of the database that try to take the desk's time and memory from all
// others.
import { readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Database } from '../../database/driver.js';
import { openDatabase } from '../../database/open.js';
import { createStore } from '../../reports/store.js';
import { createPostgres, type PostgresServer, runOn } from '../postgres.js';
import { type Desk, endAll, startDesk } from '../processes.js';
import { tooMany, unknownUser } from '../reports.js';

const LONG = 'x'.repeat(95_000);

let postgres: PostgresServer;
let database: Database;
let desk: Desk;

beforeAll(async () => {
  postgres = await createPostgres();
  database = await openDatabase({ url: postgres.url });
  desk = await startDesk({ DATABASE_URL: postgres.url });
}, 60_000);
afterAll(async () => {
  await endAll();
  await database?.close();
  await postgres?.remove();
});

async function post(fields: Record<string, string>): Promise<number> {
  const answer = await fetch(`${desk.url}/copernica/failures`, {
    method: 'POST',
    body: new URLSearchParams({ state: 'rcptto', code: '550', ...fields }),
  });
  await answer.text();
  return answer.status;
}

/** Resident memory of the desk's process, in MB. */
function residentMegabytes(): number {
  const [, kilobytes] =
    /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${desk.pid}/status`, 'utf8')) ?? [];
  return Number(kilobytes) / 1024;
}

it('reports with long fields keep no honest one waiting, and lists of them are small', async () => {
  let sent = 0;
  let isOver = false;
  const attack = Array.from({ length: 16 }, async () => {
    while (!isOver) {
      sent += 1;
      const unique = `${sent}-${LONG}`;
      expect(await post({ id: `long-${sent}`, recipient: `${unique}@example.com` })).toBe(200);
    }
  });
  const times: number[] = [];
  for (let n = 0; n < 60; n += 1) {
    const start = performance.now();
    expect(await post({ id: `honest-${n}`, recipient: `jane-${n}@example.com` })).toBe(200);
    times.push(performance.now() - start);
  }
  isOver = true;
  await Promise.all(attack);
  expect(sent).toBeGreaterThan(60);
  expect(Math.max(...times)).toBeLessThan(5000);

  for (let n = 0; n < 32; n += 1) {
    const list = await fetch(`${desk.url}/reports?size=100&version=${n}`);
    expect((await list.text()).length).toBeLessThan(300_000);
  }
  if (process.platform === 'linux') expect(residentMegabytes()).toBeLessThan(600);
  const start = performance.now();
  await (await fetch(`${desk.url}/reports?recipient=xxxxxxxx`)).text();
  expect(performance.now() - start).toBeLessThan(5000);
}, 120_000);

it('500 searches at once keep no report waiting', async () => {
  const searches = Array.from({ length: 500 }, (_, n) =>
    fetch(`${desk.url}/reports?recipient=nobody${n}&state=rcptto`).then(({ status }) => status),
  );
  const reports = Array.from({ length: 50 }, (_, n) =>
    post({ id: `meanwhile-${n}`, recipient: 'jane@example.com' }),
  );
  expect(new Set(await Promise.all(reports))).toEqual(new Set([200]));
  for (const status of await Promise.all(searches)) expect([200, 400, 503]).toContain(status);
}, 60_000);

it('a report that the database cannot store in time fails alone', async () => {
  const store = createStore(database);
  const blocked = unknownUser();
  const other = new pg.Client(postgres.url);
  await other.connect();
  // Another process stores the same report and does not commit.
  await store(blocked);
  await other.query('begin');
  await other.query("delete from failure_reports where report->>'id' = $1", [blocked.id]);
  const outcomes = await Promise.allSettled([blocked, tooMany()].map((report) => store(report)));
  await other.query('rollback');
  await other.end();
  expect(outcomes).toMatchObject([
    { status: 'rejected', reason: { status: 503, name: 'StatementTimeoutError' } },
    { status: 'fulfilled', value: true },
  ]);
}, 60_000);

it('a desk that freezes within a transaction does not keep others from suppressing', async () => {
  const frozen = await openDatabase({ url: postgres.url });
  await frozen.query('select 1');
  const freezing = frozen
    .transaction(async (query) => {
      await query('update suppression_sequence set position = position');
      await delay(12_000);
    })
    .catch(() => undefined);
  await delay(200);
  const store = createStore(database);
  const began = performance.now();
  while (!(await store(unknownUser({ recipient: 'new@example.com' })).catch(() => false)));
  expect(performance.now() - began).toBeLessThan(11_000);
  await freezing;
  await frozen.close();
}, 60_000);

it('transactions that block each other both happen', async () => {
  await database.query('insert into desk_schema values (101), (102)');
  const update = (first: number, second: number) =>
    database.transaction(async (query) => {
      await query('update desk_schema set version = version where version = $1', [first]);
      await query('select pg_sleep(0.3)');
      await query('update desk_schema set version = version where version = $1', [second]);
    });
  await Promise.all([update(101, 102), update(102, 101)]);
  await database.query('delete from desk_schema where version > 100');
});

it('locks and notifications of others neither keep a desk from opening nor end it', async () => {
  const other = new pg.Client(postgres.url);
  await other.connect();
  for (const key of [7306085264, 7306085265, 7306085266]) {
    await other.query('select pg_advisory_lock($1::bigint)', [key]);
  }
  const second = await startDesk({ DATABASE_URL: postgres.url });
  expect((await fetch(`${second.url}/healthz`)).status).toBe(200);
  await runOn(postgres.url, "notify failure_reports, 'no JSON'");
  expect((await fetch(`${second.url}/state`)).status).toBe(200);
  expect(await second.end('SIGTERM')).toBe(0);
  await other.end();
});
