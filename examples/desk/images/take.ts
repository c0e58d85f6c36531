// npm run pictures: takes the README's pictures, of a desk with a made-up history. It needs a Chromium, and
// pngquant to make the files smaller.
import { execFileSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, chromium, type Locator, type Page } from 'playwright-core';
import { PEOPLE } from '../fill/history.js';
import { CHROMIUM } from '../test/chromium.js';
import { endAll, run, startDesk } from '../test/processes.js';

const REFUSING = 'post.example';

if (!CHROMIUM) process.exit(1);
const DATA_DIRECTORY = await mkdtemp(join(tmpdir(), 'desk-pictures-'));
try {
  await run('fill/fill.ts', ['--refusing', REFUSING], { DATA_DIRECTORY }).exited;
  const desk = await startDesk({ DATA_DIRECTORY });
  const browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox'] });
  await take(browser, desk.url);
  await browser.close();
} finally {
  await endAll();
  await rm(DATA_DIRECTORY, { recursive: true });
}

async function take(browser: Browser, baseURL: string): Promise<void> {
  const open = async (path: string, colorScheme: 'light' | 'dark', height: number) => {
    const page = await browser.newPage({
      ...{ baseURL, colorScheme, viewport: { width: 1280, height } },
      ...{ locale: 'en-GB', timezoneId: 'Europe/Amsterdam' },
    });
    await page.goto(path);
    await page.locator('#status.on').waitFor();
    await page.locator('main:not(:has([aria-busy]))').waitFor();
    return page;
  };
  await save(await open('/?period=month', 'light', 1080), 'desk');
  const filters = `domain=${REFUSING}&category=reputation`;
  await save(await open(`/?period=month&${filters}`, 'dark', 1080), 'desk-dark');
  const lookup = await open(`/?address=${PEOPLE.full}`, 'light', 1080);
  await save(lookup.locator('#lookup'), 'desk-lookup');
  const list = await open(`/?exactly=${PEOPLE.refusedAt(REFUSING)}`, 'light', 1080);
  await list.locator('#reports .address').first().click();
  await list.getByText('All about this address').waitFor();
  await save(list.getByRole('dialog'), 'desk-report');
}

async function save(part: Page | Locator, name: string): Promise<void> {
  const path = join(import.meta.dirname, `${name}.png`);
  await part.screenshot({ path });
  execFileSync('pngquant', ['--force', '--ext=.png', '--strip', path]);
}
