import { describe, expect, it } from 'vitest';
import { CHROMIUM, first, page, receive, receiveUnknown, usePage } from './browser.js';

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
    await page.getByRole('dialog').getByText('tag-299').first().waitFor();
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

  it('cannot make a name of the protocol stand for something else', async () => {
    await receive('1', 'a@example.com', { state: 'constructor' });
    await first().getByText('constructor').waitFor();
    expect((await first().textContent())?.includes('function')).toBe(false);
  });
});
