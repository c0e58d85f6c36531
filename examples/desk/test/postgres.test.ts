import { execFile } from 'node:child_process';
import { chmod, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createPostgres, findInstalled, NOBODY, runOn } from './postgres.js';

const exec = promisify(execFile);
let folder: string;
let temporary: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'desk-private-'));
  temporary = join(folder, 'temporary');
  await mkdir(temporary);
  vi.stubEnv('TMPDIR', temporary);
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true });
});

it('starts from a folder that only its owner can enter, with files that only the owner can read', async () => {
  const installed = join(folder, 'native');
  await exec('sh', ['-c', 'umask 077; cp -R "$0" "$1"', findInstalled(), installed]);
  if (process.getuid?.() === 0) {
    const refused = exec(join(installed, 'bin/postgres'), ['--version'], NOBODY);
    await expect(refused).rejects.toMatchObject({ code: 'EACCES' });
  }
  const server = await createPostgres(installed);
  await runOn(server.url, 'select 1');
  await server.stop();
  await server.start();
  await runOn(server.url, 'select 1');
  await server.remove();
  expect(await readdir(temporary)).toEqual([]);
});

const ENDS = '#!/bin/sh\n';
it.each<[string, Record<string, string>, RegExp]>([
  ['its files are missing', {}, /ENOENT.*\/native\/bin\/initdb/],
  ['a file is missing', { initdb: ENDS }, /ENOENT.*\/native\/bin\/postgres/],
  ['a file is not executable', { initdb: '', postgres: ENDS }, /EACCES.*\/native\/bin\/initdb/],
  [
    'it cannot make the data',
    { initdb: `${ENDS}echo 'A line\ninitdb: error: no space' >&2; exit 1`, postgres: ENDS },
    /: initdb: error: no space;/,
  ],
  [
    'it ends at once',
    { initdb: ENDS, postgres: `${ENDS}echo 'A line\nFATAL:  no memory' >&2` },
    /: FATAL: {2}no memory;/,
  ],
])(
  'one sentence says at once why it cannot start: %s',
  { timeout: 20_000 },
  async (_, programs, reason) => {
    // The user of the server may enter this one.
    await chmod(folder, 0o755);
    const installed = join(folder, 'native');
    await mkdir(join(installed, 'bin'), { recursive: true });
    for (const [name, script] of Object.entries(programs)) {
      const file = join(installed, 'bin', name);
      await writeFile(file, script);
      if (script) await chmod(file, 0o700);
    }
    const { message } = await createPostgres(installed).catch((error) => error);
    expect(message).toMatch(
      /^PostgreSQL cannot start: .+; run "npm install" again, or set TMPDIR .+\.$/,
    );
    expect(message).toMatch(reason);
    expect(await readdir(temporary)).toEqual([]);
  },
);
