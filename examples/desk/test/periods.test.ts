import { expect, it } from 'vitest';
import { findSteps, knownZone } from '../statistics/periods.js';
import { describeEach } from './databases.js';

/** A day in January: nowhere do clocks change at midnight in the month before it. */
const NOW = Date.UTC(2026, 0, 20, 12) / 1000;
/** What JavaScript knows by these names, PostgreSQL does not know or takes for another zone. */
const SHORT = ['ACT', 'AET', 'AST', 'BET', 'BST', 'CAT', 'CNT', 'CST', 'EST', 'IST', 'PST', 'SST'];
const OLD = ['CET', 'EST5EDT', 'ROK', 'W-SU', 'Asia/Calcutta', 'US/Pacific', 'Etc/GMT+5', 'GMT'];
const NONE = ['+01:00', '-0530', 'GMT+5', 'UTC+5', 'posix/UTC', 'Mars/Olympus', 'UTC\0', '\ud800'];
/** PGlite has other rules for them, by which their days begin an hour later. */
const OTHERWISE = ['Africa/Casablanca', 'Africa/El_Aaiun'];

describeEach('the days of a time zone', (given) => {
  it('begin at its midnight, or its name is refused', async () => {
    const names = [...Intl.supportedValuesOf('timeZone'), 'UTC', ...SHORT, ...OLD];
    for (const name of names.filter((name) => !OTHERWISE.includes(name))) {
      const zone = knownZone(name);
      if (!zone) continue;
      const { starts } = await findSteps(given().database, 'month', NOW, { zone });
      const clock = new Intl.DateTimeFormat('en-GB', { timeZone: name, timeStyle: 'short' });
      expect(clock.format((starts[5] ?? 0) * 1000), name).toBe('00:00');
    }
  });

  it.each(NONE)('are not asked for by the name %j, which is none', (name) => {
    expect(knownZone(name)).toBeUndefined();
  });

  it('are refused where the database does not know the zone', async () => {
    const steps = findSteps(given().database, 'month', NOW, { zone: 'Mars/Olympus' });
    await expect(steps).rejects.toMatchObject({ status: 400, message: /like Europe\/Amsterdam/ });
  });
});
