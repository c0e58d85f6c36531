import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { CHROMIUM, chosen, page, receiveUnknown, usePage } from './browser.js';

describe.skipIf(!CHROMIUM)('the suppressions on the page', { timeout: 30_000 }, () => {
  usePage();
  const part = () => page.locator('#suppressions-part');
  const shown = () => page.locator('#suppressions .address').allTextContents();

  it('are all there: paged through and searched', async () => {
    for (let id = 1; id <= 11; id += 1) await receiveUnknown(`${id}`, `unknown-${id}@example.com`);
    await page.reload();
    await part().getByText('unknown-11@example.com').waitFor();
    expect(await page.locator('#suppressions-total').textContent()).toBe('11');
    const pages = page.getByRole('navigation', { name: 'Pages of suppressions' });
    await pages.getByRole('button', { name: 'Older' }).click();
    await expect
      .poll(shown)
      .toEqual(['unknown-3@example.com', 'unknown-2@example.com', 'unknown-1@example.com']);
    await part().getByLabel('Find').fill('UNKNOWN-7@');
    await page.keyboard.press('Enter');
    await expect.poll(shown).toEqual(['unknown-7@example.com']);
    await page.reload();
    await expect.poll(shown).toEqual(['unknown-7@example.com']);
    await part()
      .getByRole('link', { name: /^part of the address: UNKNOWN-7@/ })
      .click();
    await expect.poll(async () => (await shown()).length).toBe(8);
    await part().getByLabel('Find').fill('nowhere');
    await page.keyboard.press('Enter');
    await part().getByText('No suppressed address has this in it.').waitFor();
  });

  it('lead to the report they come from', async () => {
    await receiveUnknown('1', 'jane@example.com');
    await page.locator('#suppressions').getByRole('link', { name: 'report' }).click();
    await page
      .getByRole('dialog', { name: 'jane@example.com' })
      .getByText('User unknown')
      .first()
      .waitFor();
  });

  it('are taken off with a reason, asked once more, and put back by a later report only', async () => {
    await receiveUnknown('1', 'jane@example.com');
    await page.locator('#suppressions').getByRole('link', { name: 'Take off' }).click();
    const person = page.locator('#person');
    const button = person.getByRole('button', { name: 'Take off the list' });
    await button.click();
    // Without a reason nothing happens.
    expect(chosen().get('ask')).toBe('release');
    await person.getByLabel('Reason').fill('She has a new mailbox');
    await button.click();
    await person.getByText('Taken off the list.', { exact: true }).waitFor();
    await person.getByText('Not suppressed.').waitFor();
    await person.locator('.history').getByText('She has a new mailbox').waitFor();
    await expect.poll(shown).toEqual([]);
    await receiveUnknown('1', 'jane@example.com');
    await receiveUnknown('2', 'jane@example.com');
    await person.getByText('Suppressed: do not mail it.').waitFor();
    await expect.poll(() => person.locator('.history li').count()).toBe(5);
  });

  it('are added by hand, with a reason', async () => {
    await part().getByLabel('Suppress an address').fill('bob@Example.com');
    await part().getByLabel('Reason').fill('He asked us to');
    await part().getByRole('button', { name: 'Add' }).click();
    await part().getByText('bob@Example.com is on the list now.').waitFor();
    await page.locator('#suppressions').getByText('bob@example.com').waitFor();
    expect(await page.locator('#suppressions').textContent()).toMatch(/He asked us to\s+by hand/);
    await part().getByLabel('Suppress an address').fill('   ');
    await part().getByLabel('Reason').fill('none');
    await part().getByRole('button', { name: 'Add' }).click();
    await part().getByText('Nothing was added.').waitFor();
  });

  it('come in from a CSV file and go out as one', async () => {
    const buffer = Buffer.from('address\nann@example.com\nbob@example.com\n');
    await part()
      .getByLabel('Import CSV')
      .setInputFiles({ name: 'list.csv', mimeType: 'text/csv', buffer });
    await part().getByText('2 addresses added, 0 on the list already, 0 lines refused.').waitFor();
    await expect
      .poll(async () => (await shown()).toSorted())
      .toEqual(['ann@example.com', 'bob@example.com']);
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      part().getByRole('link', { name: 'Download CSV' }).click(),
    ]);
    expect(await readFile(await download.path(), 'utf8')).toMatch(
      /^address,.*\nann@example\.com,.*\nbob@example\.com,/,
    );
  });

  it('say that a file is being imported, and what to do where it may not have come whole', async () => {
    let answer: () => void = () => undefined;
    const asked = new Promise<void>((resolve) => {
      answer = resolve;
    });
    await page.route('**/suppressions/import', async (route) => {
      await asked;
      await route.fulfill({ status: 503, json: { error: 'The database cannot be reached' } });
    });
    const buffer = Buffer.from('ann@example.com\n');
    await part()
      .getByLabel('Import CSV')
      .setInputFiles({ name: 'list.csv', mimeType: 'text/csv', buffer });
    await part().getByText('Importing list.csv …').waitFor();
    answer();
    const outcome = 'It may have been added, or in part: do it again, nothing is added twice.';
    await part().getByText(outcome).waitFor();
  });

  it('keep what is being read where it is, and offer what is new', async () => {
    await receiveUnknown('1', 'ann@example.com');
    await page.locator('#suppressions').getByText('ann@example.com').waitFor();
    await receiveUnknown('2', 'bob@example.com');
    await part().getByRole('button', { name: '1 new suppression: show' }).click();
    await expect.poll(shown).toEqual(['bob@example.com', 'ann@example.com']);
  });
});
