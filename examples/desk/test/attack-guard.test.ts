import type request from 'supertest';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { exchange } from '../../../test/helpers/servers.js';
import type { Database } from '../database/database.js';
import { clear, openDesk, openTestDatabase } from './in-process.js';

const REPORT = 'id=1&recipient=jane%40example.com&state=rcptto&code=550&extended=5.1.1';
const PASSWORD = 'correct horse battery';

let database: Database;
let close: () => void;
let desk: ReturnType<typeof request>;
let port: number;

async function open(environment: Record<string, string> = {}) {
  ({ close, desk, port } = await openDesk(database, environment));
}

beforeAll(async () => {
  database = await openTestDatabase();
}, 60_000);
afterAll(() => database.close());
beforeEach(() => clear(database));
afterEach(() => close());

describe('a desk without a password, reached through a proxy that asks it for localhost', () => {
  it.each([
    ['Forwarded', 'for=203.0.113.7'],
    ['Via', '1.1 proxy.example.com'],
    ['X-Forwarded-For', '203.0.113.7'],
    ['X-Forwarded-Proto', 'https'],
    ['X-Forwarded-Host', 'localhost'],
    ['X-Real-IP', '127.0.0.1'],
  ])('does not show its page to what carries %s', async (name, value) => {
    await open();
    await desk.get('/reports').set(name, value).expect(403);
    await desk.get('/').set(name, value).expect(403);
  });

  it('does not show it over HTTP/1.0, which nginx before 1.29.7 speaks by default and no browser', async () => {
    await open();
    const ask = (version: string) =>
      exchange(
        port,
        `GET /reports HTTP/${version}\r\nHost: localhost\r\nConnection: close\r\n\r\n`,
      );
    expect((await ask('1.0')).status).toBe(403);
    expect((await ask('1.1')).status).toBe(200);
  });

  it('takes no report through it either: anybody could have sent that', async () => {
    await open();
    const post = desk.post('/copernica/failures').set('Via', '1.1 proxy').send(REPORT);
    const error =
      'Without COPERNICA_ACCOUNT and DESK_PASSWORD the desk takes no report through a proxy';
    await post.expect(403, { error });
    expect(await database.query('select id from failure_reports')).toEqual([]);
  });

  it('takes them through it once it verifies, if they are signed', async () => {
    await open({ COPERNICA_ACCOUNT: 'account-1' });
    await desk.post('/copernica/failures').set('Via', '1.1 proxy').send(REPORT).expect(401);
  });

  it('takes reports through it once it has a password, from whoever reaches it', async () => {
    await open({ DESK_PASSWORD: PASSWORD });
    await desk.post('/copernica/failures').set('Via', '1.1 proxy').send(REPORT).expect(200);
  });
});

describe('a foreign web page', () => {
  const FOREIGN: Record<string, string>[] = [
    { 'Sec-Fetch-Site': 'cross-site', 'Sec-Fetch-Mode': 'no-cors' },
    { 'Sec-Fetch-Site': 'same-site', 'Sec-Fetch-Mode': 'cors' },
    { Origin: 'https://evil.example.com' },
    { Origin: 'http://localhost:1' },
    { Origin: 'null' },
  ];

  it.each(FOREIGN)('loads nothing of the desk, no stream either: %j', async (headers) => {
    await open();
    for (const route of ['/', '/page.js', '/events', '/reports', '/suppressions.csv']) {
      await desk.get(route).set(headers).expect(403);
    }
  });

  const LINK = {
    'Sec-Fetch-Site': 'cross-site',
    'Sec-Fetch-Mode': 'navigate',
    'Sec-Fetch-Dest': 'document',
  };

  it('may link to the page', async () => {
    await open();
    await desk.get('/').set(LINK).expect(200);
    await desk.get('/?tag=spring').set(LINK).expect(200);
    await desk.post('/').set(LINK).expect(403);
    await desk.post('/test-reports').set(LINK).send({}).expect(403);
  });

  it.each(['document', 'iframe', 'frame', 'object', 'embed'])(
    'leads nobody to its data or its streams: %s',
    async (destination) => {
      await open();
      const headers = { ...LINK, 'Sec-Fetch-Dest': destination };
      for (const route of ['/events', '/reports', '/state', '/suppressions.csv', '/page.js']) {
        await desk.get(route).set(headers).expect(403);
      }
      if (destination !== 'document') await desk.get('/').set(headers).expect(403);
    },
  );

  it('cannot use up the guesses of whoever visits it', async () => {
    await open({ DESK_PASSWORD: PASSWORD });
    const foreign = { 'Sec-Fetch-Site': 'cross-site', 'Sec-Fetch-Mode': 'no-cors' };
    for (let guess = 0; guess < 20; guess += 1) {
      await desk.get('/').set(foreign).auth('x', `guess ${guess}`).expect(403);
    }
    await desk.get('/').auth('x', PASSWORD).expect(200);
  });

  it.each([...FOREIGN, { 'Sec-Fetch-Site': 'same-origin', Host: 'rebound.example.com' }])(
    'reports nothing to a desk that does not verify: %j',
    async (headers) => {
      await open();
      const post = desk.post('/copernica/failures').set(headers).send(REPORT);
      const error = 'Without COPERNICA_ACCOUNT the desk takes no report from a web page';
      await post.expect(403, { error });
      expect(await database.query('select id from failure_reports')).toEqual([]);
    },
  );
});
