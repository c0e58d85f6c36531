import { beforeEach, describe, expect, it } from 'vitest';
import { catchUp, clearCounts, clearReports, foldCounts } from '../database/counting.js';
import { countResults } from '../reports/count-reports.js';
import { findReports } from '../reports/reports.js';
import { createStore } from '../reports/store.js';
import { largestDomains } from '../statistics/domains.js';
import { countReports } from '../statistics/numbers.js';
import { split } from '../statistics/spans.js';
import { deleteAddress } from '../suppressions/addresses.js';
import { compareCounters, describeEach } from './databases.js';
import { tooMany, unknownUser } from './reports.js';

const NOW = Date.now() / 1000;

describeEach('the counters', (given) => {
  const database = () => given().database;
  const save = (...reports: Parameters<ReturnType<typeof createStore>>[0][]) => {
    const store = createStore(database());
    return Promise.all(reports.map((report) => store(report)));
  };
  const total = async () =>
    (await countReports(database(), 'day')).counts.reduce((sum, { count }) => sum + count, 0);

  beforeEach(async () => {
    await database().query('truncate failure_reports, suppressions');
  });

  it('equal a count of the table, before and after they are added up', async () => {
    await save(unknownUser(), tooMany(), tooMany({ recipient: 'no domain' }), tooMany());
    for (const step of ['appended', 'added up']) {
      const { kept, counted } = await compareCounters(database());
      expect(counted, step).toEqual(kept);
      expect(await total(), step).toBe(4);
      await foldCounts(database());
    }
    expect(await database().query('select from count_deltas')).toEqual([]);
  });

  it('count a duplicate and a test not at all', async () => {
    const report = unknownUser();
    await save(report);
    await save(report);
    await createStore(database())(unknownUser(), { test: true });
    expect(await total()).toBe(1);
    const { kept, counted } = await compareCounters(database());
    expect(counted).toEqual(kept);
    // Each table of counters at each of its resolutions.
    expect(counted).toHaveLength(5 + 4 + 4);
  });

  it('follow the table, whoever changes it', async () => {
    await save(unknownUser(), tooMany({ id: 'a' }), tooMany());
    await foldCounts(database());
    await database().query(
      "update failure_reports set received_at = received_at - interval '3 days' where id = 'a'",
    );
    await database().query("delete from failure_reports where severity = 'permanent'");
    const { kept, counted } = await compareCounters(database());
    expect(counted).toEqual(kept);
    await foldCounts(database());
    expect((await compareCounters(database())).counted).toEqual(kept);
  });

  it('leave no trace of a domain whose only address was deleted', async () => {
    await save(unknownUser({ recipient: 'Jane@Jane-Doe.example' }), unknownUser());
    await foldCounts(database());
    await deleteAddress(database(), 'Jane@jane-doe.example', false);
    expect(await total()).toBe(1);
    const rows = await database().query('select from domain_counts where domain like $1', [
      'jane%',
    ]);
    expect(rows).toEqual([]);
  });

  it('stay where reports have had their time, and are not asked for what is kept', async () => {
    await save(unknownUser({ id: 'old' }), tooMany());
    await database().query(
      "update failure_reports set received_at = received_at - interval '10 days' where id = 'old'",
    );
    expect(await countResults(database(), {})).toEqual({ count: 2, exact: true });
    await foldCounts(database());
    const cleared = await clearReports(database(), new Date(Date.now() - 5 * 86_400_000));
    await foldCounts(database());
    expect(cleared).toBe(1);
    const month = await countReports(database(), 'month');
    expect(month.counts.map(({ count }) => count)).toEqual([1, 1]);
    expect(await countResults(database(), {})).toEqual({ count: 1, exact: true });
  });

  it('tell how many reports match without a look at them', async () => {
    await save(unknownUser(), unknownUser(), tooMany({ recipient: 'a@other.example' }));
    const count = async (search: Parameters<typeof countResults>[1]) =>
      (await countResults(database(), search)).count;
    expect(await count({})).toBe(3);
    expect(await count({ category: 'invalid-address' })).toBe(2);
    expect(await count({ severity: 'temporary', domain: 'Other.example' })).toBe(1);
    expect(await count({ domain: 'nowhere.example' })).toBe(0);
    const minute = Math.floor(NOW / 60) * 60;
    expect(await count({ from: minute - 3600, to: minute + 3600 })).toBe(3);
    expect(await count({ from: minute + 3600 })).toBe(0);
  });

  it('know the largest domains of a time, and how their failures divide', async () => {
    await save(
      ...Array.from({ length: 30 }, (_, n) => tooMany({ recipient: `a@small-${n}.example` })),
    );
    await save(unknownUser(), unknownUser(), tooMany());
    await foldCounts(database());
    await save(tooMany());
    const day = { from: NOW - 86_400, to: NOW + 60 };
    const { domains, total: all } = await largestDomains(database(), day);
    expect(all).toBe(34);
    expect(domains).toHaveLength(20);
    expect(domains[0]).toEqual({
      domain: 'example.com',
      total: 4,
      categories: { 'invalid-address': 2, frequency: 2 },
    });
  });

  it('tell domains by names that find their reports, whatever they hold', async () => {
    const recipients = [
      ...[
        'a@EXÄMPLE.com',
        'a@İstanbul.example',
        'a@ΟΔΟΣ.gr',
        'a@ẞ.example',
        'a@\u212aelvin.example',
      ],
      ...['a@ front.example', 'a@back.example\t', 'a@back.example\u00a0', ' a@blank.example  '],
      ...['a@nul\0.example', `a@${'é'.repeat(300)}.example`, 'a@(none)', 'a@', 'a'],
    ];
    await save(...recipients.map((recipient) => tooMany({ recipient })));
    const time = { from: NOW - 86_400, to: NOW + 60 };
    for (const state of ['appended', 'added up']) {
      const { domains } = await largestDomains(database(), time);
      expect(domains).toHaveLength(recipients.length - 1);
      for (const { domain: told, total: known } of domains) {
        const domain = told || '@';
        const { reports } = await findReports(database(), { domain });
        expect(reports, JSON.stringify(domain)).toHaveLength(known);
        expect(reports[0]?.domain).toBe(told);
        expect(await countResults(database(), { domain })).toEqual({ count: known, exact: true });
        const { counts } = await countReports(database(), 'day', undefined, { domain });
        expect(
          counts.map(({ count }) => count),
          state,
        ).toEqual([known]);
      }
      await foldCounts(database());
    }
  });

  it('show one domain over time, in steps that its counters have', async () => {
    await save(unknownUser(), tooMany({ recipient: 'a@other.example' }));
    for (const period of ['hour', 'day', 'month', 'year'] as const) {
      const { counts } = await countReports(database(), period, undefined, {
        domain: 'example.com',
      });
      expect(
        counts.map(({ count }) => count),
        period,
      ).toEqual([1]);
    }
  });

  it.each(['Asia/Kolkata', 'Asia/Kathmandu', 'Europe/Amsterdam'])(
    'count each report of a domain in one step, where days begin as in %s',
    async (zone) => {
      await database().query(
        `insert into failure_reports (key, id, recipient, state, severity, category, report, received_at)
         select n, n, 'a@one.example', 'rcptto', 'temporary', 'frequency', '{}',
           now() - n * interval '10 minutes'
         from generate_series(1, 6 * 24 * 31) as n`,
      );
      for (const state of ['appended', 'added up']) {
        for (const period of ['day', 'month', 'year'] as const) {
          const numbers = await countReports(database(), period, undefined, {
            zone,
            domain: 'one.example',
          });
          const recount = await database().query(
            `select extract(epoch from start)::float8 as time, count(*)::float8 as count
             from failure_reports, lateral (
               select max(to_timestamp(start)) as start from unnest($1::float8[]) as start
               where to_timestamp(start) <= received_at
             ) step
             where start is not null and received_at < to_timestamp($2) group by 1 order by 1`,
            [numbers.starts, numbers.end],
          );
          const counted = numbers.counts.map(({ time, count }) => ({ time, count }));
          expect(counted, `${period}, ${state}`).toEqual(recount);
        }
        await foldCounts(database());
      }
    },
  );

  it('are counted from the table, bit by bit, where an earlier version has not', async () => {
    await database().query('alter table failure_reports disable trigger user');
    await save(
      ...Array.from({ length: 25 }, (_, n) => tooMany({ recipient: `a@d${n % 3}.example` })),
    );
    await database().query('alter table failure_reports enable trigger user');
    await database().query(
      'insert into count_backlog select max(serial), max(serial) from failure_reports',
    );
    await save(unknownUser());
    // What is deleted before it is counted must not be taken off the counters.
    await database().query("delete from failure_reports where recipient = 'a@d0.example'");
    await catchUp(database(), undefined, 7);
    const { kept, counted } = await compareCounters(database());
    expect(counted).toEqual(kept);
    expect(await total()).toBe(17);
  });

  it('forget what is finer than anybody asks for', async () => {
    await save(unknownUser());
    await foldCounts(database());
    await clearCounts(database(), NOW + 4 * 86_400);
    const rows = await database().query<{ resolution: number }>(
      `select distinct resolution from failure_counts union
       select distinct resolution from domain_counts order by 1`,
    );
    expect(rows.map(({ resolution }) => resolution)).toEqual([
      900, 3600, 21_600, 86_400, 2_592_000,
    ]);
  });
});

describe('a stretch of time', () => {
  const levels = [86_400, 3600, 900].map((seconds) => ({
    seconds,
    kept: Number.POSITIVE_INFINITY,
  }));

  it('is split into as few whole units as there can be, without gap or overlap', () => {
    const spans = split(900, 2 * 86_400 + 3600 + 1, levels, NOW);
    expect(spans).toEqual([
      { resolution: 900, from: 900, to: 3600 },
      { resolution: 3600, from: 3600, to: 86_400 },
      { resolution: 86_400, from: 86_400, to: 2 * 86_400 },
      { resolution: 3600, from: 2 * 86_400, to: 2 * 86_400 + 3600 },
      { resolution: 900, from: 2 * 86_400 + 3600, to: 2 * 86_400 + 4500 },
    ]);
  });
});
