import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import pino from 'pino';
import { afterAll, beforeAll, beforeEach, expect, it, onTestFinished, vi } from 'vitest';
import type { Database } from '../database/driver.js';
import { openDatabase } from '../database/open.js';
import { startMaintenance } from '../maintenance.js';
import { deleteExpiredReports } from '../reports/delete-expired.js';
import { createStore } from '../reports/store.js';
import { countByStep } from '../statistics/numbers.js';
import { rollUp } from '../statistics/rollup.js';
import { removeSuppression } from '../suppressions/edit.js';
import { describeEach, moveRollupBack, storedIds } from './databases.js';
import { clear } from './in-process.js';
import { createPostgres, type PostgresServer } from './postgres.js';
import { until } from './processes.js';
import { tooMany, unknownUser } from './reports.js';

const DAY_MS = 86_400_000;
const log = pino({ level: 'silent' });

const age = (database: Database, id: string, days: number) =>
  database.query(
    `update failure_reports set received_at = now() - make_interval(days => $2)
     where report->>'id' = $1`,
    [id, days],
  );

describeEach('the maintenance', (given) => {
  beforeEach(async () => {
    const { database } = given();
    await clear(database);
    await createStore(database)(unknownUser({ id: 'old' }));
    await createStore(database)(tooMany({ id: 'young' }));
    await age(database, 'old', 8);
    await age(database, 'young', 6);
    await moveRollupBack(database, 24 * 9);
  });

  it('counts finished hours, and deletes expired reports without their numbers and suppressions', async () => {
    const { database } = given();
    await rollUp(database);
    const before = new Date(Date.now() - 7 * DAY_MS);
    expect(await deleteExpiredReports(database, before, { graceMs: 0 })).toBe(1);
    expect(await storedIds(database)).toEqual(['young']);
    const { counts } = await countByStep(database, 'month');
    expect(counts.map(({ count }) => count)).toEqual([1, 1]);
    expect(await database.query('select from suppressions')).toHaveLength(1);
  });

  it('deletes nothing that is not counted yet', async () => {
    const { database } = given();
    expect(await deleteExpiredReports(database, new Date(), { graceMs: 0 })).toBe(0);
    expect(await storedIds(database)).toEqual(['old', 'young']);
  });

  it('keeps the key of a report whose address was taken off the list: it recognizes a duplicate', async () => {
    const { database } = given();
    await rollUp(database);
    await removeSuppression(database, 'jane@example.com', 'she called');
    await deleteExpiredReports(database, new Date(Date.now() - DAY_MS), { graceMs: 0 });
    expect(await storedIds(database)).toEqual([]);
    expect(await createStore(database)(unknownUser({ id: 'old' }))).toBe(false);
    expect(await createStore(database)(tooMany({ id: 'other' }))).toBe(true);
    expect(await database.query('select from suppressions')).toEqual([]);
  });

  it('runs by itself, and keeps all reports if no days are set', async () => {
    const { database } = given();
    const maintenance = startMaintenance(database, { log });
    await until(
      async () =>
        (await database.query('select from total_counts where bucket_seconds = 3600')).length === 2,
    );
    await maintenance.stop();
    expect(await storedIds(database)).toEqual(['old', 'young']);
  });
});

let postgres: PostgresServer;
let database: Database;

beforeAll(async () => {
  postgres = await createPostgres();
  database = await openDatabase({ url: postgres.url });
  await database.query('select 1');
});
afterAll(async () => {
  await database?.close();
  await postgres?.remove();
});

it('a duplicate that is being stored while its report is deleted puts no address back', async () => {
  await clear(database);
  const store = createStore(database);
  const [expired, ...others] = Array.from({ length: 20 }, (_, n) =>
    unknownUser({ id: `m${n}`, recipient: `customer-${n}@example.com` }),
  );
  if (!expired) throw new Error('no report');
  await Promise.all([expired, ...others].map((report) => store(report)));
  await removeSuppression(database, expired.recipient, 'a mistake');
  await age(database, expired.id, 9);
  await moveRollupBack(database, 24 * 10);
  await rollUp(database);

  // Another transaction holds up the statement that stores the duplicate, after its snapshot was taken.
  const [held] = await database.query<{ id: string }>(
    `select report->>'id' as id from failure_reports
     where dedup_key < (select dedup_key from failure_reports where report->>'id' = $1) limit 1`,
    [expired.id],
  );
  const blocking = others.find(({ id }) => id === held?.id);
  if (!blocking) throw new Error('no key comes before that of the expired report');
  const other = new pg.Client(postgres.url);
  await other.connect();
  await other.query('begin');
  await other.query("delete from failure_reports where report->>'id' = $1", [blocking.id]);
  const storing = Promise.all([blocking, expired].map((report) => store(report)));
  await until(async () => {
    const waiting = await database.query(
      "select from pg_stat_activity where wait_event_type = 'Lock'",
    );
    return waiting.length === 1;
  });

  const deletion = deleteExpiredReports(database, new Date(), { graceMs: 1000 });
  await until(async () => (await database.query('select from deleted_report_keys')).length === 1);
  await delay(300);
  await other.query('rollback');
  await other.end();
  expect(await storing).toEqual([false, false]);
  expect(await deletion).toBe(1);
  expect(await store(expired)).toBe(false);
  const suppressed = await database.query('select from suppressions where address = $1', [
    expired.recipient,
  ]);
  expect(suppressed).toEqual([]);
});

it.each([
  ['deletes reports', "delete from failure_reports where category = 'technical'"],
  ['rolls an hour up', 'select rolled_up_to from rollup_progress for update'],
])('no report waits while another desk %s and has not committed', async (_, statement) => {
  const store = createStore(database);
  const other = new pg.Client(postgres.url);
  await other.connect();
  await other.query('begin');
  await other.query(statement);
  expect(await store(unknownUser())).toBe(true);
  expect(await store(tooMany())).toBe(true);
  await other.query('commit');
  await other.end();
});

it('reports expire by the clock of the database, not by that of the desk', async () => {
  await clear(database);
  for (const id of ['old', 'young']) await createStore(database)(tooMany({ id }));
  await age(database, 'old', 8);
  await moveRollupBack(database, 24 * 9);
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 30 * DAY_MS });
  onTestFinished(() => void vi.useRealTimers());
  const maintenance = startMaintenance(database, { log, keepDays: 7, graceMs: 0 });
  await expect.poll(() => storedIds(database), { timeout: 30_000 }).not.toContain('old');
  await maintenance.stop();
  expect(await storedIds(database)).toEqual(['young']);
});

it('the maintenance goes on after the database was down', async () => {
  await clear(database);
  await moveRollupBack(database, 2);
  await postgres.stop();
  const maintenance = startMaintenance(database, { log });
  await postgres.start();
  await until(async () => {
    const rows = await database
      .query("select from rollup_progress where rolled_up_to > now() - interval '1 hour'")
      .catch(() => []);
    return rows.length === 1;
  });
  await maintenance.stop();
});
