import type { FailureReport } from 'copernica-failures';
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { deferred } from '../../../test/helpers/deferred.js';
import { type Database, DatabaseUnavailableError } from '../database/driver.js';
import { openDatabase } from '../database/open.js';
import { batched } from '../reports/batch.js';
import { createReplayStore } from '../reports/replay-store.js';
import { findReport } from '../reports/report.js';
import { findReports } from '../reports/search.js';
import { createStore } from '../reports/store.js';
import { removeSuppression } from '../suppressions/edit.js';
import { findSuppressions } from '../suppressions/list.js';
import { storedIds } from './databases.js';
import { clear } from './in-process.js';
import { unknownUser as makeReport } from './reports.js';

let database: Database;
let statements = 0;
let store: ReturnType<typeof createStore>;

beforeAll(async () => {
  const opened = await openDatabase({});
  database = {
    ...opened,
    query(...call) {
      statements += 1;
      return opened.query(...call);
    },
  };
  store = createStore(database);
}, 60_000);
afterAll(() => database.close());
beforeEach(async () => {
  await clear(database);
  statements = 0;
});

const unknownUser = (changes: Partial<FailureReport> = {}) => makeReport({ id: '1', ...changes });
const ids = () => storedIds(database);
const newest = async () => {
  const { reports } = await findReports(database, {}, 1);
  return findReport(database, reports[0]?.serial ?? '0');
};
const suppressed = async () =>
  (await findSuppressions(database)).suppressions.map(({ address }) => address);

describe('a stored report', () => {
  it('is kept whole, with all variables that came', async () => {
    await store(unknownUser(), { variables: { id: '1', custom: 'x', tags: { 0: 'newsletter' } } });
    expect(await newest()).toMatchObject({
      report: unknownUser(),
      category: 'invalid-address',
      severity: 'permanent',
      variables: { id: '1', custom: 'x', tags: { 0: 'newsletter' }, code: '550' },
    });
  });

  it('changes nothing when it is delivered again, at once or later', async () => {
    expect(await Promise.all([1, 2, 3].map(() => store(unknownUser())))).toEqual([
      true,
      false,
      false,
    ]);
    expect(await store(unknownUser({ tags: ['other'], time: 1_700_000_000 }))).toBe(false);
    expect(await ids()).toEqual(['1']);
  });

  it.each([
    ['another message', { id: '2' }],
    ['another recipient of the message', { recipient: 'john@example.com' }],
    ['a bounce after a delay', { state: 'bounce' }],
    ['another reply code', { code: 551 }],
    ['another status code', { extended: '5.1.2' }],
    ['another text', { description: 'No such user' }],
  ])('is not taken for %s', async (_, changes) => {
    await store(unknownUser());
    expect(await store(unknownUser(changes))).toBe(true);
  });

  it('may have texts of any length; lists and searches know their beginnings', async () => {
    const long = 'x'.repeat(30_000);
    const tags = [long, ...Array.from({ length: 60 }, (_, n) => `tag-${n}`)];
    const report = unknownUser({
      ...{ id: long, recipient: `${long}@example.com`, state: long, description: long, tags },
    });
    await store(report);
    expect((await newest())?.report).toEqual(report);
    const found = await findReports(database, {
      address: report.recipient,
      state: long,
      tag: long,
    });
    expect(found.reports).toMatchObject([
      { address: 'x'.repeat(320), domain: 'example.com', shortened: true, tagCount: 61 },
    ]);
    expect(JSON.stringify(found).length).toBeLessThan(2000);
    expect(await suppressed()).toEqual([]);
  });

  it('may have a code that is larger than any number of SMTP', async () => {
    await store(unknownUser({ code: 999_999_999_999_999 }));
    expect((await findReports(database, {})).reports).toMatchObject([
      { code: 999_999_999_999_999 },
    ]);
  });
});

describe('a batch of reports', () => {
  it('costs one statement, however many wait', async () => {
    await Promise.all(Array.from({ length: 64 }, (_, id) => store(unknownUser({ id: `${id}` }))));
    expect(statements).toBe(1);
    expect(await ids()).toHaveLength(64);
  });

  it('is stored but for the one that the database refuses', async () => {
    await database.query(
      "alter table failure_reports add constraint bad check (report->>'id' <> 'bad')",
    );
    const outcomes = await Promise.allSettled(
      ['1', '2', 'bad', '3', '4', '5'].map((id) => store(unknownUser({ id }))),
    );
    await database.query('alter table failure_reports drop constraint bad');
    expect(outcomes.map(({ status }) => status.slice(0, 3)).join()).toBe('ful,ful,rej,ful,ful,ful');
    expect(await ids()).toEqual(['1', '2', '3', '4', '5']);
  });

  it('fails as a whole, at once and as a 503, when the database is down', async () => {
    let tries = 0;
    const storeNowhere = batched<number, void>(async () => {
      tries += 1;
      throw new DatabaseUnavailableError(new Error('connection refused'));
    });
    const outcomes = await Promise.allSettled([1, 2, 3].map(storeNowhere));
    expect(outcomes).toMatchObject(Array(3).fill({ status: 'rejected', reason: { status: 503 } }));
    expect(tries).toBe(1);
  });

  it('is refused with a 503 while too many others wait', async () => {
    const never = batched<number, void>(() => new Promise(() => undefined));
    const all = Promise.all(Array.from({ length: 20_000 }, (_, item) => never(item)));
    await expect(all).rejects.toMatchObject({ status: 503 });
  });

  it('refuses an item after it has waited for eight seconds', async () => {
    const clock = vi.spyOn(performance, 'now');
    onTestFinished(() => clock.mockRestore());
    const release = deferred();
    const slow = batched<number, void>(
      async (items) => {
        await release.promise;
        return items.map(() => undefined);
      },
      { maxItems: 1 },
    );
    // Two run, and the third waits.
    const outcomes = Promise.allSettled([1, 2, 3].map(slow));
    await new Promise((resolve) => setImmediate(resolve));
    clock.mockReturnValue(performance.now() + 9000);
    release.resolve();
    expect((await outcomes).map(({ status }) => status)).toEqual([
      'fulfilled',
      'fulfilled',
      'rejected',
    ]);
  });

  it('has a largest number of items and a largest size', async () => {
    const batches: string[][] = [];
    const work = batched<string, void>(
      async (items) => {
        batches.push(items);
        return items.map(() => undefined);
      },
      { maxItems: 3, maxSize: 5, sizeOf: ({ length }) => length },
    );
    await Promise.all(['a', 'b', 'c', 'd', 'eeeeee', 'ff', 'ggg', 'hh'].map(work));
    expect(batches.map((items) => items.join('+'))).toEqual([
      'a+b+c',
      'd',
      'eeeeee',
      'ff+ggg',
      'hh',
    ]);
  });
});

describe('an address', () => {
  it.each<[string, Partial<FailureReport>, boolean?]>([
    ['a temporary failure', { severity: 'temporary', code: 450, extended: '4.1.1' }],
    ['a full mailbox', { extended: '5.2.2', description: 'Mailbox full' }],
    ['a spam verdict', { code: 554, extended: '5.7.1', description: 'Rejected as spam' }],
    ['a test report', {}, true],
  ])('is not suppressed for %s', async (_, changes, test = false) => {
    await store(unknownUser(changes), { test });
    expect(await suppressed()).toEqual([]);
  });

  it('is suppressed with the reason, by the first report that says for good it does not exist', async () => {
    await Promise.all(
      ['1', '2', '3'].map((id) => store(unknownUser({ id, recipient: ' Jane.Doe@Example.COM' }))),
    );
    expect(await findSuppressions(database)).toMatchObject({
      suppressions: [
        { address: 'Jane.Doe@example.com', reason: 'invalid-address', description: 'User unknown' },
      ],
      total: 1,
    });
  });

  it('is suppressed as it is written if it is malformed', async () => {
    await store(unknownUser({ recipient: 'jane doe' }));
    expect(await suppressed()).toEqual(['jane doe']);
  });

  it('that was taken off the list is put back by a new report, not by the same one', async () => {
    await store(unknownUser());
    await removeSuppression(database, 'jane@example.com', 'she called');
    await store(unknownUser());
    expect(await suppressed()).toEqual([]);
    await store(unknownUser({ id: '2' }));
    expect(await suppressed()).toEqual(['jane@example.com']);
  });
});

describe('a delivered call', () => {
  it('is known to every process on the database, until its time is over', async () => {
    const replays = createReplayStore(database);
    await Promise.all([
      replays.set('new', Date.now() + 60_000),
      replays.set('over', Date.now() - 1),
    ]);
    const elsewhere = createReplayStore(database);
    expect(await Promise.all(['new', 'strange'].map((key) => elsewhere.has(key)))).toEqual([
      true,
      false,
    ]);
    await replays.set('next', Date.now() + 60_000);
    expect(await elsewhere.has('over')).toBe(false);
  });
});
