import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import {
  CHROMIUM,
  chosen,
  first,
  openPage,
  page,
  receive,
  receiveUnknown,
  setFailing,
  useDesk,
  usePage,
  violations,
} from './browser.js';

async function fill(): Promise<void> {
  await receiveUnknown('1', 'ann@example.com');
  await receive('2', 'bob@example.org', { tags: ['spring', 'offer'] });
  await receive('3', `${'long'.repeat(60)}@example.net`, {
    description: 'Mailbox full. '.repeat(40),
  });
}

/** Opens a page on a screen of this width. */
const openWide = (width: number, path = '/') =>
  openPage(path, { viewport: { width, height: 800 } });

/** What axe finds wrong with a page, in the light and in the dark. */
async function violationsByScheme(seen: Page) {
  const found: Record<string, string[]> = {};
  for (const colorScheme of ['light', 'dark'] as const) {
    await seen.emulateMedia({ colorScheme });
    found[colorScheme] = await violations(seen);
  }
  return found;
}

const FAULTLESS = { light: [], dark: [] };

describe.skipIf(!CHROMIUM)('the page for everybody', { timeout: 60_000 }, () => {
  useDesk({ fill });

  it.each([
    ['as it opens', '/'],
    ['with an address', '/?address=ann@example.com&ask=release'],
    [
      'filtered',
      '/?severity=permanent&open=search&open=categories&open=domains&open=suppressions&open=test',
    ],
    ['with a table', '/?period=month&open=table'],
    ['with nothing found', '/?recipient=nowhere&search=nowhere&address=nobody@example.com'],
  ])('fits any screen and has nothing that axe finds wrong, %s (%s)', async (_, path) => {
    const overflow = (seen: Page) =>
      seen.evaluate<number>(
        'document.documentElement.scrollWidth - document.documentElement.clientWidth',
      );
    for (const width of [1280, 768, 360]) {
      const seen = await openWide(width, path);
      expect(await overflow(seen), `${width} wide`).toBe(0);
      if (width === 768) continue;
      expect(await violationsByScheme(seen), `${width} wide`).toEqual(FAULTLESS);
    }
  });

  it.each([1280, 360])(
    'has nothing that axe finds wrong with an opened report, %i wide',
    async (width) => {
      const seen = await openWide(width);
      await seen.locator('#reports .address').first().click();
      await seen
        .getByRole('dialog')
        .getByText('History')
        .or(seen.getByText('Not suppressed.'))
        .first()
        .waitFor();
      expect(await violationsByScheme(seen)).toEqual(FAULTLESS);
    },
  );

  it.each([320, 375, 430, 600])(
    'has a way to each part that can be read, %i wide',
    async (width) => {
      const phone = await openWide(width);
      const places = await phone.locator('header nav a').evaluateAll((links) =>
        links.map((link) => {
          const text = link.ownerDocument.createRange();
          text.selectNodeContents(link);
          const { left, right, top, bottom } = text.getBoundingClientRect();
          return { left, right, top, bottom };
        }),
      );
      expect(places.length).toBe(6);
      for (const [index, one] of places.entries()) {
        expect(one.left).toBeGreaterThanOrEqual(0);
        expect(one.right).toBeLessThanOrEqual(width);
        for (const other of places.slice(index + 1)) {
          const apart = one.right <= other.left || other.right <= one.left;
          expect(apart || one.bottom <= other.top || other.bottom <= one.top).toBe(true);
        }
      }
    },
  );

  it('puts the reports within the first screen and a half of a phone', async () => {
    const phone = await openWide(360);
    const { y } = (await phone.locator('#reports-title').boundingBox()) ?? { y: Number.NaN };
    expect(y).toBeLessThan(1200);
  });

  it.each(['permanent', 'temporary'])(
    'has only targets of 44 px and more on a phone, with %s failures',
    async (severity) => {
      const phone = await openPage(
        `/?open=search&open=suppressions&open=categories&open=domains&open=test&severity=${severity}&address=ann@example.com`,
        {
          viewport: { width: 360, height: 800 },
          hasTouch: true,
          isMobile: true,
        },
      );
      await phone.locator('#person .history li').first().waitFor();
      const count = { permanent: 1, temporary: 2 }[severity];
      await expect.poll(() => phone.locator('#reports > li').count()).toBe(count);
      const small = await phone
        .locator('a, button, select, summary, input:not([type=file])')
        .evaluateAll((elements) =>
          elements
            .filter((element) => element.checkVisibility())
            .map((element) => ({ text: element.textContent, box: element.getBoundingClientRect() }))
            .filter(({ box }) => box.height < 44 || box.width < 44)
            .map(({ text, box }) => `${text?.trim()}: ${box.width} x ${box.height}`),
        );
      expect(small).toEqual([]);
    },
  );
});

describe.skipIf(!CHROMIUM)('the page in use', { timeout: 60_000 }, () => {
  usePage({ fill });

  it('has nothing that axe finds wrong while the database is down', async () => {
    setFailing(true);
    await page.getByLabel('Period').selectOption('last year');
    await page.locator('#trouble').waitFor();
    expect(await violations(page)).toEqual([]);
  });

  it('can be used with the keyboard alone', async () => {
    const focused = () => page.evaluate<string>('document.activeElement.textContent.trim()');
    const tabTo = async (text: string) => {
      for (let i = 0; i < 120; i += 1) {
        await page.keyboard.press('Tab');
        if ((await focused()).startsWith(text)) return;
      }
      throw new Error(`The keyboard does not come to ${text}`);
    };
    await tabTo('For good');
    await page.keyboard.press('Enter');
    await expect.poll(() => chosen().get('severity')).toBe('permanent');
    await expect.poll(() => page.locator('#reports > li').count()).toBe(1);
    await tabTo('ann@example.com');
    await page.keyboard.press('Enter');
    await page.getByRole('dialog', { name: 'ann@example.com' }).waitFor();
    await page.keyboard.press('Escape');
    await expect.poll(() => chosen().has('report')).toBe(false);
    await first().waitFor();
  });
});

describe.skipIf(!CHROMIUM)('the page while it is empty', { timeout: 30_000 }, () => {
  useDesk();

  it.each([1280, 360])(
    'says what to do next, and axe finds nothing wrong, %i wide',
    async (width) => {
      const seen = await openWide(width);
      await seen.getByText('No report yet. Send a test report').waitFor();
      expect(await violations(seen)).toEqual([]);
    },
  );
});
