import { beforeEach, expect, it } from 'vitest';
import { deleteAddress } from '../reports/delete-address.js';
import { findReports } from '../reports/search.js';
import { createStore } from '../reports/store.js';
import { findLargestDomains } from '../statistics/domains.js';
import { countByStep } from '../statistics/numbers.js';
import { findSteps, knownZone } from '../statistics/periods.js';
import { rollUp } from '../statistics/rollup.js';
import { compareCounts, describeEach, moveRollupBack } from './databases.js';
import { clear } from './in-process.js';
import { tooMany, unknownUser } from './reports.js';

const PERIODS = ['hour', 'day', 'month', 'year'] as const;
const ZONES = ['UTC', 'Europe/Amsterdam', 'Asia/Kolkata', 'Asia/Kathmandu'];

describeEach('the statistics', (given) => {
  const database = () => given().database;
  const save = (...reports: Parameters<ReturnType<typeof createStore>>[0][]) => {
    const store = createStore(database());
    return Promise.all(reports.map((report) => store(report)));
  };
  const total = async (domain?: string) =>
    (await countByStep(database(), 'year', { domain })).counts.reduce(
      (sum, { count }) => sum + count,
      0,
    );
  /** Stores reports of two domains over some days. Empty hours in between cost nothing to roll up. */
  const fillDays = (days: number, minutesApart: number) =>
    database().query(
      `insert into failure_reports (dedup_key, received_at, address, domain, severity, category,
         state, tags, is_test, report)
       select n, now() - n * $2 * interval '1 minute', 'a@' || domain, domain, 'temporary',
         case when n % 3 = 0 then 'frequency' else 'technical' end, 'rcptto', '{}', false, '{}'
       from generate_series(0, $1::int * 1440 / $2::int) as n,
         lateral (select 'd' || n % 2 || '.example' as domain) domain`,
      [days, minutesApart],
    );

  beforeEach(() => clear(database()));

  it('count each report once, before and after its hour is rolled up', async () => {
    await fillDays(4, 40);
    await save(unknownUser(), tooMany({ recipient: 'no domain' }));
    await createStore(database())(unknownUser(), { test: true });
    await moveRollupBack(database(), 24 * 5);
    for (const state of ['live', 'rolled up', 'rolled up again']) {
      const { stored, counted } = await compareCounts(database());
      expect(counted, state).toEqual(stored);
      expect(await total(), state).toBe(4 * 36 + 1 + 2);
      await rollUp(database());
    }
    const [left] = await database().query(
      'select from failure_reports, rollup_progress where received_at < rolled_up_to limit 1',
    );
    expect(left).toBeDefined();
  });

  it.each(ZONES)('put each report in the step in which it arrived: %s', async (zone) => {
    await fillDays(60, 400);
    await moveRollupBack(database(), 24 * 61);
    for (const state of ['live', 'rolled up']) {
      for (const period of PERIODS) {
        for (const domain of [undefined, 'd1.example']) {
          const numbers = await countByStep(database(), period, { zone, domain });
          const expected = await database().query(
            `select start::float8 as time, category, severity, count(*)::float8 as count
             from failure_reports, lateral (
               select max(start) as start from unnest($1::float8[]) as start
               where start <= extract(epoch from received_at)
             ) step
             where start is not null and received_at < to_timestamp($2)
               and ($3::text is null or domain = $3)
             group by 1, 2, 3 order by 1, 2, 3`,
            [numbers.starts, numbers.end, domain ?? null],
          );
          expect(numbers.counts, `${period}, ${domain}, ${state}`).toEqual(expected);
        }
      }
      await rollUp(database());
    }
  });

  it('name the largest domains of a period, how their failures divide, and when they came', async () => {
    await save(
      ...Array.from({ length: 30 }, (_, n) => tooMany({ recipient: `a@small-${n}.example` })),
    );
    await save(unknownUser(), unknownUser(), tooMany());
    await database().query(
      `update failure_reports set received_at = received_at - interval '3 hours'
       where serial % 2 = 0`,
    );
    await moveRollupBack(database(), 24);
    for (const state of ['live', 'rolled up']) {
      for (const period of ['day', 'month', 'year'] as const) {
        const { domains, total, trendStarts } = await findLargestDomains(database(), period);
        expect(total, state).toBe(33);
        expect(domains).toHaveLength(20);
        expect(domains[0], `${period}, ${state}`).toMatchObject({
          domain: 'example.com',
          total: 3,
          categories: { 'invalid-address': 2, frequency: 1 },
        });
        for (const { trend, categories } of domains) {
          for (const [category, counts] of Object.entries(trend)) {
            expect(counts).toHaveLength(trendStarts.length);
            const sum = counts.reduce((all, count) => all + count, 0);
            expect(sum).toBe(categories[category as keyof typeof categories]);
          }
        }
      }
      await rollUp(database());
    }
  });

  it('name domains so that their reports are found, whatever the names hold', async () => {
    const recipients = [
      ...['a@EXÄMPLE.com', 'a@İstanbul.example', 'a@ΟΔΟΣ.gr', 'a@ẞ.example'],
      ...['a@\u212aelvin.example', 'a@ front.example', 'a@back.example\t', ' a@blank.example  '],
      ...['a@nul\0.example', `a@${'é'.repeat(300)}.example`, 'a@(none)', 'a@', 'a'],
    ];
    await save(...recipients.map((recipient) => tooMany({ recipient })));
    const { domains } = await findLargestDomains(database(), 'day');
    expect(domains).toHaveLength(recipients.length - 1);
    for (const { domain, total: count } of domains) {
      const { reports } = await findReports(database(), { domain: domain || '@' });
      expect(reports, JSON.stringify(domain)).toHaveLength(count);
      expect(reports[0]?.domain).toBe(domain);
      expect(await total(domain)).toBe(count);
    }
  });

  it('keep the numbers of deleted addresses out, and no trace of their domains', async () => {
    await save(
      unknownUser({ recipient: 'Jane@Jane-Doe.example' }),
      unknownUser({ recipient: 'Jane@Jane-Doe.example' }),
      unknownUser(),
    );
    await database().query(
      "update failure_reports set received_at = received_at - interval '3 hours' where serial % 2 = 0",
    );
    await moveRollupBack(database(), 24);
    await rollUp(database());
    await deleteAddress(database(), 'Jane@jane-doe.example', false);
    expect(await total()).toBe(1);
    const { stored, counted } = await compareCounts(database());
    expect(counted).toEqual(stored);
    const rows = await database().query("select from domain_counts where domain like 'jane%'");
    expect(rows).toEqual([]);
  });

  it('count a report that arrives after its hour was rolled up, since the clock went back', async () => {
    await database().query(
      `update rollup_progress set rolled_up_to = date_trunc('hour', now(), 'UTC') + interval '1 hour'`,
    );
    await save(unknownUser(), tooMany());
    await rollUp(database());
    const { stored, counted } = await compareCounts(database());
    expect(counted).toEqual(stored);
    expect(counted).toHaveLength(4);
  });

  it('may be rolled up by several desks at once', async () => {
    await fillDays(10, 40);
    await moveRollupBack(database(), 24 * 11);
    const others = await Promise.all([given().another(), given().another()]);
    await Promise.all([database(), ...others].map((desk) => rollUp(desk)));
    await rollUp(database());
    const { stored, counted } = await compareCounts(database());
    expect(counted).toEqual(stored);
  });
});

/** A day in January: nowhere do clocks change at midnight in the month before it. */
const NOW = Date.UTC(2026, 0, 20, 12) / 1000;
/** Names by which JavaScript knows a zone, and PostgreSQL another one or none. */
const SHORT = ['ACT', 'AET', 'AST', 'BET', 'BST', 'CAT', 'CNT', 'CST', 'EST', 'IST', 'PST', 'SST'];
const OLD = ['CET', 'EST5EDT', 'ROK', 'W-SU', 'Asia/Calcutta', 'US/Pacific', 'Etc/GMT+5', 'GMT'];
const NONE = ['+01:00', '-0530', 'GMT+5', 'UTC+5', 'posix/UTC', 'Mars/Olympus', 'UTC\0', '\ud800'];
/** PGlite has other rules for these: their days begin an hour later. */
const OTHERWISE = ['Africa/Casablanca', 'Africa/El_Aaiun'];

describeEach('the days of a time zone', (given) => {
  it('begin at its midnight, or with the next full hour of UTC', async () => {
    const names = [...Intl.supportedValuesOf('timeZone'), 'UTC', ...SHORT, ...OLD];
    for (const name of names.filter((name) => !OTHERWISE.includes(name))) {
      const zone = knownZone(name);
      if (!zone) continue;
      const { starts } = await findSteps(given().database, 'month', NOW, zone);
      const clock = new Intl.DateTimeFormat('en-GB', { timeZone: name, timeStyle: 'short' });
      expect(clock.format((starts[5] ?? 0) * 1000), name).toMatch(/^00:(00|15|30|45)$/);
      expect((starts[5] ?? 0) % 3600).toBe(0);
    }
  });

  it.each(NONE)('are not asked for by the name %j, which is none', (name) => {
    expect(knownZone(name)).toBeUndefined();
  });

  it('are refused if the database does not know the zone', async () => {
    const steps = findSteps(given().database, 'month', NOW, 'Mars/Olympus');
    await expect(steps).rejects.toMatchObject({ status: 400, message: /like Europe\/Amsterdam/ });
  });
});
