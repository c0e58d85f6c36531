// What the desk's README says can be copied into an app of one's own, copied and used.
import { execFile } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it, onTestFinished } from 'vitest';
import { root } from '../../../test/docs/pages.js';

const PROGRAM = `
import express from 'express';
import { pino } from 'pino';
import { openDatabase } from './database/database.js';
import { createEndpoint } from './reports/endpoint.js';

const database = await openDatabase({ directory: 'data' });
const app = express().use(createEndpoint({ database, log: pino({ level: 'silent' }) }));
const server = app.listen(0, async () => {
  const url = 'http://localhost:' + server.address().port;
  const body = 'id=1&recipient=jane@example.com&state=rcptto&code=550&extended=5.1.1';
  const headers = { 'Content-Type': 'application/x-www-form-urlencoded' };
  for (let i = 0; i < 2; i++) {
    console.log((await fetch(url, { method: 'POST', headers, body })).status);
  }
  console.log(await database.query('select recipient from failure_reports'));
  console.log(await database.query('select address from suppressions'));
  server.close();
  await database.close();
});
`;

it('what the README says is to copy stores each report once in an app of its own', async () => {
  const readme = await readFile(join(root, 'examples/desk/README.md'), 'utf8');
  const [, said = ''] = /To copy are (.*?);/.exec(readme) ?? [];
  const folders = [...said.matchAll(/`(\w+)\/`/g)].map(([, folder = '']) => folder);
  expect(folders).toEqual(['reports', 'suppressions', 'database']);

  const app = await mkdtemp(join(tmpdir(), 'copernica-failures-copy-'));
  onTestFinished(() => rm(app, { recursive: true }));
  for (const folder of folders) {
    await cp(join(root, 'examples/desk', folder), join(app, folder), { recursive: true });
  }
  await symlink(join(root, 'node_modules'), join(app, 'node_modules'));
  const files = {
    'package.json': '{ "type": "module" }',
    'tsconfig.json': JSON.stringify({
      compilerOptions: { paths: { 'copernica-failures': [join(root, 'lib/index.ts')] } },
    }),
    'app.ts': PROGRAM,
  };
  for (const [file, text] of Object.entries(files)) await writeFile(join(app, file), text);
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--import', 'tsx', '--disable-warning=COPERNICA_UNVERIFIED', 'app.ts'],
    { cwd: app },
  );
  expect(stdout.split('\n').slice(0, 4)).toEqual([
    '200',
    '200',
    "[ { recipient: 'jane@example.com' } ]",
    "[ { address: 'jane@example.com' } ]",
  ]);
});
