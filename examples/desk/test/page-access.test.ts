import { describe, expect, it } from 'vitest';
import {
  areApart,
  first,
  focused,
  open,
  page,
  param,
  poll,
  receive,
  receiveUnknown,
  setDown,
  useDesk,
  violations,
} from './browser.js';
import { CHROMIUM } from './chromium.js';

async function fill(): Promise<void> {
  await receiveUnknown('1', 'ann@example.com');
  await receive('2', 'bob@example.org', { tags: ['spring', 'offer'] });
  await receive('3', `${'long'.repeat(60)}@example.net`, {
    description: 'Mailbox full. '.repeat(40),
  });
}

/** Loads the page on a screen of this width. */
async function openWide(width: number, path = '/') {
  await page.setViewportSize({ width, height: 800 });
  await open(path);
}

/** The problems that axe finds, in light and in dark colours. */
async function violationsByScheme() {
  await page.emulateMedia({ colorScheme: 'light' });
  const light = await violations(page);
  await page.emulateMedia({ colorScheme: 'dark' });
  const dark = await violations(page, ['color-contrast']);
  return { light, dark };
}

const NONE = { light: [], dark: [] };
const ALL_OPEN = 'open=search&open=categories&open=domains&open=suppressions&open=test&open=table';

describe.skipIf(!CHROMIUM)('the page for everybody', () => {
  useDesk(fill);

  it('fits any screen, and axe finds nothing wrong', async () => {
    for (const path of [
      '/',
      '/?address=ann@example.com&ask=remove',
      `/?severity=permanent&period=month&${ALL_OPEN}`,
      '/?recipient=nowhere&search=nowhere&address=nobody@example.com',
      '/?report=first',
    ]) {
      for (const width of [1280, 768, 360]) {
        await openWide(width, path.replace('first', ''));
        if (path.endsWith('first')) {
          await first().locator('.address').click();
          await page.getByRole('dialog').locator('.history').waitFor();
        }
        const overflow =
          'document.documentElement.scrollWidth - document.documentElement.clientWidth';
        expect(await page.evaluate<number>(overflow), `${path}, ${width} wide`).toBe(0);
        if (width === 768) continue;
        expect(await violationsByScheme(), `${path}, ${width} wide`).toEqual(NONE);
      }
    }
  });

  it('can be used on a phone: links apart, large targets, long parts closed', async () => {
    await open();
    for (const width of [320, 375, 430, 600]) {
      await page.setViewportSize({ width, height: 800 });
      const links = await page.locator('header nav a').evaluateAll((all) =>
        all.map((link) => {
          const text = link.ownerDocument.createRange();
          text.selectNodeContents(link);
          return text.getBoundingClientRect().toJSON();
        }),
      );
      expect(links.length).toBe(6);
      for (const [index, one] of links.entries()) {
        expect(one.left >= 0 && one.right <= width).toBe(true);
        for (const other of links.slice(index + 1)) expect(areApart(one, other)).toBe(true);
      }
    }
    expect(await page.locator('#suppressions').isVisible()).toBe(false);
    await page.getByRole('navigation').getByRole('link', { name: 'Suppressions' }).click();
    await page.locator('#suppressions').waitFor();
    await expect.poll(() => param('open')).toBe('suppressions');
    await page.setViewportSize({ width: 1280, height: 800 });
    await expect.poll(() => page.locator('details:has(#suppressions) > summary').count()).toBe(0);

    for (const severity of ['permanent', 'temporary']) {
      await openWide(360, `/?${ALL_OPEN}&severity=${severity}&address=ann@example.com`);
      const small = await page
        .locator('a, button, select, summary, input:not([type=file])')
        .evaluateAll((controls) =>
          controls
            .filter((control) => control.checkVisibility())
            .map((control) => ({ control, box: control.getBoundingClientRect() }))
            .filter(({ box }) => box.height < 44 || box.width < 44)
            .map(({ control, box }) => `${control.textContent}: ${box.width} x ${box.height}`),
        );
      expect(small).toEqual([]);
    }
  });

  it('has the reports on the second screen at most', async () => {
    for (let id = 0; id < 11; id += 1) {
      await receiveUnknown(`u${id}`, `a@d${id}.example`);
      await receive(`f${id}`, `b@d${id}.example`);
    }
    for (const [width, most] of [
      [1280, 1600],
      [360, 1200],
    ] as const) {
      await openWide(width);
      const { y = Number.NaN } = (await page.locator('#reports-title').boundingBox()) ?? {};
      expect(y).toBeLessThan(most);
    }
  });

  it('draws its plot in the colours of the system', async () => {
    await open();
    const fill = () =>
      page.locator('#plot .permanent').evaluate((bar) => {
        const view = bar.ownerDocument.defaultView as unknown as {
          getComputedStyle(of: unknown): { fill: string };
        };
        return view.getComputedStyle(bar).fill;
      });
    expect(await fill()).toBe('rgb(179, 38, 30)');
    await page.emulateMedia({ colorScheme: 'dark' });
    expect(await fill()).toBe('rgb(255, 141, 132)');
  });

  it('can be used with the keyboard alone', async () => {
    await open();
    const tabTo = async (text: string) => {
      for (let i = 0; i < 120; i += 1) {
        await page.keyboard.press('Tab');
        if ((await focused()).startsWith(text)) return;
      }
      throw new Error(`The keyboard does not reach ${text}`);
    };
    await tabTo('Will not arrive');
    await page.keyboard.press('Enter');
    await expect.poll(() => param('severity')).toBe('permanent');
    await expect.poll(() => page.locator('#reports > li').count()).toBe(1);
    await tabTo('ann@example.com');
    await page.keyboard.press('Enter');
    await page.getByRole('dialog', { name: 'ann@example.com' }).waitFor();
    await page.keyboard.press('Escape');
    await expect.poll(() => param('report')).toBe(null);
  });

  it('gives axe nothing to find during an outage either', async () => {
    await open();
    setDown(true);
    await page.getByLabel('Period').selectOption('last year');
    await poll();
    await page.locator('#error-banner').waitFor();
    expect(await violationsByScheme()).toEqual(NONE);
  });
});

describe.skipIf(!CHROMIUM)('the page without a report', () => {
  useDesk();

  it('says what to do next, and axe finds nothing wrong', async () => {
    for (const width of [1280, 360]) {
      await openWide(width);
      await page.getByText('No report yet. Send a test report').waitFor();
      expect(await violationsByScheme()).toEqual(NONE);
    }
  });
});
