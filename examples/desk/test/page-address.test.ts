import { describe, expect, it } from 'vitest';
import {
  announce,
  CHROMIUM,
  database,
  first,
  openPage,
  page,
  receive,
  receiveUnknown,
  usePage,
} from './browser.js';

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

  it('tells where older reports are left out of its history, and what came before them', async () => {
    await receiveUnknown('1', 'jo@x.nl');
    for (let id = 2; id <= 23; id += 1) await receive(`${id}`, 'jo@x.nl');
    await receiveUnknown('24', 'jo@x.nl');
    await database.query("select take_off('jo@x.nl', 'Back from leave')");
    await receiveUnknown('25', 'jo@x.nl');
    const seen = await openPage('/?address=jo@x.nl');
    const history = seen.locator('#person .history li');
    await history.first().waitFor();
    const told = (await history.allTextContents()).map((text) => text.replace(/\s+/g, ' '));
    expect(told).toHaveLength(24);
    expect(told[0]).toContain('Put on the list by a report');
    expect(told[1]).toContain('550 5.1.1 User unknown');
    expect(told[2]).toContain('Taken off the list by hand: Back from leave');
    expect(told[3]).toContain('550 5.1.1 User unknown');
    expect(told[22]).toContain('Older reports are left out here. All reports of it');
    expect(told[23]).toContain('Put on the list by a report');
  });

  it('has what a report led to above the report, also where several came at once', async () => {
    await receiveUnknown('1', 'jo@x.nl');
    await receive('2', 'jo@x.nl');
    await database.query(
      'update failure_reports set received_at = (select min(received_at) from failure_reports)',
    );
    await announce();
    await ask('jo@x.nl');
    const history = person().locator('.history li');
    await expect.poll(() => history.count()).toBe(3);
    const told = await history.allTextContents();
    expect(told[0]).toContain('Mailbox full');
    expect(told[1]).toContain('Put on the list');
    expect(told[2]).toContain('User unknown');
  });

  it('is not said to have reports where it has only tests', async () => {
    await page.locator('#test').getByRole('button', { name: 'Send' }).click();
    await first().waitFor();
    await ask('jane.doe@example.com');
    await person().getByText('It has test reports only, which do not count.').waitFor();
    await receive('1', 'jane.doe@example.com');
    await person().getByText('There are reports of it, though.').waitFor();
  });

  it('says why it is not suppressed where it is too long for any list', async () => {
    const long = `${'long'.repeat(80)}@example.net`;
    await receiveUnknown('1', long);
    await first().locator('.address').click();
    await page.getByRole('dialog').getByText('It is longer than any address can be').waitFor();
    const seen = await openPage();
    const form = seen.locator('#add');
    await form.getByLabel('Suppress an address').fill(long);
    await form.getByLabel('Reason').fill('He asked us to');
    await form.getByRole('button', { name: 'Add' }).click();
    await seen.getByText('No address is longer than 320 characters. Nothing was added.').waitFor();
    // A field that cuts what is pasted would put another address on the list.
    expect(
      await seen.locator('[name=address][maxlength], [name=recipient][maxlength]').count(),
    ).toBe(0);
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
