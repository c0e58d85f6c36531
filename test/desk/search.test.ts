import { beforeAll, expect, it } from 'vitest';
import { buildIndexes } from '../../examples/desk/database/indexes.js';
import { findReports } from '../../examples/desk/queries/reports.js';
import { countResults } from '../../examples/desk/queries/results.js';
import type { Search } from '../../examples/desk/queries/search.js';
import { describeEach } from './databases.js';

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
  ['a tag of all', { tag: 'all' }],
  ['the tag of an old mailing', { tag: 'mailing-1' }],
  ['a tag in other capitals', { tag: 'ALL' }],
  ['a domain', { domain: 'BIG.example' }],
  ['a domain and a category', { domain: 'big.example', category: 'technical' }],
  ['a category that is only among the oldest', { category: 'content' }],
  ['a severity', { severity: 'temporary' }],
  ['a state that is only among the oldest', { state: 'dns' }],
  ['a state and a category', { state: 'bounce', category: 'content' }],
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
    for (let page = 0; page < 3; page += 1) {
      const { reports, next } = await findReports(given().database, { ...search, before }, 30);
      found.push(...reports.map(({ receivedAt }) => receivedAt.getTime() / 1000 - START));
      if (!next) break;
      before = next;
    }
    expect(found).toEqual(expected);
  });

  it.each(SEARCHES)('tells how many are %s, exactly or at least', async (_, search) => {
    const expected = Array.from({ length: COUNT }, (_, n) => n).filter((n) => matches(n, search));
    const { count, exact } = await countResults(given().database, search);
    if (exact) expect(count).toBe(expected.length);
    else {
      expect(count).toBeGreaterThanOrEqual(10);
      expect(count).toBeLessThanOrEqual(Math.min(1000, expected.length));
    }
  });

  it('tells how many are newer than one that is on show', async () => {
    const { reports } = await findReports(given().database, { tag: 'all' }, 13);
    const after = reports.at(-1)?.serial;
    const search = { tag: 'all', after };
    expect(await countResults(given().database, search)).toEqual({ count: 12, exact: true });
    expect((await findReports(given().database, search, 20)).reports).toHaveLength(12);
  });
});
