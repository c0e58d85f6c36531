import { describe, expect, it } from 'vitest';
import {
  CHROMIUM,
  chosen,
  first,
  openPage,
  page,
  receive,
  setFailing,
  usePage,
} from './browser.js';

const JANE = 'jane@example.com';

describe.skipIf(!CHROMIUM)('what an opened report says', { timeout: 60_000 }, () => {
  usePage();
  const dialog = () => page.getByRole('dialog');
  const open = async () => {
    await first().locator('.address').click();
    await dialog().getByText('What to do').waitFor();
  };

  it('that nothing in it says why, where nothing does', async () => {
    const nothing = { code: 999, extended: '9.9.9', description: 'Hm', state: 'unknown' };
    await receive('1', JANE, { ...nothing, severity: 'unknown' });
    await open();
    await dialog().getByText('Nothing in the report says why it failed.').waitFor();
    expect(await dialog().textContent()).not.toContain('none');
  });

  it.each([
    [999_999_999_999_999, /Failed time\s*999999999999999/],
    [1_789_000_000_000, /Failed time\s*10 Sept? 2026, 02:26:40/],
  ])('when it failed, or what was sent where that is no time: %d', async (time, told) => {
    await receive('1', JANE, { time });
    await open();
    await expect
      .poll(async () => (await dialog().textContent())?.replace(/\s+/g, ' '))
      .toMatch(told);
  });

  it('that it names no address, and suppresses none', async () => {
    await receive('1', ' ', {
      code: 550,
      extended: '5.1.1',
      description: 'User unknown',
      severity: 'permanent',
    });
    await open();
    await dialog().getByText('(no address)').waitFor();
    await page.getByText('No address yet.').waitFor({ state: 'attached' });
    expect(await page.locator('#suppressions > li').count()).toBe(0);
  });

  it('lists of variables under the name they are sent by, and its tags once', async () => {
    await receive(
      '1',
      JANE,
      { tags: ['spring'] },
      { id: '1', interests: ['a', 'b'], tags: ['spring'] },
    );
    await open();
    const variables = dialog().locator('#variables');
    await expect
      .poll(() => variables.textContent())
      .toMatch(/interests\[\]\s*a\s*interests\[\]\s*b/);
    expect(await dialog().getByText('spring').count()).toBe(1);
  });

  it.each([
    ['temporary', 'severity', 'temporary'],
    ['mailbox-unavailable', 'category', 'mailbox-unavailable'],
    ['spring', 'tag', 'spring'],
  ])('what others are like it: %s filters by touching', async (_, name, value) => {
    await receive('1', JANE, { tags: ['spring'] });
    await open();
    await dialog().getByRole('link', { name: value }).click();
    await dialog().waitFor({ state: 'hidden' });
    expect(Object.fromEntries(chosen())).toEqual({ [name]: value });
  });

  it('its link, to be copied by hand, where the browser copies none', async () => {
    await receive('1', JANE);
    await page.evaluate("Object.defineProperty(navigator, 'clipboard', { value: undefined })");
    await open();
    await dialog().getByRole('button', { name: 'Copy the link' }).click();
    const link = await dialog().getByLabel('The link, to be copied').inputValue();
    expect(new URL(link).search).toMatch(/^\?report=\d+$/);
    expect(await page.evaluate<string>('String(getSelection())')).toBe(link);
  });

  it('that what it shows is not up to date, in sight, as the page does further down', async () => {
    for (let id = 1; id <= 20; id += 1) await receive(`${id}`);
    const small = await openPage('/', { viewport: { width: 800, height: 500 } });
    await small.locator('#test-part').scrollIntoViewIfNeeded();
    setFailing(true);
    const inView = (alert = small.locator('#trouble')) =>
      alert.evaluate((alert) => {
        // biome-ignore lint/suspicious/noExplicitAny: the browser's own types are not loaded here
        const { top, bottom, height } = (alert as any).getBoundingClientRect();
        return height > 0 && top >= 0 && bottom <= 500;
      });
    await expect.poll(() => inView(), { timeout: 20_000 }).toBe(true);
    setFailing(false);
    await small.locator('#trouble').waitFor({ state: 'hidden' });
    await small.locator('#reports .address').first().click();
    await small.getByRole('dialog').getByText('What to do').waitFor();
    setFailing(true);
    const alert = small.getByRole('dialog').getByRole('alert');
    await expect.poll(() => inView(alert), { timeout: 20_000 }).toBe(true);
  });
});
