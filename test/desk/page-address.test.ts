import { describe, expect, it } from 'vitest';
import { CHROMIUM, first, openPage, page, receive, receiveUnknown, usePage } from './browser.js';

describe.skipIf(!CHROMIUM)('an address and its verdict', { timeout: 60_000 }, () => {
  usePage();
  const person = () => page.locator('#person');
  const ask = async (address: string) => {
    await page.locator('#ask').getByLabel('Address').fill(address);
    await page.keyboard.press('Enter');
  };
  const focused = () => page.evaluate<string>('document.activeElement.textContent.trim()');

  it('is no plain "not suppressed" where it is suppressed with other capitals', async () => {
    await receiveUnknown('1', 'Jane.Doe@Shop.Example');
    await ask('jane.doe@shop.example');
    await person().getByText('With other capitals it is suppressed:').waitFor();
    expect(await person().getByText('Not suppressed.').count()).toBe(0);
    await person().getByRole('link', { name: 'Jane.Doe@shop.example' }).click();
    await person().getByText('Suppressed: do not mail it.').waitFor();
  });

  it('keeps the keyboard, and tells no outcome that a later report has undone', async () => {
    await receiveUnknown('1', 'jane@example.com');
    await ask('jane@example.com');
    await person().getByRole('link', { name: 'Take off the list' }).focus();
    await page.keyboard.press('Enter');
    await expect.poll(() => page.evaluate('document.activeElement.name')).toBe('reason');
    await page.keyboard.type('She has a new mailbox');
    await page.keyboard.press('Enter');
    await person().getByText('Taken off the list.', { exact: true }).waitFor();
    await expect.poll(focused).toMatch(/^Not suppressed\./);
    await receiveUnknown('2', 'jane@example.com');
    await person().getByText('Suppressed: do not mail it.').waitFor();
    await person().getByText('Taken off the list.', { exact: true }).waitFor({ state: 'hidden' });
    await person().getByRole('link', { name: 'Delete all data of it' }).click();
    await expect.poll(() => page.evaluate('document.activeElement.name')).toBe('keep');
    await person().getByRole('link', { name: 'Leave it as it is' }).click();
    await expect.poll(focused).toMatch(/^Suppressed/);
    await person().getByRole('link', { name: 'Delete all data of it' }).click();
    await person().getByRole('button', { name: 'Delete for good' }).click();
    await person().getByText('2 reports deleted. It is still suppressed.').waitFor();
    await expect.poll(focused).toMatch(/^Suppressed/);
  });

  it('leads to the whole history of just this address', async () => {
    for (let id = 1; id <= 21; id += 1) await receive(`${id}`, 'jo@x.nl');
    await receive('22', 'anjo@x.nl');
    const seen = await openPage('/?address=jo@x.nl&severity=permanent');
    await seen.locator('#person').getByRole('link', { name: 'All reports of it' }).click();
    await seen.getByRole('link', { name: /^Address: jo@x\.nl/ }).waitFor();
    await expect.poll(() => seen.locator('#found').textContent()).toBe('21 reports');
    expect(await seen.locator('#reports .address').first().textContent()).toBe('jo@x.nl');
  });

  it('is not changed without a reason that says something', async () => {
    const form = page.locator('#add');
    await form.getByLabel('Suppress an address').fill('bob@example.com');
    await form.getByLabel('Reason').fill('   ');
    await form.getByRole('button', { name: 'Add' }).click();
    expect(await form.locator('input:invalid').count()).toBe(1);
    await receive('1');
    await first().waitFor();
    expect(await page.locator('#suppressions > li').count()).toBe(0);
  });
});
