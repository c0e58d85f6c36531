import { describe, expect, it } from 'vitest';
import { rollUp } from '../statistics/rollup.js';
import {
  backdate,
  database,
  first,
  listed,
  open,
  openAnother,
  page,
  param,
  receive,
  receiveUnknown,
  textOf,
  useDesk,
} from './browser.js';
import { CHROMIUM } from './chromium.js';

const SHORT_TIME = { weekday: 'short', hour: '2-digit', timeZone: 'Europe/Amsterdam' } as const;

/** The hour of that many hours ago, as the page writes it, without its comma. */
const hourAgo = (hours: number) =>
  new Date(Date.now() - hours * 3_600_000).toLocaleString('en-GB', SHORT_TIME).replace(',', '');

/** Stores many reports at once. */
const receiveMany = (count: number) =>
  database.query(
    `insert into failure_reports (dedup_key, received_at, address, domain, severity, category, state,
       tags, is_test, report)
     select 'k' || n, now(), 'x@example.com', 'example.com', 'permanent', 'technical', 'rcptto', '{}', false,
       '{"id": "1", "recipient": "x@example.com", "state": "rcptto", "tags": []}'
     from generate_series(1, $1::int) as n`,
    [count],
  );

describe.skipIf(!CHROMIUM)('numbers, domains and searches on the page', () => {
  useDesk();
  const chip = (name: RegExp) => page.getByRole('link', { name });
  const found = () => textOf(page.locator('#found'));
  const numbers = () => page.locator('#numbers');
  const domains = () => page.locator('.domains > li');
  const plotted = (count: number | string) =>
    page.getByRole('img', { name: new RegExp(`^Failures over time: ${count} since `) }).waitFor();
  const three = async () => {
    await receiveUnknown('1', 'ann@one.example');
    await receive('2', 'bob@two.example', { tags: ['spring'] });
    await receive('3', 'cid@two.example', { state: 'bounce' });
  };
  const ALL = ['cid@two.example', 'bob@two.example', 'ann@one.example'];

  it('filters by whatever is clicked; each filter is shown, and removed by a click', async () => {
    await three();
    await open();
    for (const [part, name, label, addresses] of [
      ['#severities', 'permanent', /^Severity: Will not arrive permanent/, ['ann@one.example']],
      ['#categories', 'invalid-address', /^Why: No such address/, ['ann@one.example']],
      ['#domains', 'two.example', /^Domain: two.example/, ALL.slice(0, 2)],
      ['#reports', 'spring', /^Tag: spring/, ['bob@two.example']],
      ['#reports', 'bounce', /^Step: .*bounce/, ['cid@two.example']],
    ] as const) {
      await page.locator(part).getByRole('link', { name }).first().click();
      await chip(label).waitFor();
      await expect.poll(() => listed()).toEqual(addresses);
      await expect.poll(found).toMatch(new RegExp(`^${addresses.length} report`));
      await page.getByRole('heading', { name: 'Reports that match' }).waitFor();
      await chip(label).click();
      // A filter that is chosen in the numbers brings their period with it.
      if (param('from')) await chip(/^From: /).click();
      await expect.poll(() => listed()).toEqual(ALL);
      expect(new URL(page.url()).search).toBe('');
    }
  });

  it('keeps filters in the URL and the title: for Back, Forward, reload and colleagues', async () => {
    await three();
    await open();
    await page.locator('#reports').getByRole('link', { name: 'spring' }).click();
    await expect.poll(() => listed()).toEqual(['bob@two.example']);
    await page.goBack();
    await expect.poll(() => listed()).toEqual(ALL);
    await page.getByRole('heading', { name: 'Newest reports' }).waitFor();
    await page.goForward();
    await expect.poll(() => listed()).toEqual(['bob@two.example']);
    await page.locator('#domains').getByRole('link', { name: 'two.example' }).click();
    await page.getByLabel('Period').selectOption('last hour');
    await page.getByText('As a table').click();
    await expect.poll(() => param('open')).toBe('table');
    await page.reload();
    expect(await page.title()).toBe('Reports: two.example, spring · Failure desk');
    const colleague = await openAnother(new URL(page.url()).search);
    expect(await listed(colleague)).toEqual(['bob@two.example']);
    expect(await colleague.getByLabel('Period').inputValue()).toBe('hour');
    await colleague.getByRole('columnheader', { name: 'When' }).waitFor();
  });

  it('finds reports by any combination of fields, and says what it cannot search for', async () => {
    await receive('1', 'needle@example.com');
    await receive('2', 'other@example.com', { tags: [' sp '] });
    await open('/?open=search');
    const search = page.locator('#search');
    const button = search.getByRole('button', { name: 'Search' });
    await search.locator('[name=recipient]').fill('NEEDLE');
    await search.getByLabel('Domain').fill('Example.COM');
    await search.getByLabel('Tag').fill('offer');
    await search.getByLabel('Step').selectOption('naming the recipient (rcptto)');
    await search.getByLabel('Severity').selectOption('temporary');
    await search.getByLabel('Why').selectOption('mailbox-unavailable');
    await button.click();
    await expect.poll(() => listed()).toEqual(['needle@example.com']);
    expect(await page.locator('.chip').count()).toBe(6);
    await search.getByLabel('Tag').fill('nothing');
    await page.keyboard.press('Enter');
    await page.getByText('No report matches.').waitFor();
    await search.getByRole('button', { name: 'Clear' }).click();
    await expect.poll(async () => (await listed()).length).toBe(2);
    // A filter that was clicked stays as it is when the form is sent.
    await page.locator('#reports .tag', { hasText: 'sp' }).click();
    await expect.poll(found).toBe('1 report');
    await search.locator('[name=recipient]').fill('other@ex');
    await button.click();
    await chip(/^Part of an address: other@ex/).waitFor();
    expect(param('tag')).toBe(' sp ');
    await expect.poll(() => listed()).toEqual(['other@example.com']);

    await search.locator('[name=recipient]').fill('a');
    await button.click();
    await page.locator('#reports-part').getByText('Give at least three letters').waitFor();
    expect(await found()).toBe('');
    const error = 'This search takes too long. Add a date, a domain or a whole address.';
    await page.route(/\/reports(\/count)?\?.*recipient=slow/, (route) =>
      route.fulfill({ status: 400, json: { error } }),
    );
    await search.locator('[name=recipient]').fill('slow');
    await button.click();
    await page.locator('#reports-part').getByText(error).waitFor();
    expect([await found(), await page.locator('#reports').count()]).toEqual(['', 0]);
    await chip(/^Part of an address: slow/).click();
    await expect.poll(() => listed()).toEqual(['other@example.com']);
  });

  it('finds reports by their message, and by days, the last one included', async () => {
    for (const id of ['today', 'yesterday', 'before']) await receive(id, `${id}@example.com`);
    await backdate('yesterday', '1 day');
    await backdate('before', '2 days');
    await open('/?open=search');
    const search = page.locator('#search');
    const find = () => search.getByRole('button', { name: 'Search' }).click();
    const day = (ago: number) =>
      new Date(Date.now() - ago * 86_400_000).toLocaleDateString('sv-SE', {
        timeZone: 'Europe/Amsterdam',
      });
    await search.getByLabel('From').fill(day(1));
    await search.getByLabel('Until').fill(day(1));
    await find();
    await expect.poll(() => listed()).toEqual(['yesterday@example.com']);
    await page.reload();
    expect(await search.getByLabel('Until').inputValue()).toBe(day(1));
    const [from, until] = await page.locator('.chip').allTextContents();
    expect(from?.replace('From', '')).toBe(until?.replace('Until', ''));
    await search.getByLabel('Until').fill('');
    await find();
    await expect.poll(() => listed()).toEqual(['today@example.com', 'yesterday@example.com']);
    await search.locator('[name=id]').fill('before');
    await find();
    await page.getByText('No report matches.').waitFor();
    await chip(/^From: /).click();
    await expect.poll(() => listed()).toEqual(['before@example.com']);
    // A time that a bar has chosen stays exact.
    const bar = ['1789000000', '1789003600'];
    await open(`/?open=search&from=${bar[0]}&to=${bar[1]}`);
    await search.getByLabel('Tag').fill('x');
    await find();
    await expect.poll(() => param('tag')).toBe('x');
    expect([param('from'), param('to')]).toEqual(bar);
  });

  it('offers the steps that occur, in words', async () => {
    await three();
    await receive('4', 'x@example.com', { state: '<i>own</i>' });
    await open('/?open=search');
    const steps = page.locator('#search').getByLabel('Step').locator('option');
    await expect
      .poll(async () => (await steps.allTextContents()).map((text) => text.trim()))
      .toEqual([
        'all',
        '(<i>own</i>)',
        'accepted first, returned later (bounce)',
        'naming the recipient (rcptto)',
      ]);
  });

  it('lets a list of some time, also of a bar, follow another period', async () => {
    await receiveUnknown('old', 'old@one.example');
    await backdate('old', '3 days');
    await receiveUnknown('new', 'new@one.example');
    await open();
    await page.locator('#severities').getByRole('link', { name: 'permanent' }).click();
    await expect.poll(() => listed()).toEqual(['new@one.example']);
    await page.getByLabel('Period').selectOption('last 30 days');
    await expect.poll(() => listed()).toEqual(['new@one.example', 'old@one.example']);
    expect(await numbers().getByText('Not filtered by').allTextContents()).toEqual([]);
    await page.getByLabel('Period').selectOption('last hour');
    await expect.poll(() => listed()).toEqual(['new@one.example']);
    await open('/?from=1789000000&to=1789003600');
    await expect.poll(() => listed()).toEqual([]);
    await page.getByLabel('Period').selectOption('last 30 days');
    await expect.poll(() => listed()).toEqual(['new@one.example', 'old@one.example']);
    expect(param('to')).toBe(null);
  });

  it('pages through the reports, each time from the top of the list', async () => {
    for (let id = 1; id <= 25; id += 1) await receive(`${id}`);
    await open();
    const pages = page.getByRole('navigation', { name: 'Pages of reports' });
    const older = pages.getByRole('button', { name: 'Older' });
    await older.click();
    await first().getByText('customer-5@example.com').waitFor();
    expect(await older.isDisabled()).toBe(true);
    const y = async () => (await page.locator('#reports-title').boundingBox())?.y ?? Number.NaN;
    await expect.poll(async () => (await y()) >= 0 && (await y()) < 720).toBe(true);
    await page.getByRole('heading', { name: 'Older reports' }).waitFor();
    await page.reload();
    await first().getByText('customer-5@example.com').waitFor();
    await pages.getByRole('button', { name: 'Newer' }).click();
    await first().getByText('customer-25@example.com').waitFor();
    await page.goBack();
    await first().getByText('customer-5@example.com').waitFor();
  });

  it('tells the values of a bar under the pointer, and lists its reports on a click', async () => {
    await three();
    await backdate('1', '5 hours');
    await open();
    await plotted(3);
    // The last of 24 bars is the hour that is not over.
    const bar = page.locator('#plot .step').nth(23 - 5);
    await bar.hover();
    const value = () => textOf(page.locator('#plot-value'));
    await expect
      .poll(value)
      .toMatch(/\d\d:00 to \d\d:00: 1 \(Will not arrive 1, May come later 0, Not stated 0\)$/);
    expect((await value()).replace(/,/g, '')).toContain(`${hourAgo(5).split(' ')[1]}:00 to`);
    const empty = page.locator('#plot .step').nth(2);
    await empty.hover();
    await expect.poll(value).toMatch(/: 0 \(Will not arrive 0, May come later 0, Not stated 0\)$/);
    await empty.click();
    expect(new URL(page.url()).search).toBe('');
    await bar.click();
    await expect.poll(() => listed()).toEqual(['ann@one.example']);
    await chip(/^From: /).waitFor();
    await chip(/^Until: /).click();
    await expect.poll(() => listed()).toEqual(ALL);
    // The table leads there without a pointer.
    await page.getByText('As a table').click();
    await numbers().getByRole('row').nth(1).getByRole('link').click();
    await expect.poll(() => listed()).toEqual(['ann@one.example']);
  });

  it('limits the list to the period of a number that is clicked, and names filters that numbers ignore', async () => {
    await receiveUnknown('1', 'old@one.example');
    await backdate('1', '3 days');
    await receiveUnknown('2', 'new@one.example');
    await open();
    await page.locator('#severities').getByRole('link', { name: 'permanent' }).click();
    await expect.poll(() => listed()).toEqual(['new@one.example']);
    expect(await page.getByText('Not filtered by').allTextContents()).toEqual([
      'Not filtered by: Severity.',
    ]);
    await expect.poll(() => textOf(page.locator('#total'))).toBe('1');
    await chip(/^From: /).click();
    await expect.poll(() => listed()).toEqual(['new@one.example', 'old@one.example']);
    await page.locator('#reports .tag').first().click();
    await numbers().getByText('Not filtered by: Tag.').waitFor();
    await open();
    await page.locator('#domains .cause').first().click();
    await expect.poll(() => listed()).toEqual(['new@one.example']);
    await page.locator('#domains').getByText('Not filtered by: Why.').waitFor();
    await open('/?category=constructor&severity=constructor&domain=x&state=constructor');
    await chip(/^Why: constructor/).waitFor();
    expect(await page.locator('body').textContent()).not.toContain('native code');
  });

  it('counts one domain that is chosen, also addresses without one, and leads back to all', async () => {
    await three();
    await receive('4', 'nobody');
    await receive('5', 'eve@(none)');
    await open();
    const domain = (name: string) =>
      page.locator('#domains').getByRole('link', { name, exact: true });
    await domain('two.example').click();
    await plotted(2);
    expect(await textOf(page.locator('#numbers-title'))).toMatch(/2 at two\.example/);
    await expect.poll(async () => (await numbers().boundingBox())?.y).toBeLessThan(20);
    await domain('(no domain in the address)').click();
    await chip(/^Domain: \(no domain in the address\)/).waitFor();
    await expect.poll(() => listed()).toEqual(['nobody']);
    await plotted(1);
    await domain('(none)').click();
    await expect.poll(() => listed()).toEqual(['eve@(none)']);
    await numbers().getByRole('link', { name: 'all domains' }).click();
    await plotted(5);
  });

  /** Stores failures of a domain, so many every so many hours, from one hour ago to another. */
  const fail = (
    domain: string,
    category: string,
    count: number,
    from: number,
    to: number,
    every = 1,
  ) =>
    database.query(
      `insert into failure_reports (dedup_key, received_at, address, domain, severity, category, state,
         tags, is_test, report)
       select concat_ws(' ', $1::text, $2::text, hour, n), now() - make_interval(hours => hour),
         'x@' || $1, $1, 'permanent', $2, 'mailfrom', '{}', false,
         '{"id": "1", "recipient": "x@x.example", "state": "mailfrom", "tags": []}'
       from generate_series($4::int, $3::int, $6::int) as hour, generate_series(1, $5::int) as n`,
      [domain, category, from, to, count, every],
    );

  it('says since when a domain refuses the sender or limits the rate, and nothing of others', async () => {
    await fail('gmail.example', 'invalid-address', 6, 23, 0);
    await fail('gmail.example', 'reputation', 9, 5, 0);
    await fail('past.example', 'invalid-address', 4, 23, 0);
    await fail('past.example', 'reputation', 8, 15, 12);
    await fail('slow.example', 'technical', 3, 23, 0);
    await fail('slow.example', 'frequency', 8, 3, 0);
    await fail('strict.example', 'content', 5, 23, 0);
    await fail('usual.example', 'invalid-address', 9, 23, 0);
    await fail('usual.example', 'reputation', 1, 23, 0);
    await fail('always.example', 'reputation', 1, 23, 0);
    for (const name of 'ab') await fail(`${name}.example`, 'technical', 1, 3, 0);
    await database.query(`update rollup_progress set rolled_up_to = '-infinity'`);
    await open();
    const rows = async () =>
      (await domains().allTextContents()).map((row) =>
        row.replace(/\s+/g, ' ').replaceAll(',', ''),
      );
    const start = (await rows()).map((row) => row.split(/ (?:Sender refused|No such) /)[0]?.trim());
    expect(start).toEqual([
      `gmail.example 54 of 198 refuses the sender since ${hourAgo(5)}:00`,
      `past.example 32 of 128 refused the sender from ${hourAgo(15)}:00 to ${hourAgo(12)}:00`,
      'usual.example 24 of 240',
      'always.example 24 of 24 refuses the sender since when?',
      expect.stringMatching(/^strict.example 0 of 120 Message refused/),
    ]);
    expect(await textOf(page.getByRole('navigation').first())).toContain(
      'Domains (2 refuse the sender)',
    );
    await page.locator('#domains').getByRole('link', { name: 'The 8 largest' }).click();
    await expect.poll(() => domains().count()).toBe(8);
    expect((await rows())[5]).toContain(
      `slow.example 0 of 104 limits the rate since ${hourAgo(3)}:00`,
    );
    // A longer period has longer steps.
    await page.getByRole('link', { name: 'since when?' }).click();
    await expect.poll(() => page.getByLabel('Period').inputValue()).toBe('month');
  });

  it('knows the beginning of refusals by the day in a month, and by four weeks in a year', async () => {
    await fail('gmail.example', 'technical', 12, 24 * 300, 0, 12);
    await fail('gmail.example', 'reputation', 12, 24 * 20, 0, 12);
    await database.query(`update rollup_progress set rolled_up_to = '-infinity'`);
    await rollUp(database);
    await open('/?period=month');
    const format = { weekday: 'short', day: 'numeric', month: 'short', timeZone: 'UTC' } as const;
    const day = new Date(Date.now() - 20 * 86_400_000).toLocaleDateString('en-GB', format);
    await domains().getByText(`refuses the sender since ${day}`).waitFor();
    await open('/?period=year');
    const text = await textOf(domains().first());
    const [, from = '', to = ''] = /since the weeks of (\d+ \w+) – (\d+ \w+)/.exec(text) ?? [];
    const begun = Date.now() - 20 * 86_400_000;
    const yearOf = (date: string) => Date.parse(`${date} ${new Date(begun).getUTCFullYear()} UTC`);
    expect(yearOf(from)).toBeLessThanOrEqual(begun);
    expect(yearOf(to)).toBeGreaterThan(begun - 86_400_000);
  });

  it('shows large numbers whole: at the axis, and in one line each in the table', async () => {
    await receiveMany(21_220);
    await receive('1');
    await open('/?open=table');
    expect(await textOf(page.locator('#severities'))).toMatch(/permanent 21,220 100 %/);
    const axis = page.locator('.plot-y span');
    expect(await axis.allTextContents()).toEqual(['0', '10,000', '20,000', '30,000']);
    for (const width of [1280, 360]) {
      await page.setViewportSize({ width, height: 800 });
      await page.getByRole('cell', { name: '21,221' }).waitFor();
      const lines = await numbers()
        .locator('td')
        .evaluateAll((cells) =>
          cells.map((cell) => {
            const text = cell.ownerDocument.createRange();
            text.selectNodeContents(cell);
            return new Set([...text.getClientRects()].map(({ top }) => top)).size;
          }),
        );
      expect(Math.max(...lines)).toBe(1);
      await expectLabelsApart(width);
    }
  });

  /** Expects that each label below the plot ends before the next one begins. */
  async function expectLabelsApart(width: number) {
    const labels = await page.locator('.plot-x span:visible').evaluateAll((spans) =>
      spans.map((span) => {
        const { left } = span.getBoundingClientRect();
        return { left, right: left + span.scrollWidth };
      }),
    );
    labels.push({ left: width, right: width });
    for (const [index, { right }] of labels.slice(0, -1).entries()) {
      expect(right).toBeLessThanOrEqual(labels[index + 1]?.left ?? 0);
    }
  }

  it('cuts and breaks no label of any period', async () => {
    await three();
    await receiveMany(1200);
    for (const period of ['hour', 'day', 'month', 'year']) {
      await open(`/?period=${period}`);
      await expectLabelsApart(1280);
      const broken = await page
        .locator('.count .term, .share, .sum, h2')
        .evaluateAll((labels) =>
          labels
            .filter(
              (label) =>
                label.getClientRects().length > 1 || label.scrollWidth > label.clientWidth + 1,
            )
            .map(({ textContent }) => textContent),
        );
      expect(broken, period).toEqual([]);
    }
  });

  it("counts by the reader's own days, also where these differ from those of UTC", async () => {
    await receive('1');
    await database.query(
      `update failure_reports set received_at = date_trunc('day', now() - interval '3 days', 'Asia/Tokyo') + interval '1 minute'`,
    );
    await database.query(`update rollup_progress set rolled_up_to = '-infinity'`);
    const day = new Date(Date.now() - 3 * 86_400_000).toLocaleDateString('en-GB', {
      weekday: 'short',
      day: 'numeric',
      month: 'short',
      timeZone: 'Asia/Tokyo',
    });
    const tokyo = await openAnother('/?period=month&open=table', { timezoneId: 'Asia/Tokyo' });
    expect(await textOf(tokyo.locator('#numbers').getByRole('row').nth(1))).toContain(day);
    const week = await open('/?period=year&open=table');
    expect(await textOf(week.locator('#numbers').getByRole('row').nth(1))).toMatch(
      /^\w+,? \d+ \w+ to \w+,? \d+ \w+ 1 1$/,
    );
  });
});
