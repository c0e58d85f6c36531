import { once } from 'node:events';
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { makeDirectory } from '../database/embedded.js';
import { openDatabase } from '../database/open.js';
import { engines, version } from '../package-folder.js';
import { readSettings } from '../settings.js';
import { warnings } from '../settings-warnings.js';
import { cannotKeepData, cannotListen, cannotReach } from '../startup-errors.js';
import { createPostgres, type PostgresServer } from './postgres.js';
import { endAll, run, startDesk, until } from './processes.js';

const PASSWORD = 'correct horse battery';

let directory: string;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'desk-start-'));
});
afterEach(endAll);
afterAll(() => rm(directory, { recursive: true, force: true }));

describe('the command line', () => {
  it('shows its settings with --help', async () => {
    const desk = run('server.ts', ['--help']);
    expect(await desk.exited).toBe(0);
    expect(desk.lines[0]).toMatch(/^copernica-failures-desk receives .*\.$/);
    expect(desk.output()).toMatch(/^ {2}PORT +Port to listen on \(default: 3000\)$/m);
    expect(desk.output()).toMatch(/^ {2}DESK_PASSWORD +Password/m);
  });

  it('shows its version with --version', async () => {
    const desk = run('server.ts', ['--version']);
    expect(await desk.exited).toBe(0);
    expect(desk.output()).toBe(version);
  });

  it('refuses any other argument in one sentence', async () => {
    const desk = run('server.ts', ['--port=3001']);
    expect(await desk.exited).toBe(1);
    expect(desk.output()).toMatch(/^Unknown argument --port=3001: .* --help\.$/);
  });

  it.each(['20.18.3', '22.11.0'])('refuses Node.js %s in one sentence', async (old) => {
    const pretend = `Object.defineProperty(process.versions,'node',{value:'${old}'})`;
    const desk = run('server.ts', [], {}, ['--import', `data:text/javascript,${pretend}`]);
    expect(await desk.exited).toBe(1);
    expect(desk.output()).toBe(
      `The desk needs Node.js ${engines.node}, and this is ${old}: see https://nodejs.org.`,
    );
  });

  it('shows the address first on a terminal, before the database is created', async () => {
    const environment = { PORT: '0', DATA_DIRECTORY: join(directory, 'terminal') };
    const onTerminal = ['--import', 'data:text/javascript,process.stdout.isTTY=true'];
    const { lines } = run('server.ts', [], environment, onTerminal);
    await until(() => lines.some((line) => line.includes('The desk is open')));
    expect(lines[0]).toMatch(/^\d\d:\d\d:\d\d .*http:\/\/127\.0\.0\.1:\d+$/);
    expect(lines[1]).toContain(environment.DATA_DIRECTORY);
    expect(lines.join()).not.toContain('{');
  });
});

describe('a DATA_DIRECTORY', () => {
  it('below a file is refused in one sentence', async () => {
    const file = join(directory, 'file');
    await writeFile(file, '');
    const desk = run('server.ts', [], { PORT: '0', DATA_DIRECTORY: join(file, 'data') });
    expect(await desk.exited).toBe(1);
    expect(desk.output()).toBe(
      `DATA_DIRECTORY ${file}/data is a file, or is inside one: choose another directory.`,
    );
  });

  it.skipIf(process.platform !== 'linux').each(['/proc/x', '/proc/x/y'])(
    'that the system refuses is refused at once: %s',
    async (path) => {
      const error = await openDatabase({ directory: path }).catch((reason) => reason);
      expect(cannotKeepData(error, path).message).toBe(
        `DATA_DIRECTORY ${path} cannot be created: choose another directory.`,
      );
    },
  );

  it('is created with its parents, for its owner only', async () => {
    const data = join(directory, 'new', 'data');
    await Promise.all([makeDirectory(data), makeDirectory(data)]);
    expect((await stat(join(directory, 'new'))).mode & 0o777).toBe(0o700);
    expect((await stat(data)).mode & 0o777).toBe(0o700);
    const file = join(data, 'file');
    await writeFile(file, '');
    await expect(makeDirectory(file)).rejects.toMatchObject({ code: 'EEXIST' });
  });

  it.each([
    ['EACCES', 'is not writable for this user: choose another directory, or change its owner.'],
    ['EROFS', 'is on a read-only disk: choose another directory.'],
    ['ENOSPC', 'is on a full disk: free some space, or choose another directory.'],
    ['EIO', 'holds no usable database: mkdir'],
  ])('that cannot be used says why: %s', (code, sentence) => {
    const error = Object.assign(new Error('mkdir'), { code });
    expect(cannotKeepData(error, '/srv/desk').message).toBe(`DATA_DIRECTORY /srv/desk ${sentence}`);
  });
});

describe('an address to listen on', () => {
  it.each([
    ['EACCES', 'PORT 80 is reserved for the system: '],
    ['EADDRNOTAVAIL', 'HOST desk.example.com is not an address of this machine: '],
    ['ENOTFOUND', 'HOST desk.example.com is not a known name: '],
    ['EINVAL', 'Cannot listen on desk.example.com: listen'],
  ])('that cannot be used says why: %s', (code, sentence) => {
    const error = Object.assign(new Error('listen'), { code });
    const { message } = cannotListen(error, { HOST: 'desk.example.com', PORT: 80 });
    expect(message.slice(0, sentence.length)).toBe(sentence);
  });
});

describe('a warning', () => {
  it.each<[Record<string, string>, RegExp[]]>([
    [{ TRUSTED_PROXIES: '127.0.0.1' }, [/^COPERNICA_ACCOUNT is not set: anyone /]],
    [{ HOST: '0.0.0.0' }, [/^COPERNICA_ACCOUNT is not set: anyone /]],
    [{ TRUSTED_PROXIES: '127.0.0.1', COPERNICA_ACCOUNT: 'account-1' }, []],
    [{}, []],
    [{ DESK_TEST_KEY: 'key.json' }, [/^DESK_TEST_KEY does nothing without COPERNICA_ACCOUNT/]],
  ])('is given for %j: %j', async (environment, expected) => {
    const given = await warnings(readSettings({ DESK_PASSWORD: PASSWORD, ...environment }));
    expect(given).toEqual(expected.map((pattern) => expect.stringMatching(pattern)));
  });

  it('is given for a DESK_TEST_KEY that does not exist yet, or is not a key', async () => {
    const file = join(directory, 'key.json');
    const settings = readSettings({ COPERNICA_ACCOUNT: 'account-1', DESK_TEST_KEY: file });
    const missing = `DESK_TEST_KEY ${file} does not exist yet: `;
    expect(await warnings(settings)).toEqual([expect.stringContaining(missing)]);
    await writeFile(file, 'no JSON');
    expect(await warnings(settings)).toEqual([expect.stringContaining('was not written by')]);
    await writeFile(file, '{}');
    expect(await warnings(settings)).toEqual([]);
  });

  it('is logged when the desk starts', async () => {
    const desk = await startDesk({
      ...{ HOST: '0.0.0.0', DESK_PASSWORD: PASSWORD },
      DATABASE_URL: 'postgresql://127.0.0.1:1/desk',
    });
    expect(desk.output()).toContain('"COPERNICA_ACCOUNT is not set: anyone');
    expect(desk.url).toMatch(/^http:\/\/localhost:\d+$/);
  });
});

describe('a DATABASE_URL that cannot be used', () => {
  let postgres: PostgresServer;

  beforeAll(async () => {
    postgres = await createPostgres();
  }, 60_000);
  afterAll(() => postgres?.remove());

  /** The message that the desk logs. */
  async function problemOf(url: string): Promise<string> {
    const database = await openDatabase({ url });
    const error = await database.query('select 1').catch((reason) => reason);
    await database.close();
    return cannotReach(error, url);
  }

  it.each<[string, () => string, string]>([
    [
      'a closed port',
      () => 'postgresql://desk:pass@127.0.0.1:1/desk',
      'Nothing listens on 127.0.0.1:1: start PostgreSQL there.',
    ],
    [
      'an unknown host',
      () => 'postgresql://desk:pass@nowhere.invalid/desk',
      'There is no host named nowhere.invalid: correct the name.',
    ],
    [
      'a missing database',
      () => `${postgres.url}-2`,
      'has no database postgres-2: create it with `createdb -h 127.0.0.1 -p ',
    ],
    [
      'a wrong password',
      () => postgres.url.replace('password', 'pass'),
      'refuses the password of postgres: correct it.',
    ],
    [
      'no password',
      () => postgres.url.replace(':password', ''),
      'refuses the password of postgres: correct it.',
    ],
    [
      'an unknown user',
      () => postgres.url.replace('postgres:', 'nobody:'),
      'refuses the password of nobody: correct it.',
    ],
  ])('says why, without the password: %s', async (_, url, sentence) => {
    const problem = await problemOf(url());
    expect(problem).toMatch(/^DATABASE_URL: .* The desk answers 503 and keeps trying\. \(.+\)$/);
    expect(problem).toContain(sentence);
    expect(problem).not.toMatch(/:pass(word)?@/);
  });

  it('says that another server is not PostgreSQL', async () => {
    const other = createServer((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'));
    other.listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    const problem = await problemOf(`postgresql://desk:pass@127.0.0.1:${port}/desk`);
    expect(problem).toContain(`127.0.0.1:${port} gives no usable answer: check`);
    other.close();
  });

  it.each([
    [
      'postgresql://jane:pass@db.internal:5433/desk',
      'createdb -h db.internal -p 5433 -U jane desk',
    ],
    ['postgresql://[::1]/desk', 'createdb -h ::1 desk'],
  ])('says how to create a missing database: %s', (url, command) => {
    const error = Object.assign(new Error('no'), { code: '3D000' });
    expect(cannotReach(error, url)).toContain(`create it with \`${command}\`.`);
  });

  it('says what a user without the right to create the extension needs', async () => {
    const owner = new pg.Client(postgres.url);
    await owner.connect();
    await owner.query("create role clerk login password 'secret'");
    await owner.query('grant create on schema public to clerk');
    const url = postgres.url.replace('postgres:password', 'clerk:secret');
    expect(await problemOf(url)).toContain(
      'The user clerk may not create the extension pg_trgm: grant it CREATE on the database postgres, or let the owner run `create extension pg_trgm` there once.',
    );
    await owner.query('create extension pg_trgm');
    await owner.end();
    const database = await openDatabase({ url });
    expect(await database.query('select from failure_reports')).toEqual([]);
    await database.close();
  });

  it('is logged once; the desk answers 503, and goes on when the database answers', async () => {
    await postgres.stop();
    const desk = await startDesk({ DATABASE_URL: postgres.url });
    const body = new URLSearchParams({ id: '1', recipient: 'jane@example.com', state: 'rcptto' });
    const post = () => fetch(`${desk.url}/copernica/failures`, { method: 'POST', body });
    expect((await post()).status).toBe(503);
    await postgres.start();
    await until(() => desk.output().includes('"The database answers"'));
    expect(desk.output().match(/DATABASE_URL: Nothing listens/g)).toHaveLength(1);
    expect((await post()).status).toBe(200);
    expect(await desk.end('SIGTERM')).toBe(0);
  });
});
