import { describe, expect, it } from 'vitest';
import {
  areApart,
  first,
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
import { CHROMIUM } from './chromium.js';

const JANE = 'jane@example.com';

describe.skipIf(!CHROMIUM)('reports on the page, and hostile texts in them', () => {
  useDesk();
  const dialog = () => page.getByRole('dialog');
  const text = () => textOf(dialog());
  /** Loads the page and opens its newest report. */
  const openFirst = async () => {
    await open();
    await first().locator('.address').click();
    await dialog().getByText('What to do').waitFor();
    await page.locator('main:not(:has([aria-busy]))').waitFor();
  };
  const janes = async () => {
    await receive('1', JANE);
    const changes = { ...UNKNOWN_USER, time: 1_789_000_000, tags: ['spring'] };
    const mailing = { name: 'Spring', parts: ['a', 'b'], colours: [] };
    await receive('2', JANE, changes, { id: '2', recipient: JANE, mailing, tags: ['spring'] });
  };

  it('says if a reason is not certain', async () => {
    await receive('1', JANE, { code: 550, extended: '5.1.1', description: '550 5.1.1 No' });
    await openFirst();
    expect(await text()).toMatch(/Because of the enhanced status code extended ?: “5.1.1”/);
    expect(await text()).toContain('That is not certain: it can mean something else too.');
  });

  it('shows all of a report, and filters by what is clicked in it', async () => {
    await janes();
    await openFirst();
    expect(await text()).toMatch(/Will not arrive permanent No such address invalid-address/);
    expect(await text()).toContain('Do not mail this address again.');
    expect(await text()).toMatch(
      /Because of the text of the reply description ?: “[^”]*user unknown/i,
    );
    expect(await text()).toContain('These words have no other meaning.');
    expect(await text()).toContain('550 5.1.1 User unknown');
    expect(await text()).toContain('Suppressed: do not mail it.');
    expect(await text()).toMatch(/Failed time ?10 Sept? 2026, 02:26:40/);
    expect(await text()).toMatch(/Received ?\d+ \w+ \d{4}, \d\d:\d\d:\d\d/);
    expect(await text()).toMatch(/Message id ?2/);
    expect(await textOf(dialog().locator('#variables'))).toMatch(
      /mailing\[name\] ?Spring ?mailing\[parts\]\[\] ?a ?mailing\[parts\]\[\] ?b/,
    );
    expect(await dialog().getByText('spring', { exact: true }).count()).toBe(1);
    expect(await dialog().locator('.history li').allTextContents()).toEqual([
      expect.stringContaining('Put on the list'),
      expect.stringContaining('No such address'),
      expect.stringContaining('Mailbox full or closed'),
    ]);
    expect(await page.title()).toBe(`${JANE} · Failure desk`);
    await dialog().getByRole('link', { name: 'All about this address' }).click();
    await dialog().waitFor({ state: 'hidden' });
    await page
      .locator('#address-result')
      .getByRole('link', { name: 'Take it off the list' })
      .waitFor();
    expect(param('address')).toBe(JANE);
    for (const [name, value] of [
      ['severity', 'permanent'],
      ['category', 'invalid-address'],
      ['state', 'rcptto'],
      ['tag', 'spring'],
    ] as const) {
      await openFirst();
      await dialog().getByRole('link', { name: value }).first().click();
      await dialog().waitFor({ state: 'hidden' });
      expect(Object.fromEntries(new URL(page.url()).searchParams)).toEqual({ [name]: value });
    }
  });

  it('closes and opens with the keyboard, Back, Forward, reload and a link for a colleague', async () => {
    await janes();
    await open();
    const link = first().getByRole('link', { name: JANE });
    await link.focus();
    await page.keyboard.press('Enter');
    await dialog().getByText('What to do').waitFor();
    await page.keyboard.press('Escape');
    await expect.poll(() => param('report')).toBe(null);
    await dialog().waitFor({ state: 'hidden' });
    expect(await link.evaluate((element) => element === element.ownerDocument.activeElement)).toBe(
      true,
    );
    await page.goBack();
    await dialog().waitFor();
    await page.goBack();
    await dialog().waitFor({ state: 'hidden' });
    await page.goForward();
    await dialog().waitFor();
    await page.reload();
    await dialog().getByText('What to do').waitFor();
    await page.goto('/?report=999999');
    await page
      .getByRole('dialog', { name: 'Report' })
      .getByText(/no .*report/i)
      .waitFor();

    // A colleague gets a link to it.
    await openFirst();
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await dialog().getByRole('button', { name: 'Copy the link' }).click();
    await dialog().getByText('Copied.').waitFor();
    const copied = await page.evaluate<string>('navigator.clipboard.readText()');
    const colleague = await openAnother(copied);
    await colleague.getByRole('dialog', { name: JANE }).getByText('User unknown').first().waitFor();
    await page.reload();
    await page.evaluate("Object.defineProperty(navigator, 'clipboard', { value: undefined })");
    await dialog().getByRole('button', { name: 'Copy the link' }).click();
    await dialog().getByText(`This browser does not copy. The link is ${copied}`).waitFor();
  });

  it('shows reports that say nothing, name no address, or have odd times', async () => {
    const nothing = { code: 999, extended: '9.9.9', description: 'Hm', state: 'unknown' } as const;
    await receive('1', JANE, { ...nothing, severity: 'unknown', time: 999_999_999_999_999 });
    await openFirst();
    expect(await text()).toContain('Nothing in the report says why it failed.');
    expect(await text()).not.toContain('none');
    expect(await text()).toMatch(/Failed time ?999999999999999/);
    await receive('2', JANE, { time: 1_789_000_000_000 });
    await openFirst();
    expect(await text()).toMatch(/Failed time ?10 Sept? 2026, 02:26:40/);
    await receive('3', ' ', { ...UNKNOWN_USER, description: ' \n ', tags: [' '] });
    await openFirst();
    expect(await text()).toContain('(no address)');
    await page.keyboard.press('Escape');
    await first().getByRole('link', { name: '(blank address)' }).waitFor();
    await first().getByText('(no reply text)').waitFor();
    expect(await page.locator('#suppressions > li').count()).toBe(0);
  });

  it('keeps texts as texts if they contain markup, and cuts long ones in the list', async () => {
    const markup = `<img src=x onerror="document.title='hit'">`;
    await receiveUnknown('1', `${markup}@example.com`);
    await receive(
      '2',
      '<b>bold</b>@example.com',
      {
        state: '<i>state</i>',
        extended: '<u>4.2.2</u>',
        description: "Blocked <script>alert('this must stay text')</script>",
        tags: ['<em>tag</em>', '&amp;'],
      },
      { '<b>name</b>': '<b>value</b>', id: '2' },
    );
    await receive('3', 'a@example.com', { state: 'constructor' });
    await open();
    expect(await textOf(first())).toContain('constructor');
    expect(await textOf(first())).not.toContain('function');
    const row = page.locator('#reports > li').nth(1);
    await row.getByText("Blocked <script>alert('this must stay text')</script>").waitFor();
    await row.getByText('<em>tag</em>').waitFor();
    await page.locator('#suppressions').getByText(markup).waitFor();
    await row.getByRole('link', { name: '<b>bold</b>@example.com' }).click();
    await dialog().locator('#variables').getByText('<b>value</b>').waitFor();
    expect(await page.locator('main :is(script, b, i, u, em, img)').count()).toBe(0);
    expect(await page.title()).not.toContain('hit');

    // The list cuts what the report shows whole.
    await receive('4', 'long@example.com', {
      description: Array.from({ length: 400 }, (_, i) => `line ${i}`).join('\r\n'),
      tags: Array.from({ length: 300 }, (_, i) => `tag-${i}`),
    });
    await open();
    await first().getByText('line 2').waitFor();
    expect((await first().boundingBox())?.height).toBeLessThan(200);
    expect(await first().locator('.tag').count()).toBe(5);
    await first().getByRole('link', { name: 'show all' }).click();
    await dialog().getByText('line 399').first().waitFor();
    expect(await dialog().getByText('tag-299').first().isVisible()).toBe(false);
    await page.keyboard.press('Escape');
    await first().getByRole('link', { name: '295 more tags' }).click();
    await dialog().getByText('tag-299').first().waitFor();
  });

  it('shows invisible characters, reverses nothing, and has the same lines everywhere', async () => {
    const disguised = 'evil\u202Emoc.elpmaxe@enaj';
    await receive('1', disguised, {
      description: 'From \u202Eright to left\u202C, a bell \u0007, nothing\u200B, مرحبا',
      tags: ['עברית'],
    });
    await open();
    await first()
      .getByText('From [U+202E]right to left[U+202C], a bell [U+0007], nothing[U+200B], مرحبا')
      .waitFor();
    expect(await first().locator('bdi').count()).toBeGreaterThanOrEqual(3);
    const shown = 'evil[U+202E]moc.elpmaxe@enaj';
    await first().getByRole('link', { name: shown }).click();
    await expect.poll(() => page.title()).toBe(`${shown} · Failure desk`);
    await dialog().getByRole('button', { name: 'Close' }).click();
    // The lookup understands the shown form.
    await page.locator('#ask').getByLabel('Address').fill(shown);
    await page.keyboard.press('Enter');
    await page.locator('#address-result').getByText('its mailbox was full or closed').waitFor();
    expect(param('address')).toBe(disguised);

    await receiveUnknown('2', 'crlf\r\nx\r@example.com');
    await receive('3', 'a@example.com', { description: 'one\rtwo\r\nthree' });
    await open();
    const line = 'crlf␍␊x␍@example.com';
    await page.locator('#reports').getByRole('link', { name: line }).waitFor();
    await page.locator('#suppressions').getByRole('link', { name: line, exact: true }).click();
    await page.locator('#address-result').getByText('Suppressed: do not mail it.').waitFor();
    expect(await page.locator('#ask input').inputValue()).toBe(line);
    expect(await first().locator('.reply bdi').last().textContent()).toBe('one\ntwo\nthree');
    await first().locator('.address').click();
    await expect.poll(() => dialog().locator('pre').textContent()).toContain('one\ntwo\nthree');
  });

  it('keeps long tags apart, and accents piled up on letters within their line', async () => {
    const piled = `Z${'\u0300\u0301\u0302\u0303\u0308\u030a\u030b\u030c'.repeat(20)}`.repeat(20);
    await receive('1', 'a@example.com', {
      description: `Mailbox full ${piled}`,
      tags: ['one', 'two words '.repeat(9), 'three', 'four'],
    });
    await openFirst();
    const boxes = await dialog()
      .locator('.tag')
      .evaluateAll((tags) =>
        tags.map((tag) => ({
          box: tag.getBoundingClientRect().toJSON(),
          boxes: tag.getClientRects().length,
        })),
      );
    expect(boxes.map(({ boxes }) => boxes)).toEqual([1, 1, 1, 1]);
    for (const [index, one] of boxes.entries()) {
      for (const other of boxes.slice(index + 1)) {
        expect(areApart(one.box, other.box)).toBe(true);
      }
    }
    await page.keyboard.press('Escape');
    await dialog().waitFor({ state: 'hidden' });
    const reply = first().locator('.reply');
    /** A picture of the row above its reply. */
    const above = async (visibility: string) => {
      await reply.evaluate((element, value) => {
        Object.assign((element as unknown as { style: object }).style, { visibility: value });
      }, visibility);
      const { x = 0, y = 0, width = 0 } = (await first().boundingBox()) ?? {};
      const top = (await reply.boundingBox())?.y ?? 0;
      const clip = { x, y: Math.ceil(y), width, height: Math.floor(top) - Math.ceil(y) - 1 };
      return (await page.screenshot({ clip, fullPage: true })).toString('base64');
    };
    const alone = await above('hidden');
    expect((await above('visible')) === alone).toBe(true);
  });
});
