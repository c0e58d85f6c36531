import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Database, openDatabase } from '../database/database.js';
import { createStore } from '../reports/store.js';
import { findChanges } from '../suppressions/changes.js';
import { takeOff } from '../suppressions/edit.js';
import { findSuppressions } from '../suppressions/list.js';
import { createPostgres, type PostgresServer } from './postgres.js';
import { until } from './processes.js';
import { unknownUser } from './reports.js';

let postgres: PostgresServer;
let database: Database;

beforeAll(async () => {
  postgres = await createPostgres();
  database = await openDatabase({ url: postgres.url });
  await database.query('select 1');
}, 60_000);
afterAll(async () => {
  await database?.close();
  await postgres?.remove();
});

/** Reads on from a cursor, a few at a time, to the end. */
async function follow(start: string, seen: string[]): Promise<string> {
  let cursor = start;
  for (let more = true; more; ) {
    const read = await findChanges(database, cursor, 5);
    seen.push(...read.changes.map(({ change, address }) => `${address} ${change}`));
    ({ cursor, more } = read);
  }
  return cursor;
}

it('of a transaction that commits late come after those that were committed before', async () => {
  const late = new pg.Client(postgres.url);
  await late.connect();
  await late.query('begin');
  // It draws numbers early: its serial and its transaction id are lower than those of the next.
  await late.query(
    `insert into failure_reports (key, id, recipient, state, severity, category, report)
     values ('late', 'late', 'late@example.com', 'rcptto', 'permanent', 'invalid-address', '{}')`,
  );
  await createStore(database)(unknownUser({ recipient: 'early@example.com' }));
  const seen: string[] = [];
  const cursor = await follow('0', seen);
  expect(seen).toEqual(['early@example.com suppressed']);

  await late.query("insert into suppressions (address, reason) values ('late@example.com', 'x')");
  // From here to its commit it holds the last number, so another change waits for it.
  const next = createStore(database)(unknownUser({ recipient: 'next@example.com' }));
  await until(async () => {
    const [row] = await database.query<{ waiting: number }>(
      "select count(*)::int as waiting from pg_stat_activity where wait_event_type = 'Lock'",
    );
    return row?.waiting === 1;
  });
  expect(await follow(cursor, seen)).toBe(cursor);
  await late.query('commit');
  await late.end();
  await next;
  await follow(cursor, seen);
  expect(seen.slice(1)).toEqual(['late@example.com suppressed', 'next@example.com suppressed']);
});

it('of a transaction that is rolled back do not come at all, and hold nobody up', async () => {
  const given = (await findChanges(database, '0', 1000)).cursor;
  const undone = new pg.Client(postgres.url);
  await undone.connect();
  await undone.query('begin');
  await undone.query("insert into suppressions (address, reason) values ('undone@x.org', 'x')");
  await undone.query('rollback');
  await undone.end();
  await createStore(database)(unknownUser({ recipient: 'after@example.com' }));
  const { changes } = await findChanges(database, given, 10);
  expect(changes.map(({ address }) => address)).toEqual(['after@example.com']);
});

it('are each seen once and in order by whoever follows, while several desks write', async () => {
  const desks = await Promise.all(
    Array.from({ length: 4 }, () => openDatabase({ url: postgres.url })),
  );
  const start = (await findChanges(database, '0', 1000)).cursor;
  let writing = true;
  const people = Array.from({ length: 6 }, (_, n) => `person-${n}@example.com`);
  const writers = desks.map(async (desk, index) => {
    const store = createStore(desk);
    for (let round = 0; round < 60; round += 1) {
      const address = people[(round * (index + 1)) % people.length] as string;
      if ((round + index) % 3 === 0) await takeOff(desk, address, 'round');
      else
        await Promise.all(
          people.slice(index).map((recipient) => store(unknownUser({ recipient }))),
        );
    }
  });
  const seen: string[] = [];
  const reader = (async () => {
    let cursor = start;
    do cursor = await follow(cursor, seen);
    while (writing);
    await follow(cursor, seen);
  })();
  await Promise.all(writers);
  writing = false;
  await reader;
  await Promise.all(desks.map((desk) => desk.close()));

  const again: string[] = [];
  await follow(start, again);
  expect(seen).toEqual(again);
  expect(seen.length).toBeGreaterThan(100);
  // An address is on and off in turn, and what was last is how it is now.
  const { suppressions } = await findSuppressions(database, { search: 'person-' });
  for (const address of people) {
    const own = seen.filter((change) => change.startsWith(`${address} `));
    own.forEach((change, index) => {
      expect(change).toBe(`${address} ${index % 2 === 0 ? 'suppressed' : 'taken off'}`);
    });
    const listed = suppressions.some((suppression) => suppression.address === address);
    expect(listed).toBe(own.length % 2 === 1);
  }
}, 60_000);
