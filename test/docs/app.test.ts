import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { createPostgres, type PostgresServer } from '../desk/postgres.js';
import { pageAt, root } from './pages.js';
import { appFiles, curl, writeExamples } from './programs.js';
import { run } from './running.js';

// The README's app and the page that tests it, word for word, on a real PostgreSQL.
let server: PostgresServer;
let folder = '';

async function writeApp(files: Record<string, string>): Promise<string> {
  const written = await writeExamples();
  for (const [file, code] of Object.entries(files)) await writeFile(join(written, file), code);
  return written;
}

beforeAll(async () => {
  server = await createPostgres();
  process.env.DATABASE_URL = server.url;
  folder = await writeApp(appFiles);
}, 60_000);
afterAll(async () => {
  delete process.env.DATABASE_URL;
  await server?.remove();
  await rm(folder, { recursive: true, force: true });
});

const commands = (path: string) =>
  pageAt(path).blocks.flatMap(({ language, code }) => (language === 'sh' ? code.split('\n') : []));
const printed = pageAt('docs/testing.md').blocks.find(({ language }) => language === 'text')?.code;

describe("the README's app", { timeout: 120_000 }, () => {
  it('is in the files that its pages start and import', () => {
    const files = Object.keys(appFiles).filter((file) => file.endsWith('.mjs'));
    expect(files).toEqual(['app.mjs', 'save.mjs', 'try.mjs']);
    const started = ['README.md', 'docs/testing.md'].flatMap(commands).join('\n');
    expect([...started.matchAll(/ node (\S+)/g)].map(([, file]) => file)).toEqual([
      'app.mjs',
      'try.mjs',
    ]);
  });

  it('imports what the README installs, in the version that it packs', () => {
    const { name, version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
    const install = commands('README.md').find((line) => line.includes('.tgz')) ?? '';
    const imports = Object.values(appFiles).flatMap((code) =>
      [...code.matchAll(/from '([^'.]+)'/g)].map(([, from = '']) => from),
    );
    const packages = imports.filter((from) => !/^node:|\/testing$|pglite/.test(from));
    expect(install).toBe(`npm install ../${name}-${version}.tgz express pg`);
    expect([...new Set(packages)].sort()).toEqual([name, 'express', 'pg']);
  });

  it('waits for reports, and refuses one that is not signed', async () => {
    const app = await run(folder, 'app.mjs');
    await app.prints('Waiting for reports\n');
    expect(await app.post(curl().body)).toMatchObject({ status: 401 });
  });

  it('says that its port is taken, and ends', async () => {
    const holder = createServer().listen(0);
    onTestFinished(() => void holder.close());
    await once(holder, 'listening');
    const app = await run(folder, 'app.mjs', Object(holder.address()).port);
    expect(await app.ends()).toBe(1);
    expect(app.output()).toContain('EADDRINUSE');
    expect(app.output()).not.toContain('Waiting');
  });

  it('gets signed reports from the page on testing, and stores them once', async () => {
    for (let times = 0; times < 2; times += 1) {
      const program = await run(folder, 'try.mjs');
      expect([await program.ends(), program.output()]).toEqual([0, printed]);
    }
  });

  it('runs without a PostgreSQL server as the README says', async () => {
    const { 'save.mjs': save = '', 'instead of pg': instead = '', ...others } = appFiles;
    const [lines = ''] = /import pg .*database\.on\(.*?\n/s.exec(save) ?? [];
    const embedded = await writeApp({ ...others, 'save.mjs': save.replace(lines, instead) });
    onTestFinished(() => rm(embedded, { recursive: true, force: true }));
    const program = await run(embedded, 'try.mjs');
    expect([await program.ends(), program.output()]).toEqual([0, printed]);
  });
});
