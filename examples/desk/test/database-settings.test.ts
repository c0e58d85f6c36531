import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import { type Database, DatabaseUnavailableError, openDatabase } from '../database/database.js';
import { findReports } from '../reports/reports.js';
import { createStore } from '../reports/store.js';
import { findState } from '../statistics/overview.js';
import { createPostgres, type PostgresServer, runOn } from './postgres.js';
import { unknownUser } from './reports.js';

const CREATE = 'create database other';
const DROP = 'drop database other with (force)';

let postgres: PostgresServer;

beforeAll(async () => {
  postgres = await createPostgres();
}, 60_000);
afterAll(() => postgres?.remove());

/** Opens a database beside the one that the server has; gone after the test. */
async function openOther(setting?: string): Promise<Database> {
  await runOn(postgres.url, CREATE);
  if (setting) await runOn(postgres.url, `alter database other set ${setting}`);
  const database = await openDatabase({ url: postgres.url.replace(/\/postgres$/, '/other') });
  onTestFinished(async () => {
    await database.close();
    await runOn(postgres.url, DROP);
  });
  return database;
}

it.each([
  "datestyle to 'German, DMY'",
  "timezone to 'Asia/Kathmandu'",
  'standard_conforming_strings to off',
  'default_transaction_isolation to serializable',
  'statement_timeout to 100',
])('a database with other defaults works the same: %s', async (setting) => {
  const database = await openOther(setting);
  const store = createStore(database);
  const before = Date.now();
  await store(unknownUser());
  await Promise.all(
    Array.from({ length: 20 }, (_, n) =>
      createStore(database)(unknownUser({ recipient: `a@${n}` })),
    ),
  );
  const { reports } = await findReports(database, {}, 100);
  expect(reports).toHaveLength(21);
  const { oldest } = await findState(database);
  for (const time of [oldest, reports[0]?.receivedAt]) {
    expect(time).toBeInstanceOf(Date);
    expect(Math.abs(Number(time) - before)).toBeLessThan(60_000);
  }
  await database.withoutHurry(async (query) => {
    await query('select pg_sleep(0.3)');
  });
});

it('a database that is made anew under a running desk gets its tables again', async () => {
  const database = await openOther();
  const store = createStore(database);
  await store(unknownUser({ id: 'before' }));
  await runOn(postgres.url, DROP);
  await expect(store(unknownUser())).rejects.toThrow(DatabaseUnavailableError);
  await runOn(postgres.url, CREATE);
  await expect(store(unknownUser())).rejects.toThrow(DatabaseUnavailableError);
  expect(await store(unknownUser({ id: 'after' }))).toBe(true);
  const { reports } = await findReports(database, {});
  expect(reports.map(({ report }) => report.id)).toEqual(['after']);
});
