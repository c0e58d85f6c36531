import axe from 'axe-core';
import type { FailureReport } from 'copernica-failures';
import {
  type Browser,
  type BrowserContextOptions,
  chromium,
  type Locator,
  type Page,
} from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest';
import { createStore } from '../reports/store.js';
import { CHROMIUM } from './chromium.js';
import { clear, fragile, openDesk, openTestDatabase } from './in-process.js';

/** A busy machine can make a page late: for tests of how soon it shows something. */
export const IN_TIME = { retry: 2 };

const ARGUMENTS = ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-sync'];

let browser: Browser;
let desk: Awaited<ReturnType<typeof openDesk>>;
/** Errors in the console, and requests to other hosts. */
let complaints: string[] = [];
/** Every version must be new: the desk caches answers by version. */
let firstPosition = 0;

export let database: ReturnType<typeof fragile>;
/** The page that most tests use, one after another. */
export let page: Page;

/** Starts a desk and a browser for a file of tests. Each test begins with an empty database. */
export function useDesk(fill?: () => Promise<unknown>): void {
  beforeAll(async () => {
    database = fragile(await openTestDatabase());
    desk = await openDesk(database, { COPERNICA_ACCOUNT: 'account-1234' }, 'silent');
    browser = await chromium.launch({ executablePath: CHROMIUM as string, args: ARGUMENTS });
    page = await newPage();
    await open('/');
  }, 120_000);

  afterAll(async () => {
    await browser.close();
    desk.close();
    await database.close();
  });

  beforeEach(async () => {
    await page.setViewportSize({ width: 1280, height: 720 });
    await page.emulateMedia({ colorScheme: 'light' });
    await clear(database);
    firstPosition += 1000;
    await database.query('update suppression_sequence set position = $1', [firstPosition]);
    await fill?.();
  });

  afterEach(async () => {
    setDown(false);
    await page.unrouteAll({ behavior: 'ignoreErrors' });
    for (const context of browser.contexts()) if (context !== page.context()) await context.close();
    // The browser itself reports refused requests, and those that a test lets fail.
    const expected = /status of (503|400|404)|ERR_FAILED|ERR_INTERNET_DISCONNECTED/;
    const unexpected = complaints.filter((text) => !expected.test(text));
    complaints = [];
    expect(unexpected).toEqual([]);
  });
}

/** Takes the database down, or up again. */
export function setDown(down: boolean): void {
  database.isDown = down;
}

async function newPage(options: BrowserContextOptions = {}): Promise<Page> {
  const context = await browser.newContext({
    baseURL: `http://127.0.0.1:${desk.port}`,
    reducedMotion: 'reduce',
    locale: 'en-GB',
    timezoneId: 'Europe/Amsterdam',
    ...options,
  });
  const created = await context.newPage();
  created.setDefaultTimeout(20_000);
  created.on('pageerror', (error) => complaints.push(error.message));
  created.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  created.on('request', (request) => {
    const { protocol, hostname } = new URL(request.url());
    if (protocol !== 'data:' && hostname !== '127.0.0.1') complaints.push(request.url());
  });
  return created;
}

/** Lets the desk clear its cache of answers, as it does after each change that it makes itself. */
async function clearCache(): Promise<void> {
  await desk.desk.post('/').set('Sec-Fetch-Site', 'same-origin').expect(404);
}

/** Loads the page and waits until it shows everything. */
export async function open(path = '/', on = page): Promise<Page> {
  await clearCache();
  await on.goto(path);
  await on.locator('#status.on').waitFor();
  await on.locator('#plot svg').waitFor();
  await on.locator('main:not(:has([aria-busy]))').waitFor();
  return on;
}

/** Opens another page, as a colleague would. */
export async function openAnother(path = '/', options?: BrowserContextOptions): Promise<Page> {
  return open(path, await newPage(options));
}

/** Lets the page poll now, instead of within two seconds. */
export async function poll(on = page): Promise<void> {
  await clearCache();
  await on.evaluate(`document.dispatchEvent(new Event('visibilitychange'))`);
}

/** Stores the report of a mailbox that is full, with these changes. */
export async function receive(
  id: string,
  recipient = `customer-${id}@example.com`,
  changes: Partial<FailureReport> = {},
  variables?: Record<string, unknown>,
): Promise<void> {
  const report: FailureReport = {
    id,
    recipient,
    state: 'rcptto',
    code: 452,
    extended: '4.2.2',
    description: 'Mailbox full',
    tags: ['offer'],
    asynchronous: false,
    severity: 'temporary',
    ...changes,
  };
  await createStore(database)(report, variables && { variables });
}

export const UNKNOWN_USER = {
  code: 550,
  extended: '5.1.1',
  description: 'User unknown',
  severity: 'permanent',
} as const;

/** Stores the report of an address that does not exist: it is suppressed. */
export function receiveUnknown(id: string, recipient: string): Promise<void> {
  return receive(id, recipient, UNKNOWN_USER);
}

/** Moves a report into the past, for example by '5 hours'. */
export async function backdate(id: string, age: string): Promise<void> {
  await database.query(
    `update failure_reports set received_at = now() - $2::interval where report->>'id' = $1`,
    [id, age],
  );
  // No hour is counted yet.
  await database.query(`update rollup_progress set rolled_up_to = '-infinity'`);
}

/** The first report of the list. */
export const first = () => page.locator('#reports > li').first();

/** The addresses of the reports in the list. */
export const listed = (on = page) => on.locator('#reports .address').allTextContents();

/** A parameter of the page's URL. */
export const param = (name: string) => new URL(page.url()).searchParams.get(name);

/** The text of a part of the page, in one line. */
export async function textOf(part: Locator): Promise<string> {
  return ((await part.textContent()) ?? '').replace(/\s+/g, ' ').trim();
}

/** The text of what has the focus. */
export const focused = (on = page) =>
  on.evaluate<string>('document.activeElement.textContent.trim()');

interface Box {
  left: number;
  right: number;
  top: number;
  bottom: number;
}

/** Whether two boxes do not overlap. */
export const areApart = (one: Box, other: Box) =>
  one.right <= other.left ||
  other.right <= one.left ||
  one.bottom <= other.top ||
  other.bottom <= one.top;

/** The problems that axe finds on the page. @param rules default: all */
export async function violations(on: Page, rules?: string[]): Promise<string[]> {
  if (!(await on.evaluate('"axe" in window'))) await on.evaluate(axe.source);
  const options = JSON.stringify({ resultTypes: ['violations'], ...(rules && { runOnly: rules }) });
  return on.evaluate(`axe
    .run(${options})
    .then(({ violations }) => violations.map(({ id, nodes }) => id + ': ' + nodes.map(({ html }) => html)))`);
}
