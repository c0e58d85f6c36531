import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import { type Database, DatabaseUnavailableError } from '../database/driver.js';
import { openDatabase } from '../database/open.js';
import { SchemaError } from '../database/schema.js';
import { findReports } from '../reports/search.js';
import { createStore } from '../reports/store.js';
import { createPostgres, type PostgresServer, runOn } from './postgres.js';
import { unknownUser } from './reports.js';

const CREATE = 'create database other';
const DROP = 'drop database other with (force)';

let postgres: PostgresServer;

beforeAll(async () => {
  postgres = await createPostgres();
}, 60_000);
afterAll(() => postgres?.remove());

/** Opens another database on the server. The end of the test drops it. */
async function openOther(setting?: string, options = ''): Promise<Database> {
  await runOn(postgres.url, `${CREATE} ${options}`);
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
  const time = reports[0]?.receivedAt;
  expect(time).toBeInstanceOf(Date);
  expect(Math.abs(Number(time) - before)).toBeLessThan(60_000);
  await database.query('select pg_sleep(0.3)');
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
  expect(reports).toHaveLength(1);
});

it.each([
  ['newer', 'update desk_schema set version = version + 1'],
  ['older', 'update desk_schema set version = version - 1'],
  ['older', 'drop table desk_schema'],
])('a database of a desk that is %s is refused: %s', async (age, change) => {
  const first = await openOther();
  await first.query('select 1');
  await first.query(change);
  const second = await openDatabase({ url: postgres.url.replace(/\/postgres$/, '/other') });
  const opening = second.query('select 1');
  await expect(opening).rejects.toThrow(SchemaError);
  await expect(opening).rejects.toThrow(`by an ${age} version`.replace('an n', 'a n'));
  await second.close();
});

it.each([
  "locale_provider icu icu_locale 'tr-TR' locale 'C'",
  "locale_provider builtin builtin_locale 'C.UTF-8' locale 'C'",
])(
  'a part of an address is found in capitals and small letters, whatever the locale: %s',
  async (locale) => {
    const database = await openOther(undefined, `template template0 ${locale}`);
    const store = createStore(database);
    await store(unknownUser({ recipient: 'INFO.Istanbul@EXAMPLE.com' }));
    await store(unknownUser({ recipient: 'info.izmir@example.com' }));
    for (const recipient of ['info', 'INFO', 'istanbul@', 'IZMIR']) {
      const { reports } = await findReports(database, { recipient });
      expect(reports, recipient).toHaveLength(/^info$/i.test(recipient) ? 2 : 1);
    }
  },
);
