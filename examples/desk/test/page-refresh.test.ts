import { describe, expect, it } from 'vitest';
import { CHROMIUM, first, openPage, page, receive, setFailing, usePage } from './browser.js';

const DOWN = 'The database cannot be reached at the moment';

describe.skipIf(!CHROMIUM)('a page that stays open', { timeout: 40_000 }, () => {
  usePage();

  it('notices by itself that the database is down, says since when and what to do, and recovers', async () => {
    await receive('1');
    await first().waitFor();
    await page.locator('#live').getByText('Database up').waitFor();
    await page.locator('#live').getByText('updated just now').waitFor();
    setFailing(true);
    // Nothing is clicked.
    await page.getByRole('alert').getByText(DOWN).waitFor();
    await page.locator('#live.off').getByText('Not up to date').waitFor();
    expect(await page.getByRole('alert').textContent()).toMatch(
      /What is shown is from \d\d:\d\d:\d\d\. .*DATABASE_URL\. Trying again …/,
    );
    await page
      .locator('#live')
      .getByText(/updated \d+ s ago/)
      .waitFor();
    // What was there can still be read.
    await first().getByText('customer-1@example.com').waitFor();
    setFailing(false);
    await page.locator('#trouble').waitFor({ state: 'hidden' });
    await page.locator('#live.on').waitFor();
  });

  it('says in plain words what a choice could not bring, and brings it once it can', async () => {
    await receive('1');
    await first().waitFor();
    setFailing(true);
    await page.getByLabel('Period').selectOption('last hour');
    await page.locator('#numbers').getByText(DOWN).waitFor();
    await page.locator('#numbers').getByRole('button', { name: 'Try again' }).click();
    await page.locator('#trouble').waitFor();
    setFailing(false);
    await page.locator('#trouble').waitFor({ state: 'hidden' });
    await page.getByRole('img', { name: /^Failures over time: 1 since / }).waitFor();
  });

  it('says in its forms that the database is down, not in JSON', async () => {
    setFailing(true);
    await page.getByRole('button', { name: 'Send' }).click();
    await expect
      .poll(() => page.locator('#test-answer').textContent())
      .toMatch(/cannot be reached|went wrong/);
    expect(await page.locator('#test-answer').textContent()).not.toContain('{');
  });

  it('offers new reports and leaves what is being read, and selected, as it is', async () => {
    await receive('1');
    await first().getByText('customer-1@example.com').waitFor();
    await first().locator('.address').selectText();
    const selected = () => page.evaluate<string>('String(getSelection())');
    expect((await selected()).trim()).toBe('customer-1@example.com');
    for (let id = 2; id <= 13; id += 1) await receive(`${id}`);
    const offer = page.getByRole('button', { name: '12 new reports: show' });
    await offer.waitFor();
    expect(await page.locator('#total').textContent()).toBe('13');
    expect(await page.locator('#reports > li').count()).toBe(1);
    expect((await selected()).trim()).toBe('customer-1@example.com');
    await offer.click();
    await first().getByText('customer-13@example.com').waitFor();
    expect(await page.locator('#reports > li').count()).toBe(13);
    await offer.waitFor({ state: 'hidden' });
  });

  it('tells how many new reports there are where they are more than a page', async () => {
    await receive('1');
    await first().waitFor();
    for (let id = 2; id <= 26; id += 1) await receive(`${id}`);
    const offer = page.getByRole('button', { name: '25 new reports: show' });
    await offer.click();
    await first().getByText('customer-26@example.com').waitFor();
    await offer.waitFor({ state: 'hidden' });
  });

  it('does not say that the database is up while its answer is awaited', async () => {
    await page.route('**/state', () => undefined);
    await page.locator('#live').getByText('Asking the database').waitFor();
    await page
      .locator('#live')
      .getByText(/updated \d+ s ago/)
      .waitFor();
    await page.unrouteAll();
  });

  it('keeps what somebody is typing', async () => {
    await page.getByText('Search and filter').click();
    const field = page.locator('#search').getByLabel('Recipient');
    await field.fill('half a wo');
    await receive('1');
    await first().waitFor();
    expect(await field.inputValue()).toBe('half a wo');
    expect(await field.evaluate((element) => element === element.ownerDocument.activeElement)).toBe(
      true,
    );
  });

  it('asks again where nothing happens, so that nothing goes stale', async () => {
    const asked = () => page.waitForRequest((request) => request.url().endsWith('/state'));
    // Once more than the page asks of itself when it opens and when its events begin to come.
    for (let times = 0; times < 3; times += 1) await asked();
    const paths: string[] = [];
    page.on('request', (request) => paths.push(new URL(request.url()).pathname));
    await asked();
    expect(paths).toEqual(['/state']);
  });

  it('asks only for what has changed', async () => {
    await receive('1');
    await first().waitFor();
    const paths = new Set<string>();
    page.on('request', (request) => paths.add(new URL(request.url()).pathname));
    await receive('2');
    await page.getByRole('button', { name: '1 new report: show' }).waitFor();
    expect([...paths].toSorted()).toEqual(['/domains', '/numbers', '/reports', '/state']);
  });

  it('holds no stream of events while nobody looks', async () => {
    const other = await openPage();
    const closed = other.waitForEvent('requestfailed', (request) =>
      request.url().endsWith('/events'),
    );
    await other.evaluate(
      `Object.defineProperty(document, 'hidden', { value: true });
       document.dispatchEvent(new Event('visibilitychange'));`,
    );
    await closed;
  });
});
