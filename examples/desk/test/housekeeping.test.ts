import pg from 'pg';
import pino from 'pino';
import { afterAll, beforeAll, beforeEach, expect, it, onTestFinished, vi } from 'vitest';
import { type Database, openDatabase } from '../database/database.js';
import { keepHouse } from '../maintenance.js';
import { createStore } from '../reports/store.js';
import { compareCounters, describeEach } from './databases.js';
import { createPostgres, type PostgresServer } from './postgres.js';
import { until } from './processes.js';
import { tooMany, unknownUser } from './reports.js';

const log = pino({ level: 'silent' });
const ids = async (database: Database) =>
  (await database.query<{ id: string }>('select id from failure_reports order by id')).map(
    ({ id }) => id,
  );
const age = (database: Database, id: string, days: number) =>
  database.query(
    'update failure_reports set received_at = now() - make_interval(days => $2) where id = $1',
    [id, days],
  );

describeEach('what a desk does by itself', (given) => {
  beforeEach(async () => {
    const { database } = given();
    await database.query('truncate failure_reports, suppressions, cleared_keys');
    await createStore(database)(unknownUser({ id: 'old' }));
    await createStore(database)(tooMany({ id: 'young' }));
    await age(database, 'old', 8);
    await age(database, 'young', 6);
  });

  it('is to add up, to index, and to delete what has had its time, but not the numbers', async () => {
    const { database } = given();
    const house = keepHouse(database, { log, keepDays: 7 });
    await until(async () => (await ids(database)).length === 1);
    await until(async () => (await database.query('select from count_deltas')).length === 0);
    await house.stop();
    expect(await ids(database)).toEqual(['young']);
    const days = (await compareCounters(database)).counted.filter((row) =>
      JSON.stringify(row).includes('"domain_counts","seconds":86400'),
    );
    expect(days).toHaveLength(2);
    expect(await database.query('select from suppressions')).toHaveLength(1);
    const [index] = await database.query("select to_regclass('reports_by_tag') as name");
    expect(index).toMatchObject({ name: 'reports_by_tag' });
  });

  it('leaves all reports where nothing is said about how long to keep them', async () => {
    const { database } = given();
    const house = keepHouse(database, { log });
    await until(async () => (await database.query('select from count_deltas')).length === 0);
    await house.stop();
    expect(await ids(database)).toEqual(['old', 'young']);
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

it.each([
  ['deletes old reports', 'select clear_reports(now() + interval $$1 day$$, 500)'],
  ['adds to the counters', 'select fold_counts(5000)'],
])('no report waits while another process %s and has not committed', async (_, statement) => {
  const store = createStore(database);
  await Promise.all([store(unknownUser()), store(tooMany())]);
  const other = new pg.Client(postgres.url);
  await other.connect();
  await other.query('begin');
  await other.query(statement);
  expect(await store(unknownUser())).toBe(true);
  expect(await store(tooMany())).toBe(true);
  await other.query('commit');
  await other.end();
  const { kept, counted } = await compareCounters(database);
  // The deleted reports stay counted, so the counters say at least what the table says.
  expect(counted.length).toBeGreaterThanOrEqual(kept.length);
});

it('deletes by the clock of the database, not by that of the desk', async () => {
  await database.query('truncate failure_reports');
  const store = createStore(database);
  await store(tooMany({ id: 'old' }));
  await age(database, 'old', 8);
  await store(tooMany({ id: 'young' }));
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 30 * 86_400_000 });
  onTestFinished(() => void vi.useRealTimers());
  const house = keepHouse(database, { log, keepDays: 7 });
  await expect.poll(() => ids(database), { timeout: 30_000 }).not.toContain('old');
  await house.stop();
  expect(await ids(database)).toEqual(['young']);
});

it('goes on after the database was down', async () => {
  await createStore(database)(tooMany());
  await postgres.stop();
  const house = keepHouse(database, { log });
  await postgres.start();
  await until(async () => {
    const rows = await database.query('select from count_deltas').catch(() => ['down']);
    return rows.length === 0;
  });
  await house.stop();
});
