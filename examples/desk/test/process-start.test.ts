import { once } from 'node:events';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { makeDirectory } from '../database/embedded.js';
import { readSettings } from '../settings.js';
import { warnings } from '../settings-warnings.js';
import { cannotKeepData, cannotReach } from '../startup-errors.js';
import { createPostgres, type PostgresServer } from './postgres.js';
import { endAll, run, startDesk, until } from './processes.js';

const PASSWORD = 'correct horse battery';
/** Opens at once, without one. */
const NO_DATABASE = { DATABASE_URL: 'postgresql://127.0.0.1:1/desk' };
/** The desk writes for people where its output says that it is a terminal. */
const ON_A_TERMINAL = ['--import', 'data:text/javascript,process.stdout.isTTY=true'];

let directory: string;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'desk-start-'));
});
afterEach(endAll);
afterAll(() => rm(directory, { recursive: true, force: true }));

/** Starts a desk that has nothing to write to, and waits until it says this. */
async function says(environment: Record<string, string>, words: RegExp): Promise<string> {
  const { output, child } = run('server.ts', [], { PORT: '0', ...environment });
  await until(() => words.test(output()) || child.exitCode !== null);
  expect(output()).toMatch(words);
  return output();
}

describe('on a terminal', { timeout: 60_000 }, () => {
  it('the first line is the address to open, before the database is made', async () => {
    const environment = { PORT: '0', DATA_DIRECTORY: join(directory, 'terminal') };
    const { lines } = run('server.ts', [], environment, ON_A_TERMINAL);
    await until(() => lines.some((line) => line.includes('The desk is open')));
    expect(lines[0]).toMatch(/^\d\d:\d\d:\d\d The desk is at http:\/\/127\.0\.0\.1:\d+$/);
    expect(lines[1]).toMatch(
      /^[\d:]+ Its database is in .*terminal; to make it takes some seconds/,
    );
    expect(lines.join()).not.toContain('{');
  });
});

describe('a setting that will not do is named, with what to do', { timeout: 60_000 }, () => {
  it('DATA_DIRECTORY that is below a file', async () => {
    const file = join(directory, 'file');
    await writeFile(file, '');
    const desk = run('server.ts', [], { PORT: '0', DATA_DIRECTORY: join(file, 'data') });
    expect(await desk.exited).toBe(1);
    expect(desk.output()).toBe(
      `The desk cannot open.\nDATA_DIRECTORY ${file}/data: There is a file of that name, or a part of the path is one. Choose another. (ENOTDIR)`,
    );
  });

  it.skipIf(process.platform !== 'linux').each(['/proc/x', '/proc/x/y'])(
    'DATA_DIRECTORY that no system makes: %s',
    async (DATA_DIRECTORY) => {
      const desk = run('server.ts', [], { PORT: '0', DATA_DIRECTORY });
      expect(await desk.exited).toBe(1);
      expect(desk.output()).toBe(
        `The desk cannot open.\nDATA_DIRECTORY ${DATA_DIRECTORY}: It cannot be made there. Choose another directory. (ENOENT)`,
      );
    },
  );

  it('DATA_DIRECTORY may be new with all above it, and others than its user may not look in', async () => {
    const data = join(directory, 'new', 'data');
    const twice = await Promise.all([makeDirectory(data), makeDirectory(data)]);
    expect(twice).toHaveLength(2);
    expect((await stat(join(directory, 'new'))).mode & 0o777).toBe(0o700);
    expect((await stat(data)).mode & 0o777).toBe(0o700);
    const file = join(data, 'file');
    await writeFile(file, '');
    await expect(makeDirectory(file)).rejects.toMatchObject({ code: 'EEXIST' });
  });

  it.each([
    ['EACCES', 'This user may not write there. Choose another directory, or change its owner.'],
    ['EROFS', 'That disk can only be read. Choose another directory.'],
    ['ENOSPC', 'The disk is full. Make room, or choose another directory.'],
  ])('DATA_DIRECTORY that cannot be written: %s', (code, text) => {
    const error = Object.assign(new Error('mkdir'), { code });
    expect(cannotKeepData(error, '/srv/desk').message).toBe(
      `DATA_DIRECTORY /srv/desk: ${text} (${code})`,
    );
  });

  it('HOST that this machine has not', async () => {
    const environment = { ...NO_DATABASE, DESK_PASSWORD: PASSWORD };
    const desk = run('server.ts', [], { ...environment, HOST: 'nowhere.invalid' });
    expect(await desk.exited).toBe(1);
    expect(desk.output()).toMatch(
      /^The desk cannot open\.\nHOST nowhere\.invalid: There is no host/,
    );
  });

  it.each(['20.18.3', '22.11.0'])('a Node.js that is too old, %s', async (version) => {
    const old = `Object.defineProperty(process.versions,'node',{value:'${version}'})`;
    const preload = ['--import', `data:text/javascript,${old}`];
    const desk = run('server.ts', [], {}, preload);
    expect(await desk.exited).toBe(1);
    expect(desk.output()).toBe(
      `The desk cannot open.\nNode.js ${version} is too old. Install 20.19, or 22.12 and later: https://nodejs.org`,
    );
    const { engines } = JSON.parse(await readFile('package.json', 'utf8'));
    expect(engines.node).toBe('^20.19.0 || >=22.12.0');
  });

  it('DESK_TEST_KEY that is not there yet, or is no key', async () => {
    const DESK_TEST_KEY = join(directory, 'key.json');
    const environment = { ...NO_DATABASE, COPERNICA_ACCOUNT: 'account-1' };
    const missing = await says({ ...environment, DESK_TEST_KEY }, /"The desk is open"/);
    expect(missing).toContain(`DESK_TEST_KEY ${DESK_TEST_KEY}: There is no such file yet.`);
    await endAll();
    await writeFile(DESK_TEST_KEY, 'no JSON');
    const broken = await says({ ...environment, DESK_TEST_KEY }, /"The desk is open"/);
    expect(broken).toContain('It is not what `npm run send -- --signed` writes.');
  });

  it.each<[Record<string, string>, number]>([
    [{ TRUSTED_PROXIES: '127.0.0.1' }, 1],
    [{ HOST: '0.0.0.0' }, 1],
    [{ TRUSTED_PROXIES: '127.0.0.1', COPERNICA_ACCOUNT: 'account-1' }, 0],
    [{}, 0],
  ])('COPERNICA_ACCOUNT that is missing with %j: told %i times', async (environment, times) => {
    const settings = readSettings({ DESK_PASSWORD: PASSWORD, ...environment });
    const told = (await warnings(settings)).filter((text) => /^COPERNICA_ACCOUNT/.test(text));
    expect(told).toHaveLength(times);
  });

  it('COPERNICA_ACCOUNT that is missing where others reach the desk', async () => {
    const environment = { ...NO_DATABASE, HOST: '0.0.0.0', DESK_PASSWORD: PASSWORD };
    const open = await says({ ...environment, DESK_TEST_KEY: 'x' }, /"The desk is open"/);
    expect(open).toContain('COPERNICA_ACCOUNT is not set: whoever reaches this desk can report');
    expect(open).toContain('DESK_TEST_KEY does nothing without COPERNICA_ACCOUNT');
    expect(open).toMatch(/"url":"http:\/\/localhost:\d+"/);
  });
});

describe('a DATABASE_URL that will not do is told at once', { timeout: 60_000 }, () => {
  let postgres: PostgresServer;

  beforeAll(async () => {
    postgres = await createPostgres();
  }, 60_000);
  afterAll(() => postgres?.remove());

  it.each([
    [
      'a closed port',
      () => 'postgresql://desk:pass@127.0.0.1:1/desk',
      'Nothing listens at 127.0.0.1:1. Start PostgreSQL there.',
    ],
    [
      'an unknown host',
      () => 'postgresql://desk:pass@nowhere.invalid/desk',
      'There is no host named nowhere.invalid. Correct the name.',
    ],
    [
      'a missing database',
      () => `${postgres.url}-2`,
      'has no database postgres-2. Make it: `createdb -h 127.0.0.1 -p ',
    ],
    [
      'a wrong password',
      () => postgres.url.replace('password', 'pass'),
      'refuses the password of postgres. Correct it.',
    ],
    [
      'no password',
      () => postgres.url.replace(':password', ''),
      'refuses the password of postgres. Correct it.',
    ],
    [
      'an unknown user',
      () => postgres.url.replace('postgres:', 'nobody:'),
      'the password of nobody. Correct it.',
    ],
  ])('%s', async (_, url, words) => {
    const output = await says({ DATABASE_URL: url() }, /DATABASE_URL: .*keeps trying/);
    expect(output).toContain(words);
    expect(output).not.toMatch(/:pass(word)?@/);
  });

  it.each([
    [
      'postgresql://jane:pass@db.internal:5433/desk',
      'createdb -h db.internal -p 5433 -U jane desk',
    ],
    ['postgresql://[::1]/desk', 'createdb -h ::1 desk'],
  ])('with the command that makes a missing database of it: %s', (url, command) => {
    const error = Object.assign(new Error('no'), { code: '3D000' });
    expect(cannotReach(error, url)).toContain(`Make it: \`${command}\`.`);
  });

  it('a server that is no PostgreSQL', async () => {
    const other = createServer((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'));
    other.listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    await says(
      { DATABASE_URL: `postgresql://desk:pass@127.0.0.1:${port}/desk` },
      /DATABASE_URL: What listens at 127\.0\.0\.1:\d+ does not answer as PostgreSQL does.* Check the host/,
    );
    other.close();
  });

  it('a user who may make tables and no extension; the desk opens once it is there', async () => {
    const owner = new pg.Client(postgres.url);
    await owner.connect();
    await owner.query("create role clerk login password 'secret'");
    await owner.query('grant create on schema public to clerk');
    const DATABASE_URL = postgres.url.replace('postgres:password', 'clerk:secret');
    const desk = await startDesk({ DATABASE_URL });
    expect(desk.output()).toContain(
      'The user clerk may not make the extension pg_trgm. Grant it CREATE on the database postgres, or have its owner run there once: create extension pg_trgm.',
    );
    const body = new URLSearchParams({ id: '1', recipient: 'jane@example.com', state: 'rcptto' });
    const post = () => fetch(`${desk.url}/copernica/failures`, { method: 'POST', body });
    expect((await post()).status).toBe(503);
    await owner.query('create extension pg_trgm');
    await owner.end();
    await until(async () => (await post()).status === 200);
    expect(await desk.end('SIGTERM')).toBe(0);
  });

  it('and that it answers, once it does', async () => {
    await postgres.stop();
    const desk = await startDesk({ DATABASE_URL: postgres.url });
    expect(desk.output()).toMatch(/DATABASE_URL: Nothing listens/);
    await postgres.start();
    await until(() => desk.output().includes('"The database answers"'));
    expect(desk.output().match(/Nothing listens/g)).toHaveLength(1);
    expect((await fetch(`${desk.url}/healthz`)).status).toBe(200);
    expect(await desk.end('SIGTERM')).toBe(0);
  });
});
