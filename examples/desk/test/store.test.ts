import { Readable } from 'node:stream';
import type { FailureReport } from 'copernica-failures';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Database, DatabaseUnavailableError, openDatabase } from '../database/database.js';
import { inGroups } from '../reports/batch.js';
import { createReplayStore } from '../reports/replay-store.js';
import { findReports } from '../reports/reports.js';
import { createStore } from '../reports/store.js';
import { countReports } from '../statistics/numbers.js';
import { allSuppressions, findSuppressions } from '../suppressions/list.js';

let database: Database;
let statements = 0;
let save: (report: FailureReport) => Promise<unknown>;

beforeAll(async () => {
  const opened = await openDatabase({});
  database = {
    ...opened,
    query(...call) {
      statements += 1;
      return opened.query(...call);
    },
  };
  save = createStore(database);
}, 60_000);
afterAll(() => database.close());
beforeEach(async () => {
  await database.query('delete from failure_reports');
  await database.query('delete from suppressions');
  await database.query('delete from nonces');
  statements = 0;
});

const unknownUser = (changes: Partial<FailureReport> = {}): FailureReport => ({
  id: '1',
  recipient: 'jane@example.com',
  state: 'rcptto',
  code: 550,
  extended: '5.1.1',
  description: 'User unknown',
  tags: ['newsletter'],
  asynchronous: false,
  severity: 'permanent',
  ...changes,
});
const ids = async () =>
  (await database.query<{ id: string }>('select id from failure_reports order by id')).map(
    ({ id }) => id,
  );
const addresses = async () =>
  (await findSuppressions(database)).suppressions.map(({ address }) => address);

describe('a stored report', () => {
  it('is kept whole', async () => {
    await save(unknownUser());
    const { reports } = await findReports(database, {});
    expect(reports).toMatchObject([
      { report: unknownUser(), category: 'invalid-address', severity: 'permanent' },
    ]);
  });

  it('changes nothing when it is delivered again, at once or later', async () => {
    await Promise.all([save(unknownUser()), save(unknownUser()), save(unknownUser())]);
    await save(unknownUser({ tags: ['other'], time: 1_700_000_000 }));
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
    await save(unknownUser());
    await save(unknownUser(changes));
    expect(await ids()).toHaveLength(2);
  });

  it('is kept with a visible sign in place of a NUL character', async () => {
    await save(unknownUser({ id: 'a\0b', description: 'C:\\u0000 \0', tags: ['\0'] }));
    const { reports } = await findReports(database, { tag: '\0' });
    expect(reports[0]?.report).toMatchObject({
      id: 'a\u2400b',
      description: 'C:\\u0000 \u2400',
      tags: ['\u2400'],
    });
  });

  it('may have a recipient and an id of any length', async () => {
    const long = 'x'.repeat(90_000);
    await save(unknownUser({ id: long, recipient: `${long}@example.com` }));
    expect(await ids()).toEqual([long]);
    expect(await addresses()).toEqual([]);
  });
});

describe('a group of reports', () => {
  it('costs one statement, however many wait', async () => {
    await Promise.all(Array.from({ length: 64 }, (_, id) => save(unknownUser({ id: `${id}` }))));
    expect(statements).toBe(1);
    expect(await ids()).toHaveLength(64);
  });

  it('is stored but for the one that the database will not have', async () => {
    await database.query("alter table failure_reports add constraint bad check (id <> 'bad')");
    const outcomes = await Promise.allSettled(
      ['1', 'bad', '2'].map((id) => save(unknownUser({ id }))),
    );
    await database.query('alter table failure_reports drop constraint bad');
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(await ids()).toEqual(['1', '2']);
  });

  it('fails as a whole, at once and as a 503, when the database is down', async () => {
    let tries = 0;
    const saveToNowhere = inGroups<number, void>(async () => {
      tries += 1;
      throw new DatabaseUnavailableError(new Error('connection refused'));
    });
    const outcomes = await Promise.allSettled([1, 2, 3].map(saveToNowhere));
    expect(outcomes).toMatchObject(Array(3).fill({ status: 'rejected', reason: { status: 503 } }));
    expect(tries).toBe(1);
  });
});

describe('an address', () => {
  it.each<[string, Partial<FailureReport>]>([
    ['a temporary failure', { severity: 'temporary', code: 450, extended: '4.1.1' }],
    ['a full mailbox', { extended: '5.2.2', description: 'Mailbox full' }],
    ['a spam verdict', { code: 554, extended: '5.7.1', description: 'Rejected as spam' }],
  ])('is not suppressed for %s', async (_, changes) => {
    await save(unknownUser(changes));
    expect(await addresses()).toEqual([]);
  });

  it('is suppressed once it is said for good not to exist, with the reason', async () => {
    await save(unknownUser({ recipient: ' Jane.Doe@Example.COM' }));
    const { suppressions, total } = await findSuppressions(database);
    expect(suppressions).toMatchObject([
      { address: 'Jane.Doe@example.com', reason: 'invalid-address', description: 'User unknown' },
    ]);
    expect(total).toBe(1);
  });

  it('is suppressed once, by the first of several reports', async () => {
    await Promise.all(['1', '2', '3'].map((id) => save(unknownUser({ id }))));
    expect(await addresses()).toEqual(['jane@example.com']);
  });

  it('is suppressed as it stands when it is malformed', async () => {
    await save(unknownUser({ recipient: 'jane doe' }));
    expect(await addresses()).toEqual(['jane doe']);
  });

  it('that was taken off the list is not put back by the same report', async () => {
    await save(unknownUser());
    await database.query('delete from suppressions');
    await save(unknownUser());
    expect(await addresses()).toEqual([]);
  });

  it('is among all suppressions, which are fetched in parts', async () => {
    const names = ['a', 'b', 'c', 'd', 'e'];
    await Promise.all(names.map((name) => save(unknownUser({ recipient: `${name}@example.com` }))));
    const all = await Readable.from(allSuppressions(database, 2)).toArray();
    expect(all.map(({ address }) => address)).toEqual(names.map((name) => `${name}@example.com`));
  });
});

describe('a search', () => {
  beforeEach(async () => {
    await save(unknownUser({ id: '1', recipient: 'Jane_100%@example.com' }));
    await save(unknownUser({ id: '2', recipient: 'john@example.com', tags: ['offer', 'march'] }));
    await save(
      unknownUser({ id: '3', state: 'bounce', description: 'Mailbox full', extended: '5.2.2' }),
    );
  });

  it.each([
    ['part of a recipient in any case', { recipient: 'JANE' }, ['3', '1']],
    ['no wildcards', { recipient: '_100%@' }, ['1']],
    ['a tag', { tag: 'march' }, ['2']],
    ['a state', { state: 'bounce' }, ['3']],
    ['a category', { category: 'mailbox-unavailable' }, ['3']],
    ['all of them at once', { recipient: 'example', tag: 'newsletter', state: 'rcptto' }, ['1']],
    ['what nothing has', { tag: 'x' }, []],
  ])('finds %s', async (_, search, expected) => {
    const { reports } = await findReports(database, search);
    expect(reports.map(({ report }) => report.id)).toEqual(expected);
  });

  it('goes back page by page, whatever arrives in between', async () => {
    const first = await findReports(database, {}, 2);
    await save(unknownUser({ id: '4' }));
    const second = await findReports(database, { before: first.reports.at(-1)?.serial }, 2);
    expect(first.reports.map(({ report }) => report.id)).toEqual(['3', '2']);
    expect(first.more).toBe(true);
    expect(second.reports.map(({ report }) => report.id)).toEqual(['1']);
    expect(second.more).toBe(false);
  });

  it('lists more than nine by age, not by spelling', async () => {
    for (let id = 4; id < 14; id += 1) await save(unknownUser({ id: `${id}` }));
    const { reports } = await findReports(database, {}, 5);
    expect(reports.map(({ report }) => report.id)).toEqual(['13', '12', '11', '10', '9']);
  });
});

describe('the numbers', () => {
  it('are per step of the period, category and severity', async () => {
    await save(unknownUser({ id: '1' }));
    await save(unknownUser({ id: '2' }));
    await save(unknownUser({ id: '3', code: 451, extended: '4.7.1', severity: 'temporary' }));
    await save(unknownUser({ id: 'old' }));
    await database.query(
      "update failure_reports set received_at = to_timestamp(1800000010 + case id when 'old' then -90000 else 0 end)",
    );
    const { from, to, step, counts } = await countReports(database, 'day', 1_800_001_000);
    expect({ from, to, step }).toEqual({ from: 1_799_915_400, to: 1_800_000_000, step: 1800 });
    expect(counts).toMatchObject([
      { time: 1_800_000_000, severity: 'permanent', count: 2 },
      { time: 1_800_000_000, severity: 'temporary', count: 1 },
    ]);
  });
});

describe('a nonce', () => {
  it('is known once it is set, to every process on the database, until its time is over', async () => {
    const replayStore = createReplayStore(database);
    await Promise.all([
      replayStore.set('new', Date.now() + 60_000),
      replayStore.set('over', Date.now() - 1),
    ]);
    const elsewhere = createReplayStore(database);
    expect(await Promise.all(['new', 'strange'].map((key) => elsewhere.has(key)))).toEqual([
      true,
      false,
    ]);
    await replayStore.set('next', Date.now() + 60_000);
    expect(await elsewhere.has('over')).toBe(false);
  });
});
