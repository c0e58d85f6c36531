import { describe, expect, it } from 'vitest';
import {
  backdate,
  CHROMIUM,
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
  UNKNOWN_USER,
  useDesk,
} from './browser.js';

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
      ['#severities', 'permanent', /^Severity: For good permanent/, ['ann@one.example']],
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
    await search.getByLabel('Recipient').fill('NEEDLE');
    await search.getByLabel('Domain').fill('Example.COM');
    await search.getByLabel('Tag').fill('offer');
    await search.getByLabel('Step').fill('rcptto');
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
    await search.getByLabel('Recipient').fill('other@ex');
    await button.click();
    await chip(/^Recipient: other@ex/).waitFor();
    expect(param('tag')).toBe(' sp ');
    await expect.poll(() => listed()).toEqual(['other@example.com']);

    await search.getByLabel('Recipient').fill('a');
    await button.click();
    await page.locator('#reports-part').getByText('Give at least three letters').waitFor();
    expect(await found()).toBe('');
    const error = 'This search takes too long. Add a date, a domain or a whole address.';
    await page.route(/\/reports(\/count)?\?.*recipient=slow/, (route) =>
      route.fulfill({ status: 400, json: { error } }),
    );
    await search.getByLabel('Recipient').fill('slow');
    await button.click();
    await page.locator('#reports-part').getByText(error).waitFor();
    expect([await found(), await page.locator('#reports').count()]).toEqual(['', 0]);
    await chip(/^Recipient: slow/).click();
    await expect.poll(() => listed()).toEqual(['other@example.com']);
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
      .toMatch(/\d\d:00 to \d\d:00: 1 \(For good 1, For now 0, Not stated 0\)$/);
    expect((await value()).replace(/,/g, '')).toContain(`${hourAgo(5).split(' ')[1]}:00 to`);
    const empty = page.locator('#plot .step').nth(2);
    await empty.hover();
    await expect.poll(value).toMatch(/: 0 \(For good 0, For now 0, Not stated 0\)$/);
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

  it('shows first the domains that refuse us, since or until when, and five domains at first', async () => {
    for (const name of 'abcdef') {
      for (let id = 0; id < 4; id += 1) await receive(`${name}${id}`, `x@${name}.example`);
    }
    const blocked = {
      ...UNKNOWN_USER,
      extended: '5.7.1',
      description: 'Blocked using Spamhaus',
    };
    await receive('ordinary', 'a@gmail.com');
    await receive('begun', 'a@gmail.com', blocked);
    await receive('now', 'b@gmail.com', blocked);
    await receive('over', 'a@past.example', blocked);
    await backdate('ordinary', '22 hours');
    await backdate('begun', '5 hours');
    await backdate('over', '15 hours');
    for (const id of ['a0', 'a1']) await backdate(id, '6 hours');
    await open();
    const text = async (index: number) => (await textOf(domains().nth(index))).replace(',', '');
    expect(await domains().count()).toBe(5);
    expect(await text(0)).toContain(`gmail.com refuses us since ${hourAgo(5)}`);
    expect(await text(1)).toContain(`past.example refused us until ${hourAgo(15)}`);
    expect(await text(2)).toContain(`a.example since ${hourAgo(6)}`);
    await domains()
      .nth(0)
      .getByRole('img', { name: /^Most failures: 1,/ })
      .waitFor();
    expect(await domains().nth(0).locator('.trend .sender-fault').count()).toBe(2);
    expect(await domains().nth(0).locator('.trend .other-fault').count()).toBe(1);
    await page.locator('#domains').getByRole('link', { name: 'All 8' }).click();
    await expect.poll(() => domains().count()).toBe(8);
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
