import { describe, expect, it } from 'vitest';
import { CHROMIUM, chosen, first, page, receive, receiveUnknown, usePage } from './browser.js';

describe.skipIf(!CHROMIUM)('texts from outside on the page', { timeout: 30_000 }, () => {
  usePage();
  const height = async () => (await first().boundingBox())?.height ?? Number.NaN;

  it('stay texts where they are markup', async () => {
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
    await page.reload();
    await first().getByText("Blocked <script>alert('this must stay text')</script>").waitFor();
    await first().getByText('<em>tag</em>').waitFor();
    await page.locator('#suppressions').getByText(markup).waitFor();
    await first().getByRole('link', { name: '<b>bold</b>@example.com' }).click();
    await page.getByRole('dialog').locator('#variables').getByText('<b>value</b>').waitFor();
    expect(await page.locator('main :is(script, b, i, u, em, img)').count()).toBe(0);
    expect(await page.title()).not.toContain('hit');
  });

  it('are cut to three lines and five tags, and are whole in the report', async () => {
    const description = Array.from({ length: 400 }, (_, i) => `line ${i}`).join('\n');
    await receive('1', 'long@example.com', {
      description,
      tags: Array.from({ length: 300 }, (_, i) => `tag-${i}`),
    });
    await first().getByText('line 2').waitFor();
    expect(await height()).toBeLessThan(200);
    expect(await first().locator('.tag').count()).toBe(5);
    await first().getByRole('link', { name: '295 more tags' }).waitFor();
    await first().getByRole('link', { name: 'show all' }).click();
    await page.getByRole('dialog').getByText('line 399').first().waitFor();
    const dialog = page.getByRole('dialog');
    expect(await dialog.getByText('tag-299').isVisible()).toBe(false);
    await dialog.getByText('295 more tags').click();
    await dialog.getByText('tag-299').first().waitFor();
    await dialog.getByRole('button', { name: 'Close' }).click();
    await page.goto(new URL('/', page.url()).href);
    await first().getByRole('link', { name: '295 more tags' }).click();
    await dialog.getByText('tag-299').first().waitFor();
  });

  it('have a placeholder where they are blank', async () => {
    await receive('1', '  ', { description: ' \n ', tags: [' '] });
    await first().getByRole('link', { name: '(blank address)' }).waitFor();
    await first().getByText('(no reply text)').waitFor();
  });

  it('hide nothing and turn nothing round', async () => {
    const disguised = 'evil\u202Emoc.elpmaxe@enaj';
    await receive('1', disguised, {
      description: 'From \u202Eright to left\u202C, a bell \u0007, nothing\u200B, مرحبا',
      tags: ['עברית'],
    });
    const link = first().getByRole('link', { name: 'evil[U+202E]moc.elpmaxe@enaj' });
    await first()
      .getByText('From [U+202E]right to left[U+202C], a bell [U+0007], nothing[U+200B], مرحبا')
      .waitFor();
    expect(await first().locator('bdi').count()).toBeGreaterThanOrEqual(3);
    await link.click();
    await expect.poll(() => page.title()).toBe('evil[U+202E]moc.elpmaxe@enaj · Failure desk');
    await page.getByRole('dialog').getByRole('button', { name: 'Close' }).click();
    // As it is shown it can also be asked for.
    await page.locator('#ask').getByLabel('Address').fill('evil[U+202E]moc.elpmaxe@enaj');
    await page.keyboard.press('Enter');
    await page.locator('#person').getByText('There are reports of it, though.').waitFor();
    expect(new URL(page.url()).searchParams.get('address')).toBe(disguised);
  });

  it('have tags that do not overlap in a report, long ones neither', async () => {
    await receive('1', 'a@example.com', {
      tags: ['one', 'two words '.repeat(30), 'three', 'four'],
    });
    await first().locator('.address').click();
    const tags = page.getByRole('dialog').locator('.tag');
    await tags.first().waitFor();
    const boxes = await Promise.all((await tags.all()).map((tag) => tag.boundingBox()));
    for (const [index, one] of boxes.entries()) {
      for (const other of boxes.slice(index + 1)) {
        if (!one || !other) throw new Error('A tag is not there');
        const below = one.y + one.height <= other.y;
        expect(below || one.x + one.width <= other.x).toBe(true);
      }
    }
    // Each is one box, however many lines it takes.
    expect(await tags.evaluateAll((all) => all.map((tag) => tag.getClientRects().length))).toEqual([
      1, 1, 1, 1,
    ]);
  });

  it('reach over nothing around them with marks piled up on their letters', async () => {
    const piled = `Z${'\u0300\u0301\u0302\u0303\u0308\u030a\u030b\u030c'.repeat(20)}`.repeat(20);
    await receive('1', 'a@example.com', { description: `Mailbox full ${piled}` });
    const reply = first().locator('.reply');
    await reply.waitFor();
    const around = async (visibility: string) => {
      await reply.evaluate((place, value) => {
        // biome-ignore lint/suspicious/noExplicitAny: the browser's own types are not loaded here
        (place as any).style.visibility = value;
      }, visibility);
      const { x, y, width } = (await first().boundingBox()) ?? { x: 0, y: 0, width: 0 };
      const top = (await reply.boundingBox())?.y ?? 0;
      const clip = { x, y: Math.ceil(y), width, height: Math.floor(top) - Math.ceil(y) - 1 };
      return (await page.screenshot({ clip, fullPage: true })).toString('base64');
    };
    const alone = await around('hidden');
    expect((await around('visible')) === alone).toBe(true);
  });

  it('are in one line where they are addresses, and the same in all places', async () => {
    await receiveUnknown('1', 'crlf\r\nx\r@example.com');
    const shown = 'crlf␍␊x␍@example.com';
    await first().getByRole('link', { name: shown }).waitFor();
    await page.locator('#suppressions').getByRole('link', { name: shown, exact: true }).waitFor();
    await first().locator('.address').click();
    const dialog = page.getByRole('dialog', { name: shown });
    await dialog.getByRole('link', { name: 'All about this address' }).click();
    await page.locator('#person').getByRole('heading', { name: shown }).waitFor();
    expect(await page.locator('#ask input').inputValue()).toBe(shown);
    expect(await page.title()).toBe(`${shown} · Failure desk`);
    await page.locator('#ask input').press('Enter');
    await page.locator('#person').getByText('Suppressed: do not mail it.').waitFor();
  });

  it('have the same lines in the list and in the report, however they are broken', async () => {
    await receive('1', 'a@example.com', { description: 'one\rtwo\r\nthree' });
    expect(await first().locator('.reply bdi').last().textContent()).toBe('one\ntwo\nthree');
    await first().locator('.address').click();
    await expect
      .poll(() => page.getByRole('dialog').locator('pre').textContent())
      .toContain('one\ntwo\nthree');
  });

  it('stay as they are where they are touched and searched for once more', async () => {
    await receive('1', 'a@example.com', { tags: [' sp '] });
    await first().locator('.tag').click();
    await expect.poll(() => page.locator('#found').textContent()).toBe('1 report');
    await page.getByText('Search and filter').click();
    await page.locator('#search').getByRole('button', { name: 'Search' }).click();
    await page.locator('#search').getByLabel('Recipient').fill('a@example');
    await page.keyboard.press('Enter');
    await page.getByRole('link', { name: /^Recipient: a@example/ }).waitFor();
    await expect.poll(() => page.locator('#found').textContent()).toBe('1 report');
    expect(chosen().get('tag')).toBe(' sp ');
  });

  it('cannot make a name of the protocol stand for something else', async () => {
    await receive('1', 'a@example.com', { state: 'constructor' });
    await first().getByText('constructor').waitFor();
    expect((await first().textContent())?.includes('function')).toBe(false);
  });
});
