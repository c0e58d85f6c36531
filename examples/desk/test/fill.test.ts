import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDatabase } from '../database/open.js';
import { DAY_MS, PEOPLE } from '../fill/history.js';
import { storeHistory } from '../fill/store-history.js';
import { findAddress } from '../reports/address-history.js';
import { findLargestDomains } from '../statistics/domains.js';
import { compareCounts, describeEach } from './databases.js';
import { run } from './processes.js';

const TODAY = Math.floor(Date.now() / DAY_MS) * DAY_MS;
const SINCE = new Date(TODAY - 6 * DAY_MS);

describeEach('a made-up history', (given) => {
  beforeAll(async () => {
    const options = { days: 30, refusing: 'post.example', since: SINCE, now: new Date() };
    await storeHistory(given().database, options);
  });
  const find = (address: string) => findAddress(given().database, address);

  it('has reports of each day, counted as if they had come then', async () => {
    const { database } = given();
    const { stored, counted } = await compareCounts(database);
    expect(counted).toEqual(stored);
    const days = await database.query(
      "select distinct date_trunc('day', received_at, 'UTC') from failure_reports",
    );
    // It may be midnight.
    expect([29, 30]).toContain(days.length);
    const [late] = await database.query('select from failure_reports where received_at > now()');
    expect(late).toBeUndefined();
  });

  it('has one provider that refuses the sender from a day on', async () => {
    const { domains, trendStarts } = await findLargestDomains(given().database, 'month');
    const trend = domains.find(({ domain }) => domain === 'post.example')?.trend.reputation ?? [];
    const daily = new Map(trendStarts.map((start, index) => [start, trend[index] ?? 0]));
    const begin = SINCE.getTime() / 1000;
    for (const [start, count] of daily) {
      // Today is not over.
      if (start * 1000 === TODAY) continue;
      if (start < begin) expect(count).toBeLessThan(10);
      else expect(count).toBeGreaterThan(50);
    }
  });

  it('has people to look up', async () => {
    const { reports } = await find(PEOPLE.refusedAt('post.example'));
    expect(reports.map(({ category }) => category)).toContain('reputation');
    const { suppression } = await find(PEOPLE.unknown);
    expect(suppression?.since.getTime()).toBe(TODAY - 9 * DAY_MS + 10 * 3_600_000);
    expect((await find(PEOPLE.full)).reports.length).toBeGreaterThan(3);
    const takenOff = await find(PEOPLE.takenOff);
    expect(takenOff.suppression).toBe(null);
    expect(takenOff.changes.map(({ change }) => change)).toEqual(['taken off', 'suppressed']);
    expect((await find(PEOPLE.askedByPhone)).suppression?.source).toBe('hand');
  });

  it('is not mixed with a real one, even if its reports are gone', async () => {
    await given().database.query('delete from failure_reports');
    const options = { days: 2, refusing: 'post.example', since: SINCE, now: new Date() };
    await expect(storeHistory(given().database, options)).rejects.toThrow('was used before');
  });
});

describe('npm run fill', () => {
  let directory: string;
  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'desk-fill-'));
  });
  afterAll(() => rm(directory, { recursive: true, force: true }));
  const fill = async (...args: string[]) => {
    const filling = run('fill/fill.ts', args, { DATA_DIRECTORY: join(directory, 'data') });
    const exitCode = await filling.exited;
    return { exitCode, output: filling.output() };
  };

  it('fills the database of a desk once, and says what there is to see', async () => {
    const since = new Date(TODAY - DAY_MS).toISOString().slice(0, 10);
    const first = await fill('--days', '21', '--refusing', 'mail.example', '--since', since);
    expect(first.output).toMatch(/^\d+ reports of 21 days are stored\./);
    expect(first.output).toContain(`From ${since} on, mail.example refuses the sender.`);
    expect(first.output).toContain('jane.doe@mail.example');
    expect(first.exitCode).toBe(0);
    expect(await fill()).toMatchObject({
      ...{ exitCode: 1, output: expect.stringContaining('The desk was used before.') },
    });
    const database = await openDatabase({ directory: join(directory, 'data') });
    const [row] = await database.query<{ count: number }>(
      'select count(*)::int as count from failure_reports',
    );
    await database.close();
    expect(first.output).toContain(`${row?.count} reports`);
  });

  it.each([
    ['--days', '20'],
    ['--days', 'x'],
    ['--since', '31-01-2026'],
    ['--since', '2026-02-31'],
    ['--since', '2126-01-31'],
    ['--refusing', 'no domain'],
    ['40'],
  ])('refuses %s %s, and says how options are passed', async (...args) => {
    const { exitCode, output } = await fill(...args);
    expect(exitCode).toBe(1);
    expect(output).toContain('npm run fill -- --days 40');
  });
});
