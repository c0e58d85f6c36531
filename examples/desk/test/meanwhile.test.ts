import { readFile } from 'node:fs/promises';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { catchUp } from '../database/counting.js';
import { type Database, openDatabase } from '../database/database.js';
import { createStore } from '../reports/store.js';
import { deleteAddress, findAddress } from '../suppressions/addresses.js';
import { changesOf } from '../suppressions/changes.js';
import { takeOff } from '../suppressions/edit.js';
import { findSuppressions } from '../suppressions/list.js';
import { createPostgres, type PostgresServer, runOn } from './postgres.js';
import { until } from './processes.js';
import { unknownUser } from './reports.js';

const JANE = 'jane@example.com';

let postgres: PostgresServer;
let database: Database;
/** Holds a transaction open. */
let other: pg.Client;

beforeAll(async () => {
  postgres = await createPostgres();
  const earlier = await readFile(new URL('earlier-version.sql', import.meta.url), 'utf8');
  await runOn(postgres.url, earlier);
  database = await openDatabase({ url: postgres.url });
  await database.query('select 1');
});
beforeEach(async () => {
  other = new pg.Client(postgres.url);
  await other.connect();
  await other.query('begin');
});
afterEach(() => other.end());
afterAll(async () => {
  await database?.close();
  await postgres?.remove();
});

async function waiting(count: number): Promise<void> {
  await until(async () => {
    const rows = await database.query(
      "select from pg_stat_activity where wait_event_type = 'Lock' and datname is not null",
    );
    return rows.length >= count;
  });
}

async function expectTrueTotal(): Promise<void> {
  const { suppressions, total } = await findSuppressions(database, {}, 1000);
  expect(total).toBe(suppressions.length);
}

it('what is taken off or deleted while it is numbered is counted once', async () => {
  await other.query('select number_older_suppressions(5)');
  const off = takeOff(database, 'Person60@domain0.example', 'Mended');
  const deletion = deleteAddress(database, 'Person58@domain1.example', false);
  await waiting(2);
  await other.query('commit');
  expect(await off).toBe(true);
  expect(await deletion).toMatchObject({ suppression: 'deleted' });
  await catchUp(database, undefined, 5);
  await expectTrueTotal();
  expect(await changesOf(database, 'Person58@domain1.example')).toEqual([]);
  expect(await changesOf(database, 'Person60@domain0.example')).toMatchObject([
    { change: 'taken off' },
    { change: 'suppressed' },
  ]);
});

it('what is deleted before it is numbered leaves no trace', async () => {
  await database.query(
    `insert into suppression_backlog
     select 0, now() - interval '1 minute', '-infinity', '' from suppression_feed`,
  );
  await database.query("delete from suppression_changes where address = 'Person2@domain2.example'");
  await database.query('update suppression_feed set suppressed = suppressed - 1');
  await other.query("select forget_address('Person2@domain2.example', false)");
  const numbered = catchUp(database);
  await waiting(1);
  await other.query('commit');
  await numbered;
  expect(await changesOf(database, 'Person2@domain2.example')).toEqual([]);
  await expectTrueTotal();
});

it('of an address that is deleted while a report comes either nothing stays or both', async () => {
  const store = createStore(database);
  await store(unknownUser());
  await other.query('select from suppressions where address = $1 for share', [JANE]);
  const deletion = deleteAddress(database, JANE, false);
  await waiting(1);
  const stored = store(unknownUser());
  await Promise.race([stored, waiting(2)]);
  await other.query('commit');
  await Promise.all([deletion, stored]);
  const { reports, suppression, changes } = await findAddress(database, JANE);
  expect(suppression?.report).toBe(reports[0]?.serial);
  expect(changes.map(({ report }) => report)).toEqual(reports.map(({ serial }) => serial));
  await expectTrueTotal();
});

it('an address may be deleted again and again while desks store its reports', async () => {
  const desks = await Promise.all([1, 2].map(() => openDatabase({ url: postgres.url })));
  let deleting = true;
  const writers = desks.map(async (desk) => {
    const store = createStore(desk);
    const addresses = [JANE, 'john@example.com', JANE];
    while (deleting)
      await Promise.all(addresses.map((recipient) => store(unknownUser({ recipient }))));
  });
  for (let round = 0; round < 200; round += 1) {
    await deleteAddress(database, JANE, false);
    const [row] = await database.query<{ reports: boolean; suppressed: boolean }>(
      `select exists (select from failure_reports where recipient = $1) as reports,
         exists (select from suppressions where address = $1) as suppressed`,
      [JANE],
    );
    expect(row?.suppressed).toBe(row?.reports);
  }
  deleting = false;
  await Promise.all(writers);
  await Promise.all(desks.map((desk) => desk.close()));
  await expectTrueTotal();
});
