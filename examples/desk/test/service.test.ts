// The README's section "Run it as a service" without a proxy: the settings, the unit, and a backup.
import { execFile } from 'node:child_process';
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { pageAt } from '../../../test/docs/pages.js';
import { openDatabase } from '../database/open.js';
import { readSettings } from '../settings.js';
import { warnings } from '../settings-warnings.js';
import { storedIds } from './databases.js';
import { endAll, startDesk } from './processes.js';
import { findProgram } from './programs.js';
import { fileInReadme, settingsInReadme } from './readme.js';

const SYSTEMD_ANALYZE = findProgram("The README's unit", 'systemd-analyze');

const run = promisify(execFile);
let directory: string;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'desk-service-'));
});
afterAll(async () => {
  await endAll();
  await rm(directory, { recursive: true, force: true });
});

it('the settings are complete, once there are passwords in them', async () => {
  const settings = {
    ...settingsInReadme('a-secret-of-more-than-32-letters.'),
    NODE_ENV: 'production',
  };
  expect(await warnings(readSettings(settings))).toEqual([]);
  expect(() => readSettings(settingsInReadme('…'))).toThrow('DESK_TOKEN expects 32');
});

it.skipIf(!SYSTEMD_ANALYZE)('systemd accepts the unit', async () => {
  const program = join(directory, 'opt/desk/node_modules/.bin/copernica-failures-desk');
  await mkdir(join(program, '..'), { recursive: true });
  await writeFile(program, '');
  await chmod(program, 0o755);
  const file = join(directory, 'desk.service');
  const unit = fileInReadme('/etc/systemd/system/desk.service');
  await writeFile(file, unit.replace('/opt/', `${directory}/opt/`));
  const { stderr } = await run(SYSTEMD_ANALYZE as string, ['verify', file]);
  // It only warns of an unknown line, and it may complain about other units of this machine.
  expect(stderr.split('\n').filter((line) => line.includes('desk.service'))).toEqual([]);
});

it('a backup of the embedded database has every report', async () => {
  const desk = await startDesk({ DATA_DIRECTORY: join(directory, 'lib/desk') });
  const body = 'id=kept&recipient=jane%40example.com&state=rcptto';
  const headers = { 'Content-Type': 'application/x-www-form-urlencoded' };
  const answer = await fetch(`${desk.url}/copernica/failures`, { method: 'POST', headers, body });
  expect(answer.status).toBe(200);
  await desk.end('SIGTERM');

  const lines = pageAt('examples/desk/README.md').blocks.flatMap(({ code }) => code.split('\n'));
  const line = lines.find((text) => text.startsWith('sudo tar ')) ?? '';
  const [tar = '', ...options] = line
    .replace('sudo ', '')
    .replaceAll(/\/var\/(backups|lib)/g, `${directory}/$1`)
    .split(' ');
  await mkdir(join(directory, 'backups/desk'), { recursive: true });
  await run(tar, options);
  await rm(join(directory, 'lib/desk'), { recursive: true });
  const extract = options.map((option) => (option === '--create' ? '--extract' : option));
  await run(tar, extract);
  const database = await openDatabase({ directory: join(directory, 'lib/desk') });
  expect(await storedIds(database)).toEqual(['kept']);
  await database.close();
});
