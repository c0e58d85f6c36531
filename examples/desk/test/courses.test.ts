import { beforeEach, expect, it } from 'vitest';
import { foldCounts } from '../database/counting.js';
import { createStore } from '../reports/store.js';
import type { Period } from '../statistics/periods.js';
import { findCourses } from '../statistics/trends.js';
import { describeEach } from './databases.js';
import { tooMany, unknownUser } from './reports.js';

const DAY = 86_400;

describeEach('the course of failures', (given) => {
  const database = () => given().database;
  const store = (recipient: string, make = unknownUser) =>
    createStore(database())(make({ recipient }));

  beforeEach(async () => {
    await database().query('truncate failure_reports, suppressions');
  });

  it.each<[Period, number, number]>([
    ['hour', 900, 4],
    ['day', 3600, 24],
    ['month', DAY, 30],
    ['year', 30 * DAY, 13],
  ])('of each domain, before and after they are added up: %s', async (period, step, least) => {
    await store('ann@one.example');
    await store('bob@one.example');
    await store('bob@one.example', tooMany);
    await store('cid@two.example');
    await database().query(
      `update failure_reports set received_at = now() - make_interval(secs => $1)
       where recipient = 'ann@one.example'`,
      [2 * step],
    );
    const now = Date.now() / 1000;
    const time = { from: now - (least - 1) * step, to: now };
    for (const state of ['appended', 'added up']) {
      const found = await findCourses(
        database(),
        ['one.example', 'two.example', 'constructor'],
        period,
        time,
      );
      expect(found.courseStep).toBe(step);
      expect(found.courseFrom).toBe(Math.floor(time.from / step) * step);
      const [one, two, none] = found.courses;
      expect(Object.keys(one ?? {}).toSorted(), state).toEqual(['frequency', 'invalid-address']);
      expect(one?.['invalid-address']?.slice(-3), state).toEqual([1, 0, 1]);
      expect(one?.frequency?.slice(-3), state).toEqual([0, 0, 1]);
      expect(two?.['invalid-address']?.at(-1), state).toBe(1);
      expect(none).toEqual({});
      await foldCounts(database());
    }
  });
});
