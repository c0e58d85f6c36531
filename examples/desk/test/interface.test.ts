import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Database } from '../database/database.js';
import { createStore } from '../reports/store.js';
import { takeOff } from '../suppressions/edit.js';
import { clear, openDesk, openTestDatabase } from './in-process.js';
import { tooMany, unknownUser } from './reports.js';

const DESK_TOKEN = '0123456789abcdef0123456789abcdef01234567';
const README = new URL('../README.md', import.meta.url);
const run = promisify(execFile);

let database: Database;
let open: Awaited<ReturnType<typeof openDesk>>;
let save: ReturnType<typeof createStore>;

beforeAll(async () => {
  database = await openTestDatabase();
  save = createStore(database);
});
afterAll(() => database.close());
beforeEach(async () => {
  await clear(database);
  open = await openDesk(database, { DESK_TOKEN });
});
afterEach(() => open.close());

const ask = (path: string, token = DESK_TOKEN) =>
  open.desk.get(path).set('Authorization', `Bearer ${token}`);

describe('the interface for one’s own app', () => {
  it('is not there without a token', async () => {
    const without = await openDesk(database);
    await without.desk.get('/api/changes').set('Authorization', 'Bearer ').expect(404);
    without.close();
    const withPassword = await openDesk(database, { DESK_PASSWORD: 'correct horse battery' });
    for (const host of ['localhost', 'desk.example.com']) {
      await withPassword.desk.get('/api/changes').set('Host', host).expect(404);
    }
    withPassword.close();
  });

  it('lets nobody in without it, and locks out who guesses', async () => {
    await open.desk
      .get('/api/changes')
      .expect(401)
      .expect('WWW-Authenticate', /^Bearer/);
    for (let guess = 0; guess < 10; guess += 1) await ask('/api/changes', `x${guess}`).expect(401);
    await ask('/api/changes', 'x').expect(429).expect('Retry-After', /^\d+$/);
    expect(open.log.join()).toContain('wrong token');
    expect(open.log.join()).not.toContain('x7');
  });

  it('is open through any name and any proxy, since it asks for the token', async () => {
    await ask('/api/changes').set('Host', 'desk.example.com').set('Via', '1.1 proxy').expect(200);
  });

  it('tells whether an address is suppressed', async () => {
    await save(unknownUser());
    const { body } = await ask('/api/suppressions?address=jane@EXAMPLE.com').expect(200);
    expect(body).toMatchObject({
      address: 'jane@example.com',
      suppressed: true,
      reason: 'invalid-address',
    });
    await ask('/api/suppressions?address=john@example.com').expect(200, {
      address: 'john@example.com',
      suppressed: false,
    });
    await ask('/api/suppressions?address=%20').expect(400, { error: 'Give an address' });
    await ask('/api/suppressions').expect(400, { error: 'Address: not given' });
    await ask('/api/suppressions?address=a&address=b').expect(400, { error: 'Address: once only' });
  });

  it('tells what has changed since a cursor', async () => {
    await save(unknownUser());
    const first = await ask('/api/changes?limit=1').expect(200);
    expect(first.body.changes).toMatchObject([
      { address: 'jane@example.com', change: 'suppressed', reason: 'invalid-address' },
    ]);
    await takeOff(database, 'jane@example.com', 'She called');
    const next = await ask(`/api/changes?after=${first.body.cursor}`).expect(200);
    expect(next.body).toMatchObject({ changes: [{ change: 'taken off' }], more: false });
    await ask('/api/changes?after=now').expect(400, { error: 'after is a cursor, 0 at first' });
    await ask('/api/changes?limit=x').expect(400, { error: 'limit is 1 to 1000' });
  });

  it('gives reports as lines of JSON, with all variables, filtered, and no tests', async () => {
    await save(unknownUser({ id: 'a' }), { variables: { id: 'a', colour: 'green' } });
    await save(unknownUser({ id: 'b' }), { test: true });
    await save(tooMany({ id: 'c', recipient: 'john@example.com' }));
    const lines = async (query: string) => {
      const { text } = await ask(`/api/reports${query}`)
        .buffer(true)
        .parse((res, done) => {
          let all = '';
          res.setEncoding('utf8');
          res.on('data', (chunk) => {
            all += chunk;
          });
          res.on('end', () => done(null, all));
        })
        .expect(200)
        .expect('Content-Type', /^application\/x-ndjson/)
        .then(({ body }) => ({ text: String(body) }));
      return text
        .split('\n')
        .filter(Boolean)
        .map((line) => JSON.parse(line));
    };
    expect((await lines('')).map(({ report }) => report.id)).toEqual(['c', 'a']);
    expect(await lines('?category=invalid-address')).toMatchObject([
      { report: { id: 'a' }, variables: { id: 'a', colour: 'green', code: '550' } },
    ]);
    expect(await lines('?domain=nowhere.example')).toEqual([]);
  });

  it('refuses what it does not know rather than answer with everything', async () => {
    await ask('/api/reports?colour=red').expect(400, { error: 'Unrecognized key: "colour"' });
    await ask('/api/reports?severity=permanant').expect(400, {
      error: 'severity is one of permanent, temporary, unknown',
    });
    await ask('/api/reports?category=constructor').expect(400);
    await ask('/api/reports?category=content&category=content').expect(400);
    await ask('/api/changes?since=1').expect(400, { error: 'Unrecognized key: "since"' });
  });

  it('deletes an address', async () => {
    await save(unknownUser());
    const path = '/api/addresses?address=jane@example.com';
    const call = (url: string) =>
      open.desk.delete(url).set('Authorization', `Bearer ${DESK_TOKEN}`);
    await call(path).expect(400);
    const { body } = await call(`${path}&keepSuppression=false`).expect(200);
    expect(body).toEqual({ address: 'jane@example.com', reports: 1, suppression: 'deleted' });
    await ask('/api/nothing').expect(404, { error: 'There is nothing here' });
  });
});

describe('the README of the desk', () => {
  const blocks = async (language: string) => {
    const text = await readFile(README, 'utf8');
    const found = [...text.matchAll(new RegExp(`\`\`\`${language}\n(.*?)\`\`\``, 'gs'))];
    return found.map(([, code]) => code ?? '').filter((code) => code.includes('DESK_TOKEN'));
  };

  it('shows lines for curl that work', async () => {
    await save(unknownUser());
    const lines = (await blocks('sh')).join('\n').split('\n');
    const calls = lines.filter((line) => line.startsWith('curl') && line.includes('/api/'));
    expect(calls).toHaveLength(4);
    for (const call of calls) {
      const command = call.replace('localhost:3000', `127.0.0.1:${open.port}`);
      const { stdout } = await run('bash', ['-c', `${command} --fail-with-body`], {
        env: { ...process.env, DESK_TOKEN },
      });
      expect(stdout, call).toContain('jane@example.com');
    }
  });

  it('shows ten lines for Node.js that follow the list', async () => {
    const [code = ''] = await blocks('mjs');
    expect(code.trim().split('\n').length).toBeLessThanOrEqual(10);
    const directory = await mkdtemp(join(tmpdir(), 'desk-follow-'));
    const file = join(directory, 'follow.mjs');
    await writeFile(file, code.replace('localhost:3000', `127.0.0.1:${open.port}`));
    const follow = () =>
      run(process.execPath, [file], { cwd: directory, env: { ...process.env, DESK_TOKEN } });
    await save(unknownUser());
    expect((await follow()).stdout).toBe('jane@example.com suppressed\n');
    expect((await follow()).stdout).toBe('');
    await takeOff(database, 'jane@example.com', 'She called');
    expect((await follow()).stdout).toBe('jane@example.com taken off\n');
    await rm(directory, { recursive: true });
  });
});
