// Installs the desk as users do: from the packed packages, into an empty folder.
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import {
  cp,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rm,
  stat,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';
import { chromium } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { root } from '../../../test/docs/pages.js';
import { INSTALL_OPTIONS } from '../../../test/package/install.js';
import { pack } from '../../../test/package/tarball.js';
import { CHROMIUM } from './chromium.js';
import { until } from './processes.js';

const MAX_MEGABYTES = 60;
/** An address that no test report has. */
const RECIPIENT = 'jane@installed.example.com';

const run = promisify(execFile);
let folder: string;
let app: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'desk-installed-'));
  app = join(folder, 'app');
  await mkdir(app);
  // Without this file, npm would install into a parent folder that has one.
  await writeFile(join(app, 'package.json'), '{}');
  const { tarball } = pack(folder);
  const tarballs = [tarball, await packDesk(tarball)];
  await run('npm', ['install', '--loglevel=error', ...INSTALL_OPTIONS, ...tarballs], { cwd: app });
}, 180_000);
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Packs a copy of the desk, next to the unpacked package: other tests read the real `dist/`. */
async function packDesk(tarball: string): Promise<string> {
  const project = join(folder, 'source/project');
  const unpacked = join(project, 'node_modules/copernica-failures');
  const desk = join(project, 'examples/desk');
  await mkdir(unpacked, { recursive: true });
  await symlink(join(root, 'node_modules'), join(folder, 'source/node_modules'), 'junction');
  await run('tar', ['-xzf', tarball, '-C', unpacked, '--strip-components=1']);
  await cp(join(root, 'tsconfig.json'), join(project, 'tsconfig.json'));
  await cp(join(root, 'examples/desk'), desk, {
    recursive: true,
    filter: (path) => !['node_modules', 'dist', 'data'].includes(basename(path)),
  });
  const options = ['pack', '--silent', '--pack-destination', folder];
  const { stdout } = await run('npm', options, { cwd: desk });
  return join(folder, stdout.trim());
}

/** Runs the installed command. */
function npx(args: string[] = []) {
  const { PATH, HOME, TMPDIR } = process.env;
  const settings = { PORT: '0', DATA_DIRECTORY: join(folder, 'data') };
  const child = spawn('npx', ['copernica-failures-desk', ...args], {
    cwd: app,
    env: { PATH, HOME, TMPDIR, ...settings },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk) => {
      output += chunk;
    });
  }
  return { child, closed: once(child, 'close'), output: () => output };
}

describe('the installed desk', { timeout: 120_000 }, () => {
  it('needs no TypeScript, and less than 60 MB', async () => {
    const modules = join(app, 'node_modules');
    for (const name of ['tsx', 'typescript']) expect(existsSync(join(modules, name))).toBe(false);
    const files = await readdir(modules, { recursive: true, withFileTypes: true });
    const sizes = files
      .filter((file) => file.isFile())
      .map(async ({ parentPath, name }) => (await stat(join(parentPath, name))).size);
    const bytes = (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
    expect(bytes / 1e6).toBeLessThan(MAX_MEGABYTES);
  });

  it('has its page, its tables and no sources', async () => {
    const desk = join(app, 'node_modules/copernica-failures-desk');
    const files = await readdir(desk, { recursive: true });
    expect(files).toContain(join('public', 'index.html'));
    expect(files.filter((file) => /\.sql$/.test(file))).not.toEqual([]);
    expect(files.filter((file) => /\.(ts|map)$|^(test|bench)/.test(file))).toEqual([]);
  });

  it('tells its version', async () => {
    const { version } = JSON.parse(
      await readFile(join(root, 'examples/desk/package.json'), 'utf8'),
    );
    const { closed, output } = npx(['--version']);
    expect(await closed).toEqual([0, null]);
    expect(output()).toBe(`${version}\n`);
  });

  it('stores a report, shows it on its page, and ends with code 0', async () => {
    const { child, closed, output } = npx();
    await until(() => output().includes('"The desk is open"') || child.exitCode !== null);
    // A signal to npx would not reach the desk: npm hands it to a shell in between.
    const [, pid, url] = /"pid":(\d+),.*"url":"([^"]+)"/.exec(output()) ?? [];
    if (!pid || !url) throw new Error(`The desk did not open: ${output()}`);
    try {
      const body = new URLSearchParams({
        ...{ id: '1', recipient: RECIPIENT, state: 'rcptto' },
        ...{ code: '550', extended: '5.1.1' },
      });
      const answer = await fetch(`${url}/copernica/failures`, { method: 'POST', body });
      expect(answer.status).toBe(200);
      if (CHROMIUM) await seeReport(url);
    } finally {
      process.kill(Number(pid), 'SIGTERM');
    }
    expect(await closed).toEqual([0, null]);
    expect(output()).toContain('"The desk is closed"');
  });
});

async function seeReport(url: string): Promise<void> {
  const browser = await chromium.launch({
    executablePath: CHROMIUM as string,
    args: ['--no-sandbox'],
  });
  try {
    const page = await browser.newPage();
    const problems: string[] = [];
    page.on('pageerror', ({ message }) => problems.push(message));
    page.on('requestfailed', (request) => problems.push(request.url()));
    await page.goto(url);
    const report = page.getByText(RECIPIENT).first();
    await report.waitFor().catch(({ message }) => problems.push(message));
    expect(problems).toEqual([]);
  } finally {
    await browser.close();
  }
}
