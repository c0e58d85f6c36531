import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import {
  first,
  IN_TIME,
  listed,
  open,
  openAnother,
  page,
  poll,
  receive,
  receiveUnknown,
  setDown,
  textOf,
  useDesk,
} from './browser.js';
import { CHROMIUM } from './chromium.js';

const DOWN = 'The database cannot be reached at the moment';

/** Controls in a part of a page that something else covers. */
const covered = (on: Page, part: string) =>
  on.locator(`${part} :is(a, button, input, label.button)`).evaluateAll((controls) =>
    controls
      .filter((control) => !control.matches('.visually-hidden') && !control.closest('.list-head'))
      .filter((control) => {
        const { left, top, width, height } = control.getBoundingClientRect();
        const above = control.ownerDocument.elementFromPoint(left + width / 2, top + height / 2);
        return above && !control.contains(above) && !above.contains(control);
      })
      .map(({ textContent }) => textContent?.trim()),
  );

describe.skipIf(!CHROMIUM)('a page that stays open', () => {
  useDesk(async () => {
    for (let id = 1; id <= 8; id += 1) await receiveUnknown(`${id}`, `unknown-${id}@example.com`);
  });
  const status = () => page.locator('#status');
  const offer = (name: string) => page.getByRole('button', { name });

  it(
    'offers new reports within three seconds, and leaves what is read, selected and typed',
    IN_TIME,
    async () => {
      await open('/?open=search');
      const field = page.locator('#search').locator('[name=recipient]');
      await field.fill('half a wo');
      await first().locator('.address').selectText();
      const selected = () => page.evaluate<string>('String(getSelection()).trim()');
      for (let id = 20; id <= 31; id += 1) await receive(`${id}`);
      const reports = offer('12 new reports: show');
      await reports.waitFor({ timeout: 3000 });
      // The numbers follow within five seconds.
      await expect.poll(() => textOf(page.locator('#total')), { timeout: 8000 }).toBe('20');
      expect(await page.locator('#reports > li').count()).toBe(8);
      expect(await selected()).toBe('unknown-8@example.com');
      expect(await field.inputValue()).toBe('half a wo');
      await reports.click();
      await first().getByText('customer-31@example.com').waitFor();
      await reports.waitFor({ state: 'hidden' });
      for (let id = 40; id <= 61; id += 1) await receive(`${id}`);
      await poll();
      await offer('20 or more new reports: show').click();
      await first().getByText('customer-61@example.com').waitFor();
      expect(await field.inputValue()).toBe('half a wo');
    },
  );

  it.each([1280, 390])('moves and covers nothing with an offer, %i wide', async (width) => {
    await page.setViewportSize({ width, height: 800 });
    await open('/?open=suppressions');
    const rows = ['#suppressions > li', '#reports > li'].map((row) => page.locator(row).first());
    const places = () => Promise.all(rows.map((row) => row.boundingBox()));
    const before = await places();
    await receiveUnknown('9', 'newcomer@example.com');
    await poll();
    const suppressions = offer('1 new suppression: show');
    const reports = offer('1 new report: show');
    for (const button of [suppressions, reports]) await button.waitFor();
    expect(await places()).toEqual(before);

    for (const end of ['li:last-child .facts', '.suppression-forms', '#add', '.buttons']) {
      const place = page.locator(`#suppressions-part ${end}`).first();
      await place.evaluate((element) => element.scrollIntoView({ block: 'start' }));
      expect(await covered(page, '.suppression-forms'), end).toEqual([]);
    }
    for (const row of await page.locator('#suppressions > li').all()) {
      const link = row.getByRole('link', { name: 'Take off' });
      const isOnTop = await link.evaluate((element) => {
        element.scrollIntoView({ block: 'start' });
        const { left, top, height } = element.getBoundingClientRect();
        return element.ownerDocument.elementFromPoint(left + 2, top + height / 2) === element;
      });
      expect(isOnTop).toBe(true);
    }
    // It stays in sight while its list is read.
    await page.locator('#reports > li').nth(6).scrollIntoViewIfNeeded();
    const { y = -1, height = 0 } = (await reports.boundingBox()) ?? {};
    expect(y >= 0 && y + height <= 800).toBe(true);
    // It gives the keyboard to the row that it shows.
    for (const [button, list] of [
      [suppressions, 'suppressions'],
      [reports, 'reports'],
    ] as const) {
      await button.focus();
      await page.keyboard.press('Enter');
      await button.waitFor({ state: 'hidden' });
      expect(
        await page.evaluate(`document.activeElement.closest('#${list} > li').textContent`),
      ).toContain('newcomer@example.com');
    }
  });

  it(
    'tells within three seconds that the database is down and what to do, and recovers by itself',
    IN_TIME,
    async () => {
      await open('/?open=search');
      const field = page.locator('#search').locator('[name=recipient]');
      await field.fill('half a wo');
      await status().getByText('Database up').waitFor();
      await status().getByText('updated just now').waitFor();
      setDown(true);
      await page.getByRole('alert').getByText(DOWN).waitFor({ timeout: 3000 });
      await page.locator('#status.off').getByText('Not up to date').waitFor();
      expect(await page.getByRole('alert').textContent()).toMatch(
        /The page shows what it knew at \d\d:\d\d:\d\d\. .*DATABASE_URL\. Trying again …/,
      );
      expect((await listed()).length).toBe(8);
      setDown(false);
      await page.locator('#error-banner').waitFor({ state: 'hidden', timeout: 3000 });
      await page.locator('#status.on').waitFor();
      expect(await field.inputValue()).toBe('half a wo');
    },
  );

  it('says what it cannot show during an outage, in sight, and shows it after the outage', async () => {
    await page.setViewportSize({ width: 800, height: 500 });
    await open();
    setDown(true);
    await page.getByLabel('Period').selectOption('last hour');
    await page.locator('#numbers').getByText(DOWN).waitFor();
    await page.locator('#numbers').getByRole('button', { name: 'Try again' }).click();
    await page.getByRole('button', { name: 'Send' }).click();
    await expect
      .poll(() => textOf(page.locator('#test-answer')))
      .toMatch(/cannot be reached|went wrong/);
    expect(await textOf(page.locator('#test-answer'))).not.toContain('{');
    await page.locator('#add').getByLabel('Suppress an address').fill('bob@example.com');
    await page.locator('#add').getByLabel('Reason').fill('He asked us to');
    await page.locator('#add').getByRole('button', { name: 'Add' }).click();
    await page.getByText('It may have been added, or in part').waitFor();

    const isInSight = (alert = page.locator('#error-banner')) =>
      alert.evaluate((element) => {
        const { top, bottom, height } = element.getBoundingClientRect();
        return height > 0 && top >= 0 && bottom <= 500;
      });
    await page.locator('#test-part').scrollIntoViewIfNeeded();
    await expect.poll(() => isInSight()).toBe(true);
    setDown(false);
    await page.locator('#error-banner').waitFor({ state: 'hidden' });
    await page.getByRole('img', { name: /^Failures over time: 8 since / }).waitFor();
    await first().locator('.address').click();
    await page.getByRole('dialog').getByText('What to do').waitFor();
    setDown(true);
    await poll();
    await expect.poll(() => isInSight(page.getByRole('dialog').getByRole('alert'))).toBe(true);
  });

  it('says that it asks the database if that takes long, and that the desk is gone', async () => {
    await open();
    await page.route('**/state', () => undefined);
    await status().getByText('Asking the database').waitFor();
    await status()
      .getByText(/updated \d+ s ago/)
      .waitFor();
    await page.unrouteAll();
    await open();
    await page.context().setOffline(true);
    await page.getByRole('alert').getByText('The desk cannot be reached').waitFor();
    await page.context().setOffline(false);
    await page.locator('#status.on').waitFor();
  });

  it('asks only for the state while nothing happens, and nothing while it is hidden', async () => {
    const other = await openAnother();
    await other.clock.install();
    await open('/', other);
    const paths: string[] = [];
    other.on('request', (request) => paths.push(new URL(request.url()).pathname));
    /** The paths of the requests of so many seconds. */
    const requestsWithin = async (seconds: number) => {
      paths.length = 0;
      for (let second = 0; second < seconds; second += 1) {
        await other.clock.runFor(1000);
        await other.evaluate('fetch("/icon.svg")');
      }
      return [...new Set(paths)].filter((path) => path !== '/icon.svg').toSorted();
    };
    const setHidden = (hidden: boolean) =>
      other.evaluate(
        `Object.defineProperty(document, 'hidden', { value: ${hidden}, configurable: true });
         document.dispatchEvent(new Event('visibilitychange'));`,
      );
    expect(await requestsWithin(10)).toEqual(['/state']);
    expect(await requestsWithin(60)).toEqual(['/domains', '/numbers', '/state']);
    await setHidden(true);
    await receive('9');
    expect(await requestsWithin(10)).toEqual([]);
    paths.length = 0;
    await setHidden(false);
    await other.getByRole('button', { name: '1 new report: show' }).waitFor();
    const all = ['/domains', '/numbers', '/reports', '/state', '/suppressions'];
    const requested = async () => {
      await other.clock.runFor(1000);
      return [...new Set(paths)].toSorted();
    };
    // The numbers follow within five seconds.
    await expect.poll(requested, { timeout: 20_000 }).toEqual(all);
  });

  it('shows the changes of another tab, and offers none of its own', async () => {
    await open('/?address=unknown-8@example.com');
    const other = await openAnother('/?address=unknown-8@example.com&ask=remove');
    await other.getByLabel('Reason, kept in the history').fill('New mailbox');
    await other.getByRole('button', { name: 'Take off the list' }).click();
    await other
      .locator('#address-result')
      .getByText('Taken off the list.', { exact: true })
      .waitFor();
    await page
      .locator('#address-result')
      .getByText('Can be mailed: it was taken off the list.')
      .waitFor();
    await page.locator('#suppressions-part').getByText('unknown-8@example.com').waitFor();
    await offer('The list has changed: show').click();
    await expect.poll(() => page.locator('#suppressions > li').count()).toBe(7);
    expect(await textOf(page.locator('#suppressions-total'))).toBe('7');
    // Both take the same address off: the second gets a message.
    await page.goto('/?address=unknown-7@example.com&ask=remove');
    await page.getByLabel('Reason, kept in the history').fill('Back');
    await page.route('**/state', () => undefined);
    await open('/?address=unknown-7@example.com&ask=remove', other);
    await other.getByLabel('Reason, kept in the history').fill('Back');
    await other.getByRole('button', { name: 'Take off the list' }).click();
    await other
      .locator('#address-result')
      .getByText('Taken off the list.', { exact: true })
      .waitFor();
    await page.unrouteAll();
    await page.getByRole('button', { name: 'Take off the list' }).click();
    await page.locator('#address-result').getByText('It was not on the list any more.').waitFor();
  });
});
