import { describe, expect, it } from 'vitest';
import { CHROMIUM, first, page, receive, receiveUnknown, usePage } from './browser.js';

describe.skipIf(!CHROMIUM)('the page in Chromium', { timeout: 30_000 }, () => {
  usePage();

  it('shows what another sender reports without being loaded again, also what follows from it', async () => {
    await page.evaluate('window.notLoadedAgain = true');
    await receiveUnknown('1', 'Newcomer@Example.COM');
    await first().getByText('Newcomer@Example.COM').waitFor();
    expect(await first().textContent()).toMatch(
      /For good\s+permanent\s+No such address\s+invalid-address\s+naming the recipient\s+rcptto\s+offer/,
    );
    await page.locator('#suppressions').getByText('Newcomer@example.com').waitFor();
    await page.getByRole('img', { name: /^Failures over time: 1 since / }).waitFor();
    expect(await page.locator('#severities').textContent()).toMatch(/permanent\s+1\s+100 %/);
    expect(await page.locator('#categories').textContent()).toMatch(/invalid-address\s+1\s+100 %/);
    expect(await page.evaluate('window.notLoadedAgain')).toBe(true);
  });

  it('shows a test report from its form as a test that counts nowhere, and says what a real one does', async () => {
    await page.getByLabel('What happens').selectOption('Refused at once: no such user');
    const form = page.locator('#test');
    await form.getByLabel('Recipient').fill('Newcomer@Example.COM');
    await form.getByLabel('Tags').fill('welcome');
    await page.getByRole('button', { name: 'Send' }).click();

    await page.getByText('The endpoint answered 200 OK').waitFor();
    const result = page.locator('#test-answer');
    await result.getByText('A real one would have counted as').waitFor();
    expect(await result.textContent()).toMatch(
      /For good\s+permanent\s*,\s+No such address\s+invalid-address/,
    );
    await result.getByText('Newcomer@example.com would be on the list').waitFor();
    await first().getByText('Newcomer@Example.COM').waitFor();
    await first().getByText('test', { exact: true }).waitFor();
    await page.getByText('No address yet.').waitFor();
    expect(await page.locator('#severities').textContent()).toMatch(/permanent\s+0\s+0 %/);
    await result.getByRole('link', { name: 'Open the test report' }).click();
    await page.getByRole('dialog').getByText('A test report: it is in no count').waitFor();
  });

  it('says in words what is wrong with a test report', async () => {
    const form = page.locator('#test');
    await form.getByLabel('Recipient').fill('   ');
    await page.getByRole('button', { name: 'Send' }).click();
    await page.getByText('A recipient is needed: it is blank.').waitFor();
    await form.getByLabel('Recipient').fill('jane@example.com');
    await form.getByLabel('Tags').fill(Array.from({ length: 21 }, (_, i) => `t${i}`).join());
    await page.getByRole('button', { name: 'Send' }).click();
    await page.getByText('At most twenty tags, please: these are 21.').waitFor();
    await page.getByText('No report yet').waitFor();
  });

  it('draws a bar for the reports of each severity', async () => {
    const inked = () =>
      page.locator('#plot canvas').evaluate((canvas) => {
        const { width, height } = canvas as unknown as { width: number; height: number };
        // biome-ignore lint/suspicious/noExplicitAny: the browser's own types are not loaded here
        const pixels = (canvas as any).getContext('2d').getImageData(0, 0, width, height).data;
        const amber = (i: number) => pixels[i] > 120 && pixels[i + 1] < 130 && pixels[i + 2] < 40;
        let count = 0;
        for (let i = 0; i < pixels.length; i += 4) if (amber(i) && pixels[i + 3] > 0) count += 1;
        return count;
      });
    expect(await inked()).toBe(0);
    await receive('1');
    await expect.poll(inked, { timeout: 20_000 }).toBeGreaterThan(50);
  });

  it('finds reports by recipient, tag, state and category', async () => {
    await receive('1', 'needle@example.com');
    await receive('2');
    await page.reload();
    await first().getByText('customer-2@example.com').waitFor();
    await page.getByText('Search and filter').click();
    const search = page.locator('#search');
    await search.getByLabel('Recipient').fill('NEEDLE');
    await search.getByLabel('Tag').fill('offer');
    await search.getByLabel('Why').selectOption('mailbox-unavailable');
    await search.getByLabel('Step').fill('rcptto');
    await page.keyboard.press('Enter');
    await expect.poll(() => page.locator('#reports > li').count()).toBe(1);
    await first().getByText('needle@example.com').waitFor();
    await search.getByLabel('Tag').fill('nothing');
    await page.getByRole('button', { name: 'Search' }).click();
    await page.getByText('No report matches.').waitFor();
    await page.getByRole('button', { name: 'Clear' }).click();
    await expect.poll(() => page.locator('#reports > li').count()).toBe(2);
  });

  it('turns to older reports and back, each time to the top of the list', async () => {
    for (let id = 1; id <= 25; id += 1) await receive(`${id}`);
    await page.reload();
    await first().getByText('customer-25@example.com').waitFor();
    const pages = page.getByRole('navigation', { name: 'Pages of reports' });
    await pages.getByRole('button', { name: 'Older' }).click();
    await first().getByText('customer-5@example.com').waitFor();
    expect(await pages.getByRole('button', { name: 'Older' }).isDisabled()).toBe(true);
    await expect.poll(() => isInView('#reports-title')).toBe(true);
    await page.getByRole('heading', { name: 'Older reports' }).waitFor();
    await page.reload();
    await first().getByText('customer-5@example.com').waitFor();
    await pages.getByRole('button', { name: 'Newer' }).click();
    await first().getByText('customer-25@example.com').waitFor();
    await page.goBack();
    await first().getByText('customer-5@example.com').waitFor();
  });

  it('downloads the suppressions as CSV', async () => {
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: 'Download CSV' }).click(),
    ]);
    expect(download.suggestedFilename()).toBe('suppressions.csv');
  });
});

function isInView(selector: string): Promise<boolean> {
  return page.locator(selector).evaluate((element) => {
    // biome-ignore lint/suspicious/noExplicitAny: the browser's own types are not loaded here
    const { top, bottom } = (element as any).getBoundingClientRect();
    return top >= 0 && bottom <= 720;
  });
}
