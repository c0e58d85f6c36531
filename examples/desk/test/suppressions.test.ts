import { setImmediate as turn } from 'node:timers/promises';
import { beforeEach, expect, it } from 'vitest';
import type { Database } from '../database/driver.js';
import { findAddress } from '../reports/address-history.js';
import { deleteAddress } from '../reports/delete-address.js';
import { deleteExpiredReports } from '../reports/delete-expired.js';
import { createStore } from '../reports/store.js';
import { check, suppressionsSchema } from '../routes/requests.js';
import { changesOf, findChanges } from '../suppressions/changes.js';
import { addSuppressions, removeSuppression } from '../suppressions/edit.js';
import {
  allSuppressions,
  countSuppressions,
  findListed,
  findSuppression,
  findSuppressions,
} from '../suppressions/list.js';
import { describeEach } from './databases.js';
import { clear } from './in-process.js';
import { until } from './processes.js';
import { tooMany, unknownUser } from './reports.js';

const JANE = 'jane@example.com';
type Save = Parameters<ReturnType<typeof createStore>>;

describeEach('the suppressions', (given) => {
  let database: Database;
  const save = (...[report, circumstances]: Save) => createStore(database)(report, circumstances);
  const add = (address: string, note?: string) =>
    addSuppressions(database, [{ address, note }], 'hand');
  const remove = () => removeSuppression(database, JANE, 'Mended');
  const isSuppressed = async () => (await findSuppression(database, JANE)) !== null;
  const history = async () =>
    (await changesOf(database, JANE)).map(({ change, source }) => `${change} by ${source}`);
  /** Deletes all reports as KEEP_DAYS does. */
  async function expire() {
    await database.query("update failure_reports set received_at = now() - interval '2 days'");
    return deleteExpiredReports(database, new Date(), { graceMs: 0 });
  }

  beforeEach(async () => {
    ({ database } = given());
    await clear(database);
  });

  it('name the report that led to one', async () => {
    await save(unknownUser());
    const { suppression, changes, reports } = await findAddress(database, 'jane@EXAMPLE.com');
    const [serial] = reports.map((report) => report.serial);
    expect(suppression).toMatchObject({ source: 'report', reason: 'invalid-address', note: null });
    expect(suppression?.report).toBe(serial);
    expect(changes).toMatchObject([{ change: 'suppressed', report: serial }]);
  });

  it('change neither by a test, nor by a report without an address', async () => {
    await save(unknownUser(), { test: true });
    await save(unknownUser({ recipient: ' \t' }));
    expect(await findSuppressions(database)).toEqual({ suppressions: [], next: null, total: 0 });
    expect(await database.query('select from suppression_changes')).toEqual([]);
  });

  it('let a person remove an address; the history keeps the reason', async () => {
    await save(unknownUser());
    expect(await removeSuppression(database, ' jane@Example.com', 'A new one \udfff')).toBe(true);
    expect(await isSuppressed()).toBe(false);
    expect(await remove()).toBe(false);
    const [last] = await changesOf(database, JANE);
    expect(last).toMatchObject({ change: 'taken off', note: 'A new one \ufffd' });
    expect(await history()).toEqual(['taken off by hand', 'suppressed by report']);
  });

  it('keep a removed address off until another report suppresses it', async () => {
    const old = unknownUser();
    await save(old);
    await remove();
    const desks = await Promise.all([given().another(), given().another()]);
    await Promise.all(desks.map((desk) => createStore(desk)({ ...old, time: 1_800_000_000 })));
    expect(await isSuppressed()).toBe(false);
    await save(unknownUser());
    expect(await history()).toEqual([
      'suppressed by report',
      'taken off by hand',
      'suppressed by report',
    ]);
  });

  it.each([
    ['before', [remove, expire]],
    ['after', [expire, remove]],
  ])('keep an address off that was removed %s its old report was deleted', async (_, steps) => {
    const old = unknownUser();
    await save(old);
    const outcomes = [];
    for (const step of steps) outcomes.push(await step());
    expect(outcomes.map(Number)).toEqual([1, 1]);
    expect(await save(old)).toBe(false);
    expect(await isSuppressed()).toBe(false);
  });

  it('need no key of a deleted report whose address was never on the list', async () => {
    await save(tooMany());
    expect(await expire()).toBe(1);
    expect(await database.query('select from deleted_report_keys')).toEqual([]);
  });

  it('keep an address that a person added, under the first reason', async () => {
    expect(await add('Jane@example.com', 'Asked')).toBe(1);
    // The database does not hold half a surrogate pair.
    expect(await add(JANE, 'She asked \udfff \u{1f600}')).toBe(1);
    expect(await add(JANE, 'She asked again')).toBe(0);
    await save(unknownUser());
    expect(await findSuppression(database, JANE)).toMatchObject({
      ...{ source: 'hand', reason: 'by hand', note: 'She asked \ufffd \u{1f600}', report: null },
    });
    expect(await history()).toEqual(['suppressed by hand']);
  });

  it('are searched, counted and paged through, newest first', async () => {
    const names = Array.from({ length: 7 }, (_, n) => `Person-${n}@example.com`);
    for (const name of names) await add(name);
    await add('other@example.org');
    const seen: string[] = [];
    let before: string | undefined;
    do {
      const page = await findSuppressions(database, { search: 'PERSON-', before }, 3);
      expect(page.total).toBe(8);
      seen.push(...page.suppressions.map(({ address }) => address));
      before = page.next ?? undefined;
    } while (before);
    expect(seen).toEqual(names.reverse());
    expect(await countSuppressions(database, 'person')).toEqual({ count: 7, exact: true });
    expect(await countSuppressions(database, 'person_')).toEqual({ count: 0, exact: true });
    const all: string[] = [];
    for await (const { address } of allSuppressions(database, 3)) all.push(address);
    expect(all).toEqual([...names.reverse(), 'other@example.org']);
  });

  it('are paged through by the microsecond, and at most 1,000 are counted', async () => {
    await database.query(
      `insert into suppressions (address, reason, since, source)
       select n || '@example.com', 'import', '2026-01-31T12:00:00Z'::timestamptz
         + make_interval(secs => n / 1e6), 'import' from generate_series(1, 1000) as n`,
    );
    expect(await countSuppressions(database, 'example')).toEqual({ count: 1000, exact: true });
    await add('one.more@example.com');
    expect(await countSuppressions(database, 'example')).toEqual({ count: 1000, exact: false });
    const first = await findSuppressions(database, {}, 3);
    const second = await findSuppressions(database, { before: first.next ?? '' }, 2);
    expect(second.suppressions.map(({ address }) => address)).toEqual([
      '998@example.com',
      '997@example.com',
    ]);
    // The route takes the cursor of the longest address.
    await add('x'.padEnd(320, '\u6f22'));
    const { next } = await findSuppressions(database, {}, 1);
    expect(check(suppressionsSchema, { before: next })).toMatchObject({ before: next });
  });

  it('tell which of several addresses are on the list, as they are written', async () => {
    await add(JANE);
    await add('a{"b},\\@x.org');
    const asked = ['john@example.com', JANE, 'Jane@example.com', 'a{"b},\\@x.org'];
    const found = (await findListed(database, asked)).filter(({ isListed }) => isListed);
    expect(found.map(({ address }) => address).sort()).toEqual(['a{"b},\\@x.org', JANE]);
    expect(await findListed(database, asked)).toHaveLength(4);
  });

  it('are looked up in other capitals if they are not known as they are written', async () => {
    await save(tooMany({ recipient: 'jane@example.com' }));
    const jane = { address: 'jane@example.com', asked: 'Jane@example.com', similar: [] };
    expect(await findAddress(database, 'Jane@Example.COM')).toMatchObject(jane);
    expect(await findAddress(database, '"J." <Jane@example.com>')).toMatchObject(jane);
    expect((await findAddress(database, 'JANE@example.com')).reports).toHaveLength(1);
    await add('bob@example.com');
    await removeSuppression(database, 'bob@example.com', 'He asked');
    expect((await findAddress(database, 'BOB@example.com')).changes).toHaveLength(2);
    expect(await findAddress(database, '_ane@example.com')).toMatchObject({ reports: [] });
  });

  it('are looked up and deleted as they are written, however many reports other capitals have', async () => {
    const save = createStore(database);
    const many = Array.from({ length: 1001 }, () => save(unknownUser({ recipient: 'Jane@x.org' })));
    await Promise.all(many);
    await save(tooMany({ recipient: 'jane@x.org' }));
    const similar = [{ address: 'Jane@x.org', suppressed: true }];
    expect(await findAddress(database, 'jane@x.org')).toMatchObject({
      address: 'jane@x.org',
      similar,
    });
    expect(await deleteAddress(database, 'jane@x.org', false)).toMatchObject({
      ...{ address: 'jane@x.org', reports: 1 },
    });
  });

  it('are told apart if several differ in capitals only', async () => {
    await add('JANE.DOE@shop.example');
    await save(tooMany({ recipient: 'Jane.Doe@shop.example' }));
    const upper = { address: 'JANE.DOE@shop.example', suppressed: true };
    const mixed = { address: 'Jane.Doe@shop.example', suppressed: false };
    const asked = 'jane.doe@shop.example';
    expect(await findAddress(database, 'jane.doe@SHOP.example')).toMatchObject({
      ...{ address: asked, asked, suppression: null, reports: [], similar: [upper, mixed] },
    });
    expect(await findAddress(database, mixed.address)).toMatchObject({
      ...{ asked: mixed.address, suppression: null, similar: [upper] },
    });
    const outcome = { reports: 0, suppression: 'none', similar: [upper.address, mixed.address] };
    expect(await deleteAddress(database, asked, false)).toEqual({ address: asked, ...outcome });
    expect(await deleteAddress(database, mixed.address, false)).toEqual({
      ...{ address: mixed.address, reports: 1, suppression: 'none', similar: [upper.address] },
    });
    // Now only one is left. A repeated request must not delete that one instead.
    const again = { reports: 0, suppression: 'none', similar: [upper.address] };
    expect(await deleteAddress(database, mixed.address, false)).toMatchObject(again);
    expect(await deleteAddress(database, asked, false)).toEqual({ address: asked, ...again });
    expect((await findAddress(database, asked)).address).toBe(upper.address);
  });

  it.each([true, false])('forget a person; the suppression stays if wanted: %s', async (keep) => {
    const jane = { recipient: 'Jane@Example.COM', description: 'No jane here' };
    await save(unknownUser(jane));
    const variables = { id: 'x', note: 'jane' };
    const many = Array.from({ length: 600 }, () => unknownUser({ recipient: 'Jane@example.com' }));
    const store = createStore(database);
    await Promise.all(many.map((report) => store(report, { variables })));
    await removeSuppression(database, 'Jane@example.com', 'jane called');
    await save(unknownUser(jane));
    await save(unknownUser({ recipient: 'john@example.org' }));
    const suppression = keep ? 'kept' : 'deleted';
    const outcome = await deleteAddress(database, ' Jane@example.COM', keep);
    const forgotten = { address: 'Jane@example.com', reports: 602, suppression, similar: [] };
    expect(outcome).toEqual(forgotten);
    const traces: string[] = [];
    const tables = await database.query<{ name: string }>(
      "select table_name as name from information_schema.tables where table_schema = 'public'",
    );
    for (const { name } of tables) {
      const rows = await database.query(`select from ${name} as t where t::text ilike '%jane%'`);
      if (rows.length > 0) traces.push(`${name}: ${rows.length}`);
    }
    expect(traces.sort()).toEqual(keep ? ['suppression_changes: 1', 'suppressions: 1'] : []);
    expect((await findSuppressions(database)).total).toBe(keep ? 2 : 1);
    const kept = { description: null, note: null, report: null };
    const left = await findSuppression(database, 'Jane@example.com');
    expect(left).toEqual(keep ? expect.objectContaining(kept) : null);
    expect(await findSuppression(database, 'john@example.org')).not.toBe(null);
    expect(await deleteAddress(database, 'nobody@example.com', keep)).toMatchObject({
      ...{ reports: 0, suppression: 'none' },
    });
  });

  it('keep no text of an import after a deletion that leaves the suppression', async () => {
    const address = 'jane@example.com';
    await addSuppressions(database, [{ address, note: 'Jane called 06-12345678' }], 'import');
    await deleteAddress(database, address, true);
    const left = { reason: 'import', note: null };
    expect(await findSuppression(database, address)).toMatchObject(left);
    expect(await changesOf(database, address)).toMatchObject([left]);
  });

  it('keep a removed address off after its deletion, though an old report is repeated', async () => {
    const [expired, deleted] = [unknownUser(), unknownUser()];
    await save(expired);
    await expire();
    await save(deleted);
    await deleteAddress(database, JANE, true);
    await remove();
    for (const old of [expired, deleted]) expect(await save(old)).toBe(false);
    expect(await isSuppressed()).toBe(false);
    await save(unknownUser());
    expect(await isSuppressed()).toBe(true);
    await deleteAddress(database, JANE, false);
    expect(await database.query('select from deleted_report_keys')).toEqual([]);
  });

  /** Reads on from a cursor, a few at a time, to the end. */
  async function follow(start: string, seen: string[]): Promise<string> {
    let cursor = start;
    for (let more = true; more; ) {
      const page = await findChanges(database, cursor, 5);
      seen.push(...page.changes.map(({ change, address }) => `${address} ${change}`));
      ({ cursor, more } = page);
    }
    return cursor;
  }

  it('tell no change of a transaction that is rolled back, and leave no gap for it', async () => {
    const undone = database.transaction(async (query) => {
      await addSuppressions({ ...database, query }, [{ address: 'undone@x.org' }], 'hand');
      throw new Error('undone');
    });
    await expect(undone).rejects.toThrow();
    await save(unknownUser());
    const { changes } = await findChanges(database, '0', 10);
    expect(changes).toMatchObject([{ address: JANE, position: '1' }]);
  });

  it('tell each change once and in order, while several desks write', async () => {
    const desks = await Promise.all(Array.from({ length: 4 }, () => given().another()));
    const people = Array.from({ length: 6 }, (_, n) => `person-${n}@example.com`);
    let writing = true;
    const writers = desks.map(async (desk, index) => {
      const store = createStore(desk);
      for (let round = 0; round < 30; round += 1) {
        const address = people[(round * (index + 1)) % people.length] as string;
        if ((round + index) % 3 === 0) await removeSuppression(desk, address, 'round');
        else {
          const reports = people.slice(index).map((recipient) => unknownUser({ recipient }));
          await Promise.all(reports.map((report) => store(report)));
        }
      }
    });
    const seen: string[] = [];
    const reader = (async () => {
      let cursor = '0';
      while (writing) {
        cursor = await follow(cursor, seen);
        // The embedded database never leaves this turn of the event loop; the writers must.
        await turn();
      }
      await follow(cursor, seen);
    })();
    await Promise.all(writers);
    writing = false;
    await reader;
    const again: string[] = [];
    await follow('0', again);
    expect(seen).toEqual(again);
    expect(seen.length).toBeGreaterThan(50);
    // An address is on and off in turn, and its last change is how it is now.
    const { suppressions, total } = await findSuppressions(database, { search: 'person-' });
    expect(total).toBe(suppressions.length);
    for (const address of people) {
      const own = seen.filter((change) => change.startsWith(`${address} `));
      const turns = own.map((_, n) => `${address} ${n % 2 === 0 ? 'suppressed' : 'taken off'}`);
      expect(own).toEqual(turns);
      const listed = suppressions.some((suppression) => suppression.address === address);
      expect(listed).toBe(own.length % 2 === 1);
    }
  });

  it('tell the changes of a transaction that commits late after those before it', async () => {
    const [late, other] = await Promise.all([given().another(), given().another()]);
    // The embedded database runs one transaction at a time, so none can commit late.
    if (late === database) return;
    const seen: string[] = [];
    let [cursor, next] = ['0', Promise.resolve(false)];
    await late.transaction(async (query) => {
      // It draws numbers early: its serial and its transaction id are lower than those of the next.
      await createStore({ ...late, query })(tooMany({ recipient: 'late@example.com' }));
      await save(unknownUser({ recipient: 'early@example.com' }));
      cursor = await follow(cursor, seen);
      expect(seen).toEqual(['early@example.com suppressed']);
      await addSuppressions({ ...late, query }, [{ address: 'late@example.com' }], 'hand');
      // Until it commits, it holds the last number, so another change waits for it.
      next = createStore(other)(unknownUser({ recipient: 'next@example.com' }));
      await until(async () => {
        const waiting = await database.query(
          "select from pg_stat_activity where wait_event_type = 'Lock'",
        );
        return waiting.length === 1;
      });
      expect(await follow(cursor, seen)).toBe(cursor);
    });
    expect(await next).toBe(true);
    await follow(cursor, seen);
    expect(seen.slice(1)).toEqual(['late@example.com suppressed', 'next@example.com suppressed']);
  });
});
