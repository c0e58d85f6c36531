import { existsSync } from 'node:fs';
import axe from 'axe-core';
import type { FailureReport } from 'copernica-failures';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest';
import { CHANNEL, type Database, DatabaseUnavailableError } from '../database/database.js';
import { createStore } from '../reports/store.js';
import { clear, openDesk, openTestDatabase } from './in-process.js';

/** Where there is a Chromium; tests of the page are skipped without one, and say so. */
export const CHROMIUM = [
  process.env.CHROMIUM_PATH,
  // The same without what stands around a page: less work for each test.
  '/usr/bin/chromium-headless-shell',
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

const ARGUMENTS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

let browser: Browser;
let desk: Awaited<ReturnType<typeof openDesk>>;
/** What must not happen on any page: errors in the console, requests to other hosts. */
let complaints: string[];

export let database: Database;
/** The page that a test looks at. */
export let page: Page;
/** Where the desk is. */
let address: string;

const trouble = { failing: false };

/** Whether the database is down. */
export function setFailing(failing: boolean): void {
  trouble.failing = failing;
}

interface DeskUse {
  /** Stores what there is at the start of each test. */
  fill?: () => Promise<unknown>;
}

/** Opens a desk and a browser for tests that open pages of their own. */
export function useDesk({ fill }: DeskUse = {}): void {
  beforeAll(async () => {
    const opened = await openTestDatabase();
    database = {
      ...opened,
      query: (...call) =>
        trouble.failing
          ? Promise.reject(new DatabaseUnavailableError(new Error('connection refused')))
          : opened.query(...call),
    };
    desk = await openDesk(database, { COPERNICA_ACCOUNT: 'account-1234' }, 'silent');
    address = `http://127.0.0.1:${desk.port}`;
    browser = await chromium.launch({ executablePath: CHROMIUM as string, args: ARGUMENTS });
    // The first page takes long on a busy machine: the database and the browser begin to work.
    complaints = [];
    await (await openPage('/', {}, 100_000)).context().close();
  }, 120_000);

  afterAll(async () => {
    await browser.close();
    desk.close();
    await database.close();
  });

  beforeEach(async () => {
    setFailing(false);
    complaints = [];
    await clear(database);
    await fill?.();
    await announce();
  }, 30_000);

  afterEach(async () => {
    for (const context of browser.contexts()) await context.close();
    // The browser itself reports what the desk answers while its database is down.
    const expected = /status of (503|400|404)/;
    expect(complaints.filter((text) => !expected.test(text))).toEqual([]);
  });
}

/** Opens a desk and a browser for the tests of a file, and a page for each of them. */
export function usePage(use: DeskUse = {}): void {
  useDesk(use);
  beforeEach(async () => {
    page = await openPage();
  }, 30_000);
}

/** Lets the desk know that a test has changed its tables without it. */
export async function announce(): Promise<void> {
  await database.query(`select pg_notify('${CHANNEL}', '{}')`);
}

/** Opens another page, as a colleague would, and waits until it shows what there is. */
export async function openPage(
  path = '/',
  options: BrowserContextOptions = {},
  patience = 20_000,
): Promise<Page> {
  const context = await browser.newContext({
    reducedMotion: 'reduce',
    colorScheme: 'light',
    locale: 'en-GB',
    timezoneId: 'Europe/Amsterdam',
    ...options,
  });
  const opened = await context.newPage();
  opened.setDefaultTimeout(patience);
  opened.on('pageerror', (error) => complaints.push(error.message));
  opened.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  opened.on('request', (request) => {
    const url = new URL(request.url());
    if (url.protocol !== 'data:' && url.origin !== address) complaints.push(request.url());
  });
  await opened.goto(address + path);
  await opened.locator('#live.on').waitFor();
  await opened.locator('#plot canvas').waitFor();
  await opened.locator('#reports').waitFor({ state: 'attached' });
  return opened;
}

/** Stores another sender's report: a mailbox that is full, but for what is given. */
export async function receive(
  id: string,
  recipient = `customer-${id}@example.com`,
  given: Partial<FailureReport> = {},
  variables?: Record<string, unknown>,
): Promise<void> {
  await createStore(database)(
    {
      id,
      recipient,
      state: 'rcptto',
      code: 452,
      extended: '4.2.2',
      description: 'Mailbox full',
      tags: ['offer'],
      asynchronous: false,
      severity: 'temporary',
      ...given,
    },
    variables && { variables },
  );
}

/** A report of an address that does not exist, which is suppressed for it. */
export function receiveUnknown(id: string, recipient: string): Promise<void> {
  return receive(id, recipient, {
    code: 550,
    extended: '5.1.1',
    description: 'User unknown',
    severity: 'permanent',
  });
}

/** The first report of the list. */
export const first = () => page.locator('#reports > li').first();

/** What the page's address says. */
export const chosen = () => new URL(page.url()).searchParams;

/** Everything that axe finds wrong with what a page shows. */
export async function violations(seen: Page): Promise<string[]> {
  // To load axe takes longer than to run it, and all that it finds right would be as much again.
  if (!(await seen.evaluate('"axe" in window'))) await seen.evaluate(axe.source);
  return seen.evaluate(`axe
    .run({ resultTypes: ['violations'] })
    .then(({ violations }) => violations.map(({ id, nodes }) => id + ': ' + nodes.map(({ html }) => html)))`);
}
