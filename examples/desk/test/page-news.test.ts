import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { CHROMIUM, first, openPage, page, receive, receiveUnknown, usePage } from './browser.js';

/** What can be touched on this part of a page and is in sight, but has something else over it. */
const covered = (seen: Page, part: string) =>
  seen.locator(`${part} :is(a, button, input, label.button)`).evaluateAll((controls) =>
    controls
      .filter((control) => !control.matches('.unseen') && !control.closest('.list-head'))
      .filter((control) => {
        const { left, top, width, height } = control.getBoundingClientRect();
        const over = control.ownerDocument.elementFromPoint(left + width / 2, top + height / 2);
        return over && !control.contains(over) && !over.contains(control);
      })
      .map(({ textContent }) => textContent?.trim()),
  );

describe.skipIf(!CHROMIUM)('what is new, on a page that is being read', { timeout: 60_000 }, () => {
  usePage({
    async fill() {
      for (let id = 1; id <= 8; id += 1) await receiveUnknown(`${id}`, `unknown-${id}@example.com`);
    },
  });
  const offers = (seen: Page) => [
    seen.getByRole('button', { name: '1 new suppression: show' }),
    seen.getByRole('button', { name: '1 new report: show' }),
  ];

  it.each([1280, 390])('moves nothing when it comes, %i wide', async (width) => {
    const seen = await openPage('/?open=suppressions', { viewport: { width, height: 800 } });
    const rows = ['#suppressions > li', '#reports > li'].map((row) => seen.locator(row).first());
    await rows[0]?.waitFor();
    const places = () => Promise.all(rows.map((row) => row.boundingBox()));
    const before = await places();
    await receiveUnknown('9', 'newcomer@example.com');
    for (const offer of offers(seen)) await offer.waitFor();
    expect(await places()).toEqual(before);
  });

  it.each([1280, 390])('lies over nothing else that can be touched, %i wide', async (width) => {
    const seen = await openPage('/?open=suppressions', { viewport: { width, height: 800 } });
    await receiveUnknown('9', 'newcomer@example.com');
    for (const offer of offers(seen)) await offer.waitFor();
    for (const end of ['#suppressions > li:last-child .facts', '.by-hand', '#add', '.buttons']) {
      await seen
        .locator(`#suppressions-part ${end}`)
        .first()
        .evaluate((place) => {
          place.scrollIntoView({ block: 'start' });
        });
      expect(await covered(seen, '.by-hand'), end).toEqual([]);
    }
    for (const row of await seen.locator('#suppressions > li').all()) {
      const link = row.getByRole('link', { name: 'Take off' });
      await link.evaluate((place) => place.scrollIntoView({ block: 'start' }));
      const over = await link.evaluate((place) => {
        const { left, top, height } = place.getBoundingClientRect();
        return place.ownerDocument.elementFromPoint(left + 2, top + height / 2) === place;
      });
      expect(over).toBe(true);
    }
  });

  it('stays in sight while its list is read', async () => {
    for (let id = 20; id <= 40; id += 1) await receive(`${id}`);
    const seen = await openPage('/', { viewport: { width: 800, height: 500 } });
    await seen.locator('#reports > li').nth(10).scrollIntoViewIfNeeded();
    await receive('41');
    const offer = seen.getByRole('button', { name: '1 new report: show' });
    await offer.waitFor();
    const { y, height } = (await offer.boundingBox()) ?? { y: Number.NaN, height: 0 };
    expect(y).toBeGreaterThanOrEqual(0);
    expect(y + height).toBeLessThanOrEqual(500);
  });

  it('leads the keyboard to it', async () => {
    await first().waitFor();
    await receiveUnknown('9', 'newcomer@example.com');
    for (const [index, offer] of offers(page).entries()) {
      await offer.focus();
      await page.keyboard.press('Enter');
      await offer.waitFor({ state: 'hidden' });
      const list = ['suppressions', 'reports'][index];
      expect(
        await page.evaluate<string>(`document.activeElement.closest('#${list} > li').textContent`),
      ).toContain('newcomer@example.com');
    }
  });
});
