import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Database } from '../database/driver.js';
import { createStore } from '../reports/store.js';
import { removeSuppression } from '../suppressions/edit.js';
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
  open = await openDesk(database, { DESK_TOKEN });
});
afterAll(async () => {
  open.close();
  await database.close();
});
beforeEach(() => clear(database));

const ask = (path: string, method: 'get' | 'delete' = 'get') =>
  open.desk[method](path).set('Authorization', `Bearer ${DESK_TOKEN}`);

describe('the interface for apps', () => {
  it('tells whether an address is suppressed: as it is written, else the one that is meant', async () => {
    await save(unknownUser());
    await save(unknownUser({ recipient: 'John <john@example.com>' }));
    const lookUp = async (address: string) =>
      (await ask('/api/suppressions').query({ address }).expect(200)).body;
    for (const written of [
      'jane@EXAMPLE.com',
      'Jane <jane@example.com>',
      'mailto:jane@example.com',
      'JANE@example.com',
    ]) {
      expect(await lookUp(written)).toEqual({
        address: 'jane@example.com',
        similar: [],
        suppressed: true,
        reason: 'invalid-address',
        since: expect.stringMatching(/^\d{4}-.*Z$/),
      });
    }
    const named = 'John <john@example.com>';
    expect(await lookUp(named)).toMatchObject({ address: named, suppressed: true });
    for (const address of ['john@example.com', 'noat']) {
      expect(await lookUp(address)).toEqual({ address, suppressed: false, similar: [] });
    }
    await save(tooMany({ recipient: 'Jane@example.com' }));
    expect(await lookUp('Jane@example.com')).toEqual({
      ...{ address: 'Jane@example.com', suppressed: false },
      similar: [{ address: 'jane@example.com', suppressed: true }],
    });
  });

  it('tells what has changed since a cursor', async () => {
    await save(unknownUser());
    await removeSuppression(database, 'jane@example.com', 'She called');
    const { body } = await ask('/api/changes?limit=1').expect(200);
    const [at, address, report] = [expect.any(String), 'jane@example.com', expect.any(String)];
    const first = { position: '1', change: 'suppressed', reason: 'invalid-address', note: null };
    expect(body).toEqual({
      changes: [{ ...first, address, at, source: 'report', report }],
      ...{ cursor: '1', more: true },
    });
    const last = { position: '2', change: 'taken off', reason: null, note: 'She called' };
    const next = await ask('/api/changes?after=1').expect(200);
    expect(next.body).toEqual({
      changes: [{ ...last, address, at, source: 'hand', report: null }],
      ...{ cursor: '2', more: false },
    });
    await ask('/api/changes?after=2').expect(200, { changes: [], cursor: '2', more: false });
  });

  it('gives reports as lines of JSON, with all variables, filtered, and no tests', async () => {
    await save(unknownUser({ id: 'a' }), { variables: { id: 'a', colour: 'green' } });
    await save(unknownUser({ id: 'b' }), { test: true });
    await save(tooMany({ id: 'c', recipient: 'john@example.com' }));
    async function lines(query: string) {
      const url = `http://127.0.0.1:${open.port}/api/reports${query}`;
      const answer = await fetch(url, { headers: { Authorization: `Bearer ${DESK_TOKEN}` } });
      expect(answer.headers.get('Content-Type')).toMatch(/^application\/x-ndjson/);
      const text = await answer.text();
      return text
        .split('\n')
        .filter(Boolean)
        .map((line) => JSON.parse(line));
    }
    expect((await lines('')).map(({ report }) => report.id)).toEqual(['c', 'a']);
    expect(await lines('?category=invalid-address')).toMatchObject([
      { report: { id: 'a' }, variables: { id: 'a', colour: 'green', code: '550' } },
    ]);
    expect(await lines('?domain=nowhere.example')).toEqual([]);
  });

  it.each([
    ['suppressions', 'Address: not given'],
    ['suppressions?address=%20', 'Give an address'],
    ['suppressions?address=a&address=b', 'Address: once only'],
    ['changes?after=now', 'after is a cursor, 0 at first'],
    ['changes?limit=x', 'limit is 1 to 1000'],
    ['changes?since=1', 'Unrecognized key: "since"'],
    ['reports?colour=red', 'Unrecognized key: "colour"'],
    ['reports?severity=permanant', 'severity is one of permanent, temporary, unknown'],
    ['reports?category=constructor', /^category is one of invalid-address, /],
    ['reports?category=content&category=content', /^category is one of invalid-address, /],
  ])('refuses %s rather than answer something else', async (path, error) => {
    const { body } = await ask(`/api/${path}`).expect(400);
    expect(body).toEqual({ error: expect.stringMatching(error) });
  });

  it('deletes an address', async () => {
    await save(unknownUser());
    const path = '/api/addresses?address=jane@example.com';
    await ask(path, 'delete').expect(400);
    const { body } = await ask(`${path}&keepSuppression=false`, 'delete').expect(200);
    expect(body).toEqual({
      ...{ address: 'jane@example.com', reports: 1, suppression: 'deleted', similar: [] },
    });
  });

  it('has nothing else', async () => {
    await ask('/api/nothing').expect(404, { error: 'There is nothing here' });
  });
});

describe('the README of the desk', () => {
  async function blocks(language: string): Promise<string[]> {
    const text = await readFile(README, 'utf8');
    const found = text.matchAll(new RegExp(`\`\`\`${language}\n(.*?)\`\`\``, 'gs'));
    return [...found].map(([, code = '']) => code).filter((code) => code.includes('DESK_TOKEN'));
  }

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
    await removeSuppression(database, 'jane@example.com', 'She called');
    expect((await follow()).stdout).toBe('jane@example.com taken off\n');
    await rm(directory, { recursive: true });
  });
});
