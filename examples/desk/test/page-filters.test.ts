import { describe, expect, it } from 'vitest';
import {
  announce,
  CHROMIUM,
  chosen,
  database,
  openPage,
  page,
  receive,
  receiveUnknown,
  usePage,
} from './browser.js';

describe.skipIf(!CHROMIUM)('the filters of the page', { timeout: 30_000 }, () => {
  usePage({
    async fill() {
      await receiveUnknown('1', 'ann@one.example');
      await receive('2', 'bob@two.example', { tags: ['spring'] });
      await receive('3', 'cid@two.example', { state: 'bounce' });
    },
  });
  const shown = () => page.locator('#reports .address').allTextContents();
  const chip = (name: RegExp) => page.getByRole('link', { name });

  it.each([
    [
      'a severity',
      () => page.locator('#severities').getByRole('link', { name: 'permanent' }),
      /^Severity: For good permanent/,
      ['ann@one.example'],
    ],
    [
      'a cause',
      () => page.locator('#categories').getByRole('link', { name: 'invalid-address' }),
      /^Why: No such address/,
      ['ann@one.example'],
    ],
    [
      'a domain',
      () => page.locator('#domains').getByRole('link', { name: 'two.example' }),
      /^Domain: two.example/,
      ['cid@two.example', 'bob@two.example'],
    ],
    [
      'a tag',
      () => page.locator('#reports').getByRole('link', { name: 'spring' }),
      /^Tag: spring/,
      ['bob@two.example'],
    ],
    [
      'a step',
      () => page.locator('#reports').getByRole('link', { name: 'bounce' }),
      /^Step: .*bounce/,
      ['cid@two.example'],
    ],
  ] as const)(
    'are set by touching %s, are seen, and are taken away',
    async (_, target, name, found) => {
      await target().click();
      await chip(name).waitFor();
      await expect.poll(shown).toEqual(found);
      await expect
        .poll(() => page.locator('#found').textContent())
        .toMatch(new RegExp(`^${found.length} report`));
      await page.getByRole('heading', { name: 'Reports that match' }).waitFor();
      await page.reload();
      await expect.poll(shown).toEqual(found);
      await page.goBack();
      await expect.poll(async () => (await shown()).length).toBe(3);
      await page.getByRole('heading', { name: 'Newest reports' }).waitFor();
      await page.goForward();
      await chip(name).click();
      await expect.poll(async () => (await shown()).length).toBe(3);
      // What is touched in the numbers is of their period.
      for (const from of await chip(/^From: /).all()) await from.click();
      await expect.poll(() => chosen().size).toBe(0);
    },
  );

  it('are set by touching a bar of the plot', async () => {
    await database.query(
      "update failure_reports set received_at = now() - interval '5 hours' where id = '1'",
    );
    await announce();
    await page.reload();
    await page.getByRole('img', { name: /^Failures over time: 3 since / }).waitFor();
    const { x, y, width, height } = (await page.locator('#plot .u-over').boundingBox()) ?? {
      x: 0,
      y: 0,
      width: 0,
      height: 0,
    };
    // The plot ends with the half hour that is not over. This is the middle of the bar five hours before.
    const sinceEnd = 5 * 60 + 15;
    const place = [x + width * (1 - sinceEnd / (24 * 60)), y + height - 5] as const;
    await page.mouse.move(...place);
    await expect
      .poll(() => page.locator('#pointed').textContent())
      .toMatch(/\d\d:\d\d to \d\d:\d\d: 1 \(For good 1, For now 0, Not told 0\)/);
    await page.mouse.click(...place);
    await expect.poll(shown).toEqual(['ann@one.example']);
    await chip(/^From: /).waitFor();
    await chip(/^Until: /).waitFor();
  });

  it('show the course of a domain that is touched, and lead back to all', async () => {
    await page.locator('#domains').getByRole('link', { name: 'two.example' }).click();
    await page.getByRole('img', { name: /^Failures over time: 2 since / }).waitFor();
    expect(await page.locator('#numbers-title').textContent()).toMatch(/2\s+at\s+two\.example/);
    await page.locator('#numbers').getByRole('link', { name: 'all domains' }).click();
    await page.getByRole('img', { name: /^Failures over time: 3 since / }).waitFor();
  });

  it('tell addresses without a domain from a domain of any name', async () => {
    await receive('4', 'nobody');
    await receive('5', 'eve@(none)');
    await announce();
    const none = '(no domain in the address)';
    await page.locator('#domains').getByRole('link', { name: none }).click();
    await chip(/^Domain: \(no domain in the address\)/).waitFor();
    await expect.poll(shown).toEqual(['nobody']);
    await page.getByRole('img', { name: /^Failures over time: 1 since / }).waitFor();
    await page.locator('#domains').getByRole('link', { name: '(none)' }).click();
    await chip(/^Domain: \(none\)/).waitFor();
    await expect.poll(shown).toEqual(['eve@(none)']);
  });

  it('narrow down each other, the numbers too, and stand in the title', async () => {
    await page.locator('#domains').getByRole('link', { name: 'two.example' }).click();
    await page.locator('#reports').getByRole('link', { name: 'spring' }).click();
    await expect.poll(shown).toEqual(['bob@two.example']);
    expect(await page.title()).toBe('Reports: two.example, spring · Failure desk');
    await chip(/^Domain: two.example/).click();
    await chip(/^Tag: spring/).click();
    await page.locator('#severities').getByRole('link', { name: 'permanent' }).click();
    await expect.poll(() => page.locator('#total').textContent()).toBe('1');
    expect(await page.locator('#categories').textContent()).toMatch(/invalid-address\s+1\s+100 %/);
  });

  it('go with a link to a colleague, the period and what is folded open too', async () => {
    await page.getByLabel('Period').selectOption('last hour');
    await page.getByText('As a table').click();
    await page.locator('#severities').getByRole('link', { name: 'temporary' }).click();
    await expect.poll(shown).toEqual(['cid@two.example', 'bob@two.example']);
    await expect.poll(() => chosen().get('open')).toBe('table');
    const { pathname, search } = new URL(page.url());
    const colleague = await openPage(pathname + search);
    expect(await colleague.getByLabel('Period').inputValue()).toBe('hour');
    await expect
      .poll(() => colleague.locator('#reports .address').allTextContents())
      .toEqual(['cid@two.example', 'bob@two.example']);
    await colleague.getByRole('columnheader', { name: 'When' }).waitFor();
  });

  it('say in words what cannot be searched for', async () => {
    await page.getByText('Search and filter').click();
    await page.locator('#search').getByLabel('Recipient').fill('a');
    await page.keyboard.press('Enter');
    await page
      .locator('#reports-part')
      .getByText(/three|3/)
      .last()
      .waitFor();
    await chip(/^Recipient: a/).click();
    await expect.poll(async () => (await shown()).length).toBe(3);
  });
});

/** Stores so many reports of one kind. */
async function receiveMany(count: number): Promise<void> {
  await database.query(
    `insert into failure_reports (key, id, recipient, state, severity, category, report)
     select 'k' || n, n::text, 'x@example.com', 'rcptto', 'permanent', 'technical',
       jsonb_build_object('id', n::text, 'recipient', 'x@example.com', 'state', 'rcptto',
         'tags', '[]'::jsonb, 'asynchronous', false, 'severity', 'permanent')
     from generate_series(1, $1::int) as n`,
    [count],
  );
  await announce();
}

describe.skipIf(!CHROMIUM)('the numbers of the page', { timeout: 30_000 }, () => {
  usePage();

  it('are not cut from a thousand on, nor do they touch their names', async () => {
    await receiveMany(21220);
    await page.reload();
    await page.getByRole('img', { name: /^Failures over time: 21220 since / }).waitFor();
    expect(await page.locator('#severities').textContent()).toMatch(/permanent\s+21,220\s+100 %/);
    // Room for "20,000" beside the plot, and for half a label after it.
    const canvas = await page.locator('#plot canvas').boundingBox();
    const over = await page.locator('#plot .u-over').boundingBox();
    if (!canvas || !over) throw new Error('There is no plot');
    expect(over.x - canvas.x).toBeGreaterThan(55);
    expect(canvas.x + canvas.width - over.x - over.width).toBeGreaterThan(20);
  });

  it.each([1280, 390])('stand in one line each in the table, %i wide', async (width) => {
    await receive('1');
    await receiveMany(1392);
    const seen = await openPage('/?open=table', { viewport: { width, height: 800 } });
    await seen.getByRole('cell', { name: '1,393' }).waitFor();
    const lines = await seen.locator('#numbers td').evaluateAll((cells) =>
      cells.map((cell) => {
        const text = cell.ownerDocument.createRange();
        text.selectNodeContents(cell);
        return new Set([...text.getClientRects()].map(({ top }) => top)).size;
      }),
    );
    expect(Math.max(...lines)).toBe(1);
  });

  it('are counted by the days of the one who looks', async () => {
    await receive('1');
    await database.query(
      "update failure_reports set received_at = date_trunc('day', now() - interval '3 days', 'Asia/Tokyo') + interval '1 minute'",
    );
    await announce();
    const day = (timeZone: string) => {
      const moment = new Date(Date.now() - 3 * 86_400_000);
      const options = { weekday: 'short', day: 'numeric', month: 'short', timeZone } as const;
      return moment.toLocaleDateString('en-GB', options);
    };
    const tokyo = await openPage('/?period=month&open=table', { timezoneId: 'Asia/Tokyo' });
    const row = tokyo.locator('#numbers').getByRole('row').nth(1);
    await expect.poll(() => row.textContent()).toContain(day('Asia/Tokyo'));
  });
});
