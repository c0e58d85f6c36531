import { beforeAll, expect, it } from 'vitest';
import { allReports } from '../reports/report.js';
import { countReports, findReports, type Search } from '../reports/search.js';
import { createStore } from '../reports/store.js';
import { describeEach } from './databases.js';
import { tooMany } from './reports.js';

const COUNT = 6000;
const START = Math.floor(Date.now() / 1000) - COUNT;

/** The properties of report n, as the statement below makes it. */
function made(n: number) {
  return {
    recipient: `${n % 1000 === 7 ? 'Rare' : 'some'}.body${n}@${n % 3 === 0 ? 'Big.example' : `small-${n % 50}.example`}`,
    domain: n % 3 === 0 ? 'big.example' : `small-${n % 50}.example`,
    state: n < 40 ? 'dns' : n % 2 === 0 ? 'rcptto' : 'bounce',
    category: n % 5 === 0 ? 'technical' : n < 300 ? 'content' : 'invalid-address',
    severity: n % 5 === 0 ? 'temporary' : 'permanent',
    tags: ['all', `mailing-${Math.floor(n / 500)}`],
    id: `message-${n % 2000}`,
    time: START + n,
  };
}

const SEARCHES: [string, Search][] = [
  ['everything', {}],
  ['a common part of an address', { recipient: 'SOME.body' }],
  ['a rare part of an address', { recipient: 'rare.body' }],
  ['a part that only one has', { recipient: 'body1742@' }],
  ['a part that none has', { recipient: 'nobody' }],
  ['a part whose rare piece is in another address', { recipient: '1742@Big' }],
  ['a part of more than one word, in other capitals', { recipient: 'BODY1742@Small-42.EXAMPLE' }],
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
  ['a message to three recipients', { id: 'message-42' }],
  ['a message and a domain', { id: 'message-42', domain: 'big.example' }],
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
  const { id = report.id } = search;
  return (
    report.recipient.toLowerCase().includes(recipient.toLowerCase()) &&
    report.domain === domain.toLowerCase() &&
    report.state === state &&
    report.category === category &&
    report.severity === severity &&
    report.id === id &&
    report.tags.includes(tag) &&
    report.time >= (search.from ?? 0) &&
    report.time < (search.to ?? Number.POSITIVE_INFINITY)
  );
}

describeEach('a search', (given) => {
  beforeAll(async () => {
    const rows = Array.from({ length: COUNT }, (_, n) => ({ n: String(n), ...made(n) }));
    await given().database.query(
      `insert into failure_reports (dedup_key, received_at, address, domain, severity, category,
         state, tags, is_test, report)
       select n, to_timestamp(time), recipient, domain, severity, category, state, tags, false,
         jsonb_build_object('id', id, 'tags', '[]'::jsonb)
       from jsonb_to_recordset($1::jsonb) as row (n text, recipient text, domain text, state text,
         severity text, category text, tags text[], id text, time float8)`,
      [JSON.stringify(rows)],
    );
    await given().database.query('analyze');
  }, 120_000);

  it.each(SEARCHES)('finds %s: page by page, their number, and all of them', async (_, search) => {
    const { database } = given();
    const expected = Array.from({ length: COUNT }, (_, n) => COUNT - 1 - n).filter((n) =>
      matches(n, search),
    );
    const found: number[] = [];
    for (let before: string | null = null; found.length < 90; ) {
      const page = await findReports(database, { ...search, before: before ?? undefined }, 30);
      found.push(...page.reports.map(({ receivedAt }) => receivedAt.getTime() / 1000 - START));
      before = page.next;
      if (!before) break;
    }
    expect(found).toEqual(expected.slice(0, 90));

    const count = Math.min(expected.length, 1000);
    expect(await countReports(database, search)).toEqual({
      count,
      exact: expected.length <= 1000,
    });

    const all: number[] = [];
    for await (const { receivedAt } of allReports(database, search, 500)) {
      all.push(receivedAt.getTime() / 1000 - START);
    }
    expect(all).toEqual(expected);
  });

  it('tells how many are newer than one that is shown', async () => {
    const { reports } = await findReports(given().database, { tag: 'all' }, 13);
    const search = { tag: 'all', after: reports.at(-1)?.serial };
    expect(await countReports(given().database, search)).toEqual({ count: 12, exact: true });
  });
});

describeEach('reports that were stored at the same moment', (given) => {
  beforeAll(async () => {
    const store = createStore(given().database);
    await Promise.all(Array.from({ length: 120 }, () => store(tooMany())));
  });

  it.each<Search>([{}, { category: 'frequency' }, { tag: 'newsletter' }])(
    'are each on one page: %j',
    async (search) => {
      const found: number[] = [];
      let before: string | undefined;
      do {
        const page = await findReports(given().database, { ...search, before }, 7);
        found.push(...page.reports.map(({ serial }) => Number(serial)));
        before = page.next ?? undefined;
      } while (before);
      expect(found).toEqual(Array.from({ length: 120 }, (_, n) => 120 - n));
    },
  );

  it('are all newer than one that is deleted with all before it', async () => {
    const { database } = given();
    await database.query('delete from failure_reports where serial < 20');
    for (const after of ['0', '5']) {
      for (const search of [{ after }, { after, category: 'frequency' }]) {
        expect((await findReports(database, search, 200)).reports).toHaveLength(101);
      }
    }
    expect((await findReports(database, { before: '5' })).reports).toEqual([]);
    expect((await findReports(database, { after: '25' }, 200)).reports).toHaveLength(95);
  });
});
