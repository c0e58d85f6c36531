import { describe, expect, it } from 'vitest';
import {
  announce,
  CHROMIUM,
  chosen,
  database,
  openPage,
  page,
  receive,
  receiveUnknown,
  usePage,
} from './browser.js';

describe.skipIf(!CHROMIUM)('what numbers and lists are of', { timeout: 60_000 }, () => {
  usePage();
  const shown = () => page.locator('#reports .address').allTextContents();

  it('is the same time where a number is touched, and is said where it is not', async () => {
    await receiveUnknown('1', 'old@one.example');
    await database.query(
      "update failure_reports set received_at = now() - interval '3 days' where id = '1'",
    );
    await receiveUnknown('2', 'new@one.example');
    await announce();
    await page.reload();
    await page.locator('#severities').getByRole('link', { name: 'permanent' }).click();
    await expect.poll(shown).toEqual(['new@one.example']);
    expect(await page.getByText('Not narrowed down by').count()).toBe(1);
    await page.getByRole('link', { name: /^From: / }).click();
    await expect.poll(shown).toEqual(['new@one.example', 'old@one.example']);
    await page
      .locator('#reports .tag')
      .or(page.locator('#reports').getByText('rcptto'))
      .first()
      .click();
    await page
      .locator('#numbers')
      .getByText(/Not narrowed down by: (Tag|Step)\./)
      .waitFor();
    await page.goto(`${new URL(page.url()).origin}/`);
    await page.locator('#domains .cause').first().click();
    await expect.poll(shown).toEqual(['new@one.example']);
    await page.locator('#domains').getByText('Not narrowed down by: Why.').waitFor();
  });

  it('counts test reports where they are in the list', async () => {
    await page.getByRole('button', { name: 'Send' }).click();
    await page.locator('#reports > li').first().waitFor();
    await page.locator('#reports').getByRole('link', { name: 'rcptto' }).click();
    await expect
      .poll(() => page.locator('#found').textContent())
      .toBe('0 reports and 1 test report');
  });

  it('is seen for each domain: since when it refuses, five at first', async () => {
    for (const [index, many] of [7, 6, 5, 4, 3, 2].entries()) {
      for (let id = 0; id < many; id += 1) await receive(`${index}-${id}`, `a@d${index}.example`);
    }
    await database.query(
      "update failure_reports set received_at = now() - interval '5 hours' where id in ('0-1', '0-2')",
    );
    await announce();
    await page.reload();
    const domains = page.locator('.domains > li');
    await expect.poll(() => domains.count()).toBe(5);
    const begun = new Date(Date.now() - 5 * 3_600_000).toLocaleString('en-GB', {
      weekday: 'short',
      hour: '2-digit',
      timeZone: 'Europe/Amsterdam',
    });
    const told = async () => (await domains.first().textContent())?.replace(',', '');
    await expect.poll(told).toContain(`since ${begun.replace(',', '')}`);
    await domains
      .first()
      .getByRole('img', { name: /^Most failures: 5,/ })
      .waitFor();
    await page.locator('#domains').getByRole('link', { name: 'All 6' }).click();
    await expect.poll(() => domains.count()).toBe(6);
    await page.locator('#domains').getByRole('link', { name: 'd0.example' }).click();
    await page.getByRole('img', { name: /^Failures over time: 7 since / }).waitFor();
    await expect
      .poll(() => page.locator('#numbers').evaluate((part) => part.getBoundingClientRect().top))
      .toBeLessThan(20);
  });

  it('is seen at a glance where domains refuse us: first, in words, since when or until when', async () => {
    const blocked = {
      code: 554,
      extended: '5.7.1',
      description: 'Blocked using Spamhaus',
      severity: 'permanent',
    } as const;
    for (let index = 0; index < 6; index += 1) {
      for (let id = 0; id < 4; id += 1) await receive(`${index}-${id}`, `a@d${index}.example`);
    }
    // Ordinary failures all the time, and refusals since five hours.
    await receive('old', 'a@gmail.com');
    await receive('begun', 'a@gmail.com', blocked);
    await receive('now', 'b@gmail.com', blocked);
    await receive('over', 'a@past.example', blocked);
    const hoursAgo = (id: string, hours: number) =>
      database.query(
        `update failure_reports set received_at = now() - ${hours} * interval '1 hour' where id = '${id}'`,
      );
    await hoursAgo('old', 23);
    await hoursAgo('begun', 5);
    await hoursAgo('over', 15);
    await announce();
    await page.reload();
    const domains = page.locator('.domains > li');
    const time = (hours: number) =>
      new Date(Date.now() - hours * 3_600_000)
        .toLocaleString('en-GB', {
          weekday: 'short',
          hour: '2-digit',
          timeZone: 'Europe/Amsterdam',
        })
        .replace(',', '');
    const told = async (index: number) =>
      (await domains.nth(index).textContent())?.replace(',', '').replace(/\s+/g, ' ');
    await expect.poll(() => told(0)).toContain(`gmail.com refuses us since ${time(5)}`);
    await expect.poll(() => told(1)).toContain(`past.example refused us until ${time(15)}`);
    await expect.poll(() => told(2)).toContain('d0.example since');
    await domains.nth(4).getByRole('img').waitFor();
  });

  it('puts the reports within two screens of a desktop', async () => {
    for (let id = 0; id < 11; id += 1) {
      await receiveUnknown(`u${id}`, `a@d${id}.example`);
      await receive(`f${id}`, `b@d${id}.example`);
    }
    const seen = await openPage('/', { viewport: { width: 1280, height: 800 } });
    await seen.locator('#reports > li').first().waitFor();
    const { y } = (await seen.locator('#reports > li').first().boundingBox()) ?? { y: Number.NaN };
    expect(y).toBeLessThan(1600);
  });

  it('is told of suppressions that are searched, and there is always a way back', async () => {
    for (let id = 1; id <= 10; id += 1) await receiveUnknown(`${id}`, `many-${id}@example.com`);
    await receiveUnknown('11', 'other@example.com');
    const seen = await openPage('/?search=many');
    await expect.poll(() => seen.locator('#matches').textContent()).toBe('10 suppressions');
    await seen.goto(`${new URL(seen.url()).origin}/?search=ab`);
    await seen
      .locator('#suppressions-part')
      .getByText(/at least three letters or digits in a row/)
      .waitFor();
    await seen.getByRole('link', { name: /^part of the address: ab/ }).click();
    await seen.locator('#suppressions').getByText('other@example.com').waitFor();
    await seen.goto(`${new URL(seen.url()).origin}/?listed=x&before=x`);
    for (const part of ['#suppressions-part', '#reports-part']) {
      await seen.locator(part).getByRole('link', { name: 'Back to the newest' }).click();
    }
    await expect.poll(() => seen.locator('#suppressions > li').count()).toBe(8);
    await expect.poll(() => seen.locator('#reports > li').count()).toBe(11);
  });

  it('is never what a name means to JavaScript', async () => {
    const seen = await openPage('/?category=constructor&severity=constructor');
    await seen.getByRole('link', { name: /^Why: constructor/ }).waitFor();
    expect(await seen.locator('body').textContent()).not.toContain('native code');
  });

  it('is nothing where a step of the plot is empty: touching it does nothing', async () => {
    await receive('1');
    await page.getByRole('img', { name: /^Failures over time: 1 since / }).waitFor();
    const over = page.locator('#plot .u-over');
    const { width, height } = (await over.boundingBox()) ?? { width: 0, height: 0 };
    await over.hover({ position: { x: width / 2, y: height / 2 } });
    await expect
      .poll(() => page.locator('#pointed').textContent())
      .toMatch(/: 0 \(For good 0, For now 0, Not told 0\)/);
    expect(await over.getAttribute('class')).not.toContain('touchable');
    await over.click({ position: { x: width / 2, y: height / 2 } });
    expect(chosen().size).toBe(0);
  });
});
