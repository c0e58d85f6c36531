import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import axe from 'axe-core';
import pino from 'pino';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  type Database,
  DatabaseUnavailableError,
  openDatabase,
} from '../../examples/desk/database/database.js';
import { createStore } from '../../examples/desk/endpoint/store.js';
import { createVerification } from '../../examples/desk/endpoint/verification.js';
import { createEvents } from '../../examples/desk/page/events.js';
import { createApp } from '../../examples/desk/process/app.js';
import { readSettings } from '../../examples/desk/process/settings.js';

const CHROMIUM = [
  process.env.CHROMIUM_PATH,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
].find((path) => path && existsSync(path));
if (!CHROMIUM) {
  const message = 'The page was not tested: no Chromium; set CHROMIUM_PATH to the path of one';
  if (process.env.REQUIRE_CHROMIUM) throw new Error(message);
  console.warn(message);
}

let browser: Browser;
let database: Database;
let failing = false;
let server: Server;
let address: string;
let page: Page;
/** What must not happen on any page: errors in the console, requests to other hosts. */
let complaints: string[];

async function openPage(): Promise<Page> {
  const context = await browser.newContext({ reducedMotion: 'reduce', colorScheme: 'light' });
  const opened = await context.newPage();
  opened.setDefaultTimeout(20_000);
  opened.on('pageerror', (error) => complaints.push(error.message));
  opened.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  opened.on('request', (request) => {
    const url = new URL(request.url());
    if (url.protocol !== 'data:' && url.origin !== address) complaints.push(request.url());
  });
  await opened.goto(address);
  await opened.locator('#live.on').waitFor();
  await opened.locator('#plot canvas').waitFor();
  return opened;
}

/** Another sender's report. */
async function receive(id: string, recipient = `customer-${id}@example.com`): Promise<void> {
  await createStore(database)({
    id,
    recipient,
    state: 'rcptto',
    code: 452,
    extended: '4.2.2',
    description: 'Mailbox full',
    tags: ['offer'],
    asynchronous: false,
    severity: 'temporary',
  });
}

describe.skipIf(!CHROMIUM)('the page in Chromium', { timeout: 30_000 }, () => {
  beforeAll(async () => {
    const opened = await openDatabase({});
    database = {
      ...opened,
      query: (...call) =>
        failing
          ? Promise.reject(new DatabaseUnavailableError(new Error('connection refused')))
          : opened.query(...call),
    };
    const settings = readSettings({ COPERNICA_ACCOUNT: 'account-1234' });
    const app = createApp({
      database,
      events: createEvents(database),
      log: pino({ level: 'silent' }),
      password: undefined,
      ...createVerification(settings, database),
    });
    server = createServer(app).listen(0, '127.0.0.1');
    await once(server, 'listening');
    address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    browser = await chromium.launch({
      executablePath: CHROMIUM as string,
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    });
  }, 60_000);

  afterAll(async () => {
    await browser.close();
    server.closeAllConnections();
    server.close();
    await database.close();
  });

  beforeEach(async () => {
    failing = false;
    complaints = [];
    await database.query('truncate failure_reports, suppressions');
    page = await openPage();
  }, 30_000);

  afterEach(async () => {
    for (const context of browser.contexts()) await context.close();
    expect(complaints).toEqual([]);
  });

  const first = () => page.locator('#reports li').first();

  it('shows a test report from its form without being loaded again, also what follows from it', async () => {
    await page.evaluate('window.notLoadedAgain = true');
    await page.getByLabel('What happens').selectOption('Refused at once: no such user');
    const form = page.locator('#test');
    await form.getByLabel('Recipient').fill('Newcomer@Example.COM');
    await form.getByLabel('Tags').fill('welcome');
    await page.getByRole('button', { name: 'Send' }).click();

    await page.getByText('The endpoint answered 200 OK').waitFor();
    await first().getByText('Newcomer@Example.COM').waitFor();
    expect(await first().textContent()).toMatch(
      /permanent\s*invalid-address\s*state rcptto\s*welcome/,
    );
    await page.locator('#suppressions').getByText('Newcomer@example.com').waitFor();
    expect(await page.locator('#severities').textContent()).toContain('permanent1');
    expect(await page.locator('#categories').textContent()).toContain('invalid-address1');
    await page.getByRole('img', { name: /^Failures over time: 1 since / }).waitFor();
    expect(await page.evaluate('window.notLoadedAgain')).toBe(true);
  });

  it('draws a bar for the reports of each severity', async () => {
    const inked = () =>
      page.locator('#plot canvas').evaluate((canvas) => {
        const { width, height } = canvas as unknown as { width: number; height: number };
        // biome-ignore lint/suspicious/noExplicitAny: the browser's own types are not loaded here
        const pixels = (canvas as any).getContext('2d').getImageData(0, 0, width, height).data;
        const amber = (i: number) => pixels[i] > 120 && pixels[i + 1] < 130 && pixels[i + 2] < 40;
        let count = 0;
        for (let i = 0; i < pixels.length; i += 4) if (amber(i) && pixels[i + 3] > 0) count += 1;
        return count;
      });
    expect(await inked()).toBe(0);
    await receive('1');
    await expect.poll(inked, { timeout: 20_000 }).toBeGreaterThan(50);
  });

  it('shows what another sender reports without being loaded again', async () => {
    await receive('1');
    await first().getByText('customer-1@example.com').waitFor();
  });

  it('finds reports by recipient, tag, state and category', async () => {
    await receive('1', 'needle@example.com');
    await receive('2');
    await first().getByText('customer-2@example.com').waitFor();
    const search = page.locator('#search');
    await search.getByLabel('Recipient').fill('NEEDLE');
    await search.getByLabel('Tag').fill('offer');
    await search.getByLabel('Category').selectOption('mailbox-unavailable');
    await search.getByLabel('State').fill('rcptto');
    await page.keyboard.press('Enter');
    await expect.poll(() => page.locator('#reports li').count()).toBe(1);
    await first().getByText('needle@example.com').waitFor();
    await search.getByLabel('Tag').fill('nothing');
    await page.getByRole('button', { name: 'Search' }).click();
    await page.getByText('No report matches.').waitFor();
    await page.getByRole('button', { name: 'Clear' }).click();
    await expect.poll(() => page.locator('#reports li').count()).toBe(2);
  });

  it('turns to older reports and back', async () => {
    for (let id = 1; id <= 25; id += 1) await receive(`${id}`);
    await first().getByText('customer-25@example.com').waitFor();
    await page.getByRole('button', { name: 'Older' }).click();
    await first().getByText('customer-5@example.com').waitFor();
    expect(await page.getByRole('button', { name: 'Older' }).isDisabled()).toBe(true);
    await page.getByRole('button', { name: 'Newer' }).click();
    await first().getByText('customer-25@example.com').waitFor();
  });

  it('shows markup in a reply as text', async () => {
    await page.getByLabel('What happens').selectOption('A reply with markup in it');
    await page.getByRole('button', { name: 'Send' }).click();
    await first().getByText("Blocked <script>alert('this must stay text')</script>").waitFor();
    expect(await page.locator('#reports script').count()).toBe(0);
  });

  it('downloads the suppressions as CSV', async () => {
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: 'Download CSV' }).click(),
    ]);
    expect(download.suggestedFilename()).toBe('suppressions.csv');
  });

  it('says in plain words that the database is down, and recovers by itself', async () => {
    failing = true;
    await page.getByLabel('Period').selectOption('last hour');
    await page.getByText('The database cannot be reached at the moment').waitFor();
    failing = false;
    await page.locator('#trouble').waitFor({ state: 'hidden' });
    // The browser itself reports the 503 in its console.
    complaints = complaints.filter((text) => !text.includes('status of 503'));
  });

  it.each([1280, 360])('is accessible in light and dark at a width of %i', async (width) => {
    await page.setViewportSize({ width, height: 800 });
    await page.getByRole('button', { name: 'Send' }).click();
    await page.locator('#suppressions li').waitFor();
    await page.locator('#reports li').waitFor();
    await page.evaluate(axe.source);
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      const { violations } = await page.evaluate<axe.AxeResults>('axe.run()');
      const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html)}`);
      expect(found, colorScheme).toEqual([]);
    }
    const overflow = 'document.documentElement.scrollWidth - document.documentElement.clientWidth';
    expect(await page.evaluate(overflow)).toBe(0);
  });

  it('is accessible while it is empty', async () => {
    await page.getByText('No report yet').waitFor();
    await page.evaluate(axe.source);
    const { violations } = await page.evaluate<axe.AxeResults>('axe.run()');
    expect(violations.map(({ id }) => id)).toEqual([]);
  });
});
