import { beforeAll, expect, it } from 'vitest';
import type { Database } from '../database/database.js';
import { buildIndexes } from '../database/indexes.js';
import { countResults } from '../reports/count-reports.js';
import { allReports, findReports } from '../reports/reports.js';
import type { Search } from '../reports/search.js';
import { createStore } from '../reports/store.js';
import { describeEach } from './databases.js';
import { tooMany } from './reports.js';

const COUNT = 30_000;
const START = Math.floor(Date.now() / 1000) - COUNT;

/** What number n is like, as the statement below makes it. */
function made(n: number) {
  return {
    recipient: `${n % 1000 === 7 ? 'Rare' : 'some'}.body${n}@${n % 3 === 0 ? 'Big.example' : `small-${n % 50}.example`}`,
    domain: n % 3 === 0 ? 'big.example' : `small-${n % 50}.example`,
    state: n < 40 ? 'dns' : n % 2 === 0 ? 'rcptto' : 'bounce',
    category: n % 5 === 0 ? 'technical' : n < 300 ? 'content' : 'invalid-address',
    severity: n % 5 === 0 ? 'temporary' : 'permanent',
    tags: ['all', `mailing-${Math.floor(n / 500)}`],
    time: START + n,
  };
}

const SEARCHES: [string, Search][] = [
  ['everything', {}],
  ['a common part of an address', { recipient: 'SOME.body' }],
  ['a rare part of an address', { recipient: 'rare.body' }],
  ['a part that only one has', { recipient: 'body17042@' }],
  ['a part that none has', { recipient: 'nobody' }],
  ['a part of which another address has the rare piece', { recipient: '17042@Big' }],
  ['a part of more than one word, in other capitals', { recipient: 'BODY17042@Small-42.EXAMPLE' }],
  ['a tag of all', { tag: 'all' }],
  ['the tag of an old mailing', { tag: 'mailing-1' }],
  ['a tag in other capitals', { tag: 'ALL' }],
  ['a domain', { domain: 'BIG.example' }],
  ['a domain and a category', { domain: 'big.example', category: 'technical' }],
  ['a category that is only among the oldest', { category: 'content' }],
  ['a severity', { severity: 'temporary' }],
  ['a state that is only among the oldest', { state: 'dns' }],
  ['a state and a category', { state: 'bounce', category: 'content' }],
  ['a state and a category that never meet', { state: 'dns', category: 'x' }],
  ['a state and a severity', { state: 'rcptto', severity: 'temporary' }],
  ['a domain and a state', { domain: 'big.example', state: 'dns' }],
  [
    'a domain, a state and a category',
    { domain: 'Big.example', state: 'bounce', category: 'content' },
  ],
  ['a common tag, a state and a category', { tag: 'all', state: 'bounce', category: 'content' }],
  [
    'a common part, a state and a category',
    { recipient: 'body', state: 'dns', category: 'content' },
  ],
  ['a common part and a common domain', { recipient: 'some.body', domain: 'big.example' }],
  ['a common tag and a rare part', { tag: 'all', recipient: 'rare' }],
  ['a part of common words that none has', { recipient: 'example.body' }],
  ['a time', { from: START + 100, to: START + 150 }],
  ['a time and a domain', { from: START + 100, to: START + 150, domain: 'big.example' }],
  [
    'a tag, a severity and a part',
    { tag: 'mailing-2', severity: 'temporary', recipient: 'body10' },
  ],
  ['a category that there is not', { category: 'x' }],
];

function matches(n: number, search: Search): boolean {
  const report = made(n);
  const { recipient = '', domain = report.domain, state = report.state } = search;
  const { category = report.category, severity = report.severity, tag = 'all' } = search;
  return (
    report.recipient.toLowerCase().includes(recipient.toLowerCase()) &&
    report.domain === domain.toLowerCase() &&
    report.state === state &&
    report.category === category &&
    report.severity === severity &&
    report.tags.includes(tag) &&
    report.time >= (search.from ?? 0) &&
    report.time < (search.to ?? Number.POSITIVE_INFINITY)
  );
}

describeEach('a search among many', (given) => {
  beforeAll(async () => {
    const rows = Array.from({ length: COUNT }, (_, n) => ({ n: String(n), ...made(n) }));
    for (let start = 0; start < COUNT; start += 5000) {
      await given().database.query(
        `insert into failure_reports (key, id, recipient, state, severity, category, report, received_at)
         select n, n, recipient, state, severity, category, jsonb_build_object('tags', tags),
           to_timestamp(time)
         from jsonb_to_recordset($1::jsonb) as row (n text, recipient text, state text,
           severity text, category text, tags jsonb, time float8)`,
        [JSON.stringify(rows.slice(start, start + 5000))],
      );
    }
    await buildIndexes(given().database);
  }, 120_000);

  it.each(SEARCHES)('finds %s, newest first, page by page', async (_, search) => {
    const all = Array.from({ length: COUNT }, (_, n) => COUNT - 1 - n);
    const expected = all.filter((n) => matches(n, search)).slice(0, 90);
    const found: number[] = [];
    let before: string | undefined;
    while (found.length < 90) {
      const page = await findReports(given().database, { ...search, before }, 30);
      found.push(...page.reports.map(({ receivedAt }) => receivedAt.getTime() / 1000 - START));
      // A page that is not full is the end, or says how far back the look went.
      if (page.reports.length < 30) expect(page.next === null).toBe(page.lookedBackTo === null);
      if (!page.next) break;
      before = page.next;
    }
    expect(found.slice(0, 90)).toEqual(expected);
  });

  it.each(SEARCHES)('tells how many are %s, exactly or at least', async (_, search) => {
    const expected = Array.from({ length: COUNT }, (_, n) => n).filter((n) => matches(n, search));
    const { count, exact } = await countResults(given().database, search);
    if (exact) expect(count).toBe(expected.length);
    else expect(count).toBeLessThanOrEqual(Math.min(1000, expected.length));
  });

  it.each(SEARCHES)('gives all of %s, newest first, each once', async (_, search) => {
    const expected = Array.from({ length: COUNT }, (_, n) => COUNT - 1 - n).filter((n) =>
      matches(n, search),
    );
    const found: number[] = [];
    for await (const { receivedAt } of allReports(given().database, search, 2000)) {
      found.push(receivedAt.getTime() / 1000 - START);
    }
    expect(found).toEqual(expected);
  });

  it('counts no tests, nor takes them for the end', async () => {
    const { database } = given();
    await database.query(
      `insert into failure_reports (key, id, recipient, state, severity, category, report, test)
       select 'test ' || n, n, 'jane@example.com', 'bounce', 'permanent', 'content',
         '{"tags": ["all"]}', true
       from generate_series(1, 20) as n`,
    );
    const atLeast = (count: number) => ({ count, exact: false });
    expect(await countResults(database, { state: 'bounce' })).toEqual(atLeast(1000));
    expect(await countResults(database, { state: 'bounce', tag: 'all' })).toEqual(atLeast(100));
    expect(await countResults(database, { address: 'jane@example.com' })).toEqual({
      count: 0,
      exact: true,
    });
    await database.query('delete from failure_reports where test');
  });

  it('ends before it takes long, and never takes that for “none”', async () => {
    const search = { recipient: 'example.body' };
    const first = await findReports(given().database, search);
    expect(first).toMatchObject({ reports: [], more: false, lookedBackTo: expect.any(Date) });
    const { count, exact } = await countResults(given().database, search);
    expect({ count, exact }).toEqual({ count: 0, exact: false });
    let looks = 1;
    for (let page = first; page.next; looks += 1) {
      page = await findReports(given().database, { ...search, before: page.next });
      expect(page.reports).toEqual([]);
    }
    expect(looks).toBe(3);
  });

  it.each([
    ['common', { tag: 'all' }],
    ['rare', { recipient: 'rare.body' }],
  ])('asks for all that match in few statements: %s', async (_, search) => {
    const { database } = given();
    let statements = 0;
    const counting: Database = {
      ...database,
      query(sql, parameters) {
        if (sql.includes('offset') || sql.includes('ilike')) statements += 1;
        return database.query(sql, parameters);
      },
    };
    for await (const _ of allReports(counting, search, 10));
    // What costs the more the more there is: to look for them. Each look goes on from the last.
    expect(statements).toBeLessThan(10);
  });

  it('tells how many are newer than one that is on show', async () => {
    const { reports } = await findReports(given().database, { tag: 'all' }, 13);
    const after = reports.at(-1)?.serial;
    const search = { tag: 'all', after };
    expect(await countResults(given().database, search)).toEqual({ count: 12, exact: true });
    expect((await findReports(given().database, search, 20)).reports).toHaveLength(12);
  });
});

describeEach('reports that were stored at the same moment', (given) => {
  it('are paged through by their numbers, each once', async () => {
    const store = createStore(given().database);
    await Promise.all(Array.from({ length: 120 }, () => store(tooMany())));
    const [{ moments } = { moments: 0 }] = await given().database.query<{ moments: number }>(
      'select count(distinct received_at)::int as moments from failure_reports',
    );
    expect(moments).toBeLessThan(3);
    for (const search of [{}, { category: 'frequency' }, { tag: 'newsletter' }]) {
      const found: number[] = [];
      let before: string | undefined;
      do {
        const page = await findReports(given().database, { ...search, before }, 7);
        found.push(...page.reports.map(({ serial }) => Number(serial)));
        before = page.next ?? undefined;
      } while (before);
      expect(found).toEqual(Array.from({ length: 120 }, (_, n) => 120 - n));
    }
  });

  it('are all newer than one that is deleted with all before it', async () => {
    const { database } = given();
    await database.query('delete from failure_reports where serial < 20');
    for (const after of ['0', '5']) {
      for (const search of [{ after }, { after, category: 'frequency' }, { downTo: after }]) {
        expect((await findReports(database, search, 200)).reports).toHaveLength(101);
      }
    }
    expect((await findReports(database, { before: '5' })).reports).toEqual([]);
    expect((await findReports(database, { after: '25' }, 200)).reports).toHaveLength(95);
  });
});

describeEach('a part of an address in letters that only look like ASCII', (given) => {
  it('is found in every address that has it', async () => {
    const { database } = given();
    await database.query(
      `insert into failure_reports (key, id, recipient, state, severity, category, report)
       select n, n, case when n <= 3 then $1 || n else 'other' || n || '@x.example' end,
         'rcptto', 'permanent', 'technical', '{"tags": []}'
       from generate_series(1, 15000) as n`,
      ['\u212aelvin abc\u0130 \u017ftreet@x.example'],
    );
    await buildIndexes(database);
    for (const recipient of ['\u212aelv', 'elvin', 'abc\u0130', '\u017ftree', 'TREET@X']) {
      expect((await findReports(database, { recipient })).reports, recipient).toHaveLength(3);
      expect(await countResults(database, { recipient })).toEqual({ count: 3, exact: true });
    }
  });
});
