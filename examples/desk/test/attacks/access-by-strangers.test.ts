// People elsewhere, and the web pages and proxies they use, that try to reach the desk.
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { exchange } from '../../../../test/helpers/servers.js';
import type { Database, Query } from '../../database/driver.js';
import { openDesk } from '../in-process.js';

const PASSWORD = 'correct horse battery';
const DESK_TOKEN = '0123456789abcdef0123456789abcdef01234567';
const BEHIND_PROXY = { DESK_PASSWORD: PASSWORD, TRUSTED_PROXIES: '127.0.0.1' };
const REPORT = 'id=1&recipient=jane%40example.com&state=rcptto&code=550&extended=5.1.1';
const ATTACKER = '203.0.113.7';
const OWNER = '198.51.100.1';

const FILES = ['GET /', 'GET /page.js', 'GET /lit-html/lit-html.js'];
/** Routes that only people at the page may use. */
const DATA = [
  ...['GET /state', 'GET /samples', 'GET /numbers', 'GET /domains', 'GET /addresses?address=a'],
  ...['GET /reports', 'GET /reports/count', 'GET /reports/1'],
  ...['GET /suppressions', 'GET /suppressions/count?search=abc', 'GET /suppressions.csv'],
];
/** Routes that only the page itself may use. */
const CHANGES = [
  ...['POST /test-reports', 'POST /suppressions', 'POST /suppressions/remove'],
  ...['POST /suppressions/import', 'DELETE /addresses'],
];

/** Access depends on nothing in the database, so this one is empty and counts statements. */
let statements = 0;
const query: Query = async () => {
  statements += 1;
  return [];
};
const database: Database = {
  kind: 'embedded',
  query,
  search: query,
  transaction: (work) => work(query, () => query('')),
  close: async () => undefined,
};

async function open(environment: Record<string, string> = {}) {
  const opened = await openDesk(database, environment);
  onTestFinished(opened.close);
  const { desk } = opened;
  const ask = (route: string, headers: Record<string, string> = {}) => {
    const [method = '', path = ''] = route.split(' ');
    return desk[method.toLowerCase() as 'get'](path).set(headers);
  };
  const report = (headers: Record<string, string>) =>
    desk.post('/copernica/failures').set(headers).send(REPORT);
  return { ...opened, ask, report };
}

beforeEach(() => {
  statements = 0;
});

describe('a desk without a password', () => {
  it('answers only to the names of this machine, however a name elsewhere got here', async () => {
    const { ask } = await open();
    for (const route of [...FILES, ...DATA, ...CHANGES]) {
      const headers = { Host: 'rebound.example.com', 'Sec-Fetch-Site': 'same-origin' };
      await ask(route, headers).expect(403);
    }
    expect(statements).toBe(0);
    await ask('GET /reports', { Host: 'localhost:3000' }).expect(200);
  });

  it.each([
    ['Forwarded', 'for=203.0.113.7'],
    ['Via', '1.1 proxy.example.com'],
    ['X-Forwarded-For', '203.0.113.7'],
    ['X-Forwarded-Proto', 'https'],
    ['X-Forwarded-Host', 'localhost'],
    ['X-Real-IP', '127.0.0.1'],
  ])('shows no page to a request with %s, and takes no report with it', async (name, value) => {
    const { ask, report } = await open();
    await ask('GET /reports', { [name]: value }).expect(403);
    await ask('GET /', { [name]: value }).expect(403);
    const missing = 'Without COPERNICA_ACCOUNT and DESK_PASSWORD';
    const error = `${missing} the desk takes no report through a proxy`;
    await report({ [name]: value }).expect(403, { error });
    expect(statements).toBe(0);
  });

  it('shows no page over HTTP/1.0, which proxies speak and browsers do not', async () => {
    const { port } = await open();
    const ask = (version: string) =>
      exchange(
        port,
        `GET /reports HTTP/${version}\r\nHost: localhost\r\nConnection: close\r\n\r\n`,
      );
    expect((await ask('1.0')).status).toBe(403);
    expect((await ask('1.1')).status).toBe(200);
  });
});

it('a report may come through a proxy if the desk has a password, or verifies', async () => {
  const proxied = { Via: '1.1 proxy' };
  await (await open({ DESK_PASSWORD: PASSWORD })).report(proxied).expect(200);
  await (await open({ COPERNICA_ACCOUNT: 'account-1' })).report(proxied).expect(401);
});

describe('a foreign web page', () => {
  const FOREIGN: Record<string, string>[] = [
    { 'Sec-Fetch-Site': 'cross-site', 'Sec-Fetch-Mode': 'no-cors' },
    { 'Sec-Fetch-Site': 'same-site', 'Sec-Fetch-Mode': 'cors' },
    { Origin: 'https://evil.example.com' },
    { Origin: 'http://localhost:1' },
    { Origin: 'null' },
  ];
  it.each(FOREIGN)('loads nothing of the desk, and changes nothing: %j', async (headers) => {
    const { ask } = await open();
    for (const route of [...FILES, ...DATA, ...CHANGES]) await ask(route, headers).expect(403);
    expect(statements).toBe(0);
  });

  it.each([...FOREIGN, { 'Sec-Fetch-Site': 'same-origin', Host: 'rebound.example.com' }])(
    'reports nothing to a desk that does not verify: %j',
    async (headers) => {
      const { report } = await open();
      const error = 'Without COPERNICA_ACCOUNT the desk takes no report from a web page';
      await report(headers).expect(403, { error });
      expect(statements).toBe(0);
    },
  );

  const LINK = { 'Sec-Fetch-Site': 'cross-site', 'Sec-Fetch-Mode': 'navigate' };
  it('may link to the page, and to nothing else', async () => {
    const { ask } = await open();
    const link = { ...LINK, 'Sec-Fetch-Dest': 'document' };
    await ask('GET /', link).expect(200);
    await ask('GET /?tag=spring', link).expect(200);
    for (const route of [...DATA, ...CHANGES]) await ask(route, link).expect(403);
    await ask('POST /', link).expect(403);
  });

  it.each(['iframe', 'frame', 'object', 'embed'])('shows no page in %s', async (destination) => {
    const { ask } = await open();
    const headers = { ...LINK, 'Sec-Fetch-Dest': destination };
    for (const route of [...FILES, ...DATA]) await ask(route, headers).expect(403);
  });

  it('cannot use up the guesses of its visitor', async () => {
    const { desk } = await open({ DESK_PASSWORD: PASSWORD });
    for (let guess = 0; guess < 20; guess += 1) {
      await desk.get('/').set('Sec-Fetch-Site', 'cross-site').auth('x', 'guess').expect(403);
    }
    await desk.get('/').auth('x', PASSWORD).expect(200);
  });

  it('is distinguished from the page itself, which alone may change something', async () => {
    const { ask } = await open();
    for (const route of CHANGES) await ask(route).expect(403);
    expect(statements).toBe(0);
    for (const route of CHANGES) await ask(route, { 'Sec-Fetch-Site': 'same-origin' }).expect(400);
    const origin = { Origin: 'http://localhost', Host: 'localhost' };
    await ask('POST /suppressions', origin).expect(400);
  });
});

it('the page may load and send nothing elsewhere, nor be framed', async () => {
  const { desk } = await open();
  const { headers } = await desk.get('/').expect(200);
  expect(headers['content-security-policy']).toBe(
    "default-src 'none';script-src 'self';style-src 'self';connect-src 'self';img-src 'self' data:;base-uri 'none';form-action 'self';frame-ancestors 'none'",
  );
  expect(headers['x-content-type-options']).toBe('nosniff');
});

describe('a desk with a password', () => {
  it('asks for it everywhere but at the endpoint and /healthz', async () => {
    const { ask, report } = await open({ HOST: '0.0.0.0', DESK_PASSWORD: PASSWORD });
    const own = { 'Sec-Fetch-Site': 'same-origin' };
    for (const route of [...FILES, ...DATA, ...CHANGES]) {
      await ask(route, own).expect(401).expect('WWW-Authenticate', 'Basic realm="Failure desk"');
    }
    expect(statements).toBe(0);
    await report({}).expect(200);
    await ask('GET /healthz').expect(200);
  });

  it('opens with it, under any user name and any name of the host', async () => {
    const { desk } = await open({ HOST: '0.0.0.0', DESK_PASSWORD: PASSWORD });
    await desk.get('/reports').auth('desk', 'wrong').expect(401);
    for (const user of ['', 'anyone']) {
      await desk.get('/reports').auth(user, PASSWORD).set('Host', 'desk.example.com').expect(200);
    }
  });

  it.each([
    'Basic',
    'Basic !',
    'Basic Og==',
    'Bearer x',
    `Basic ${'A'.repeat(10_000)}`,
    'Basic AAAA',
  ])('refuses a header that names no password: %s', async (authorization) => {
    const { desk } = await open({ DESK_PASSWORD: PASSWORD });
    await desk.get('/').set('Authorization', authorization).expect(401);
  });

  it('checks ten of many parallel guesses, and then says when to try again', async () => {
    const { desk, log } = await open(BEHIND_PROXY);
    const attempt = async (password: string, from = ATTACKER) =>
      await desk.get('/').set('X-Forwarded-For', from).auth('x', password);
    const guesses = Array.from({ length: 50 }, (_, n) =>
      attempt(n === 25 ? PASSWORD : `guess ${n}`),
    );
    const statuses = (await Promise.all(guesses)).map(({ status }) => status);
    expect(statuses.filter((status) => status === 401)).toHaveLength(10);
    expect(statuses.filter((status) => status === 429)).toHaveLength(40);
    const { headers, text } = await attempt(PASSWORD);
    expect(Number(headers['retry-after'])).toBeGreaterThan(800);
    expect(Number(headers['retry-after'])).toBeLessThanOrEqual(900);
    expect(text).toMatch(/Try again in 15 minutes/);
    expect((await attempt(PASSWORD, OWNER)).status).toBe(200);
    expect(log.join()).not.toMatch(/guess/);
  });

  it('believes only a trusted proxy about where a request comes from', async () => {
    for (const [environment, header] of [
      // A proxy adds the sender's address to what the sender has sent.
      [BEHIND_PROXY, (n: number) => `192.0.2.${n}, ${ATTACKER}`],
      [{ DESK_PASSWORD: PASSWORD }, (n: number) => `192.0.2.${n}`],
    ] as const) {
      const { desk, log } = await open(environment);
      const attempt = (n: number) =>
        desk.get('/').set('X-Forwarded-For', header(n)).auth('x', 'guess');
      for (let n = 0; n < 10; n += 1) await attempt(n).expect(401);
      await attempt(10).expect(429);
      const warnings = log.filter((line) => line.includes('Set TRUSTED_PROXIES'));
      expect(warnings).toHaveLength(environment === BEHIND_PROXY ? 0 : 1);
    }
  });
});

describe('the interface for apps', () => {
  const PATH = 'GET /api/changes';

  it('is not there without a token, whatever else is set', async () => {
    for (const environment of [{}, { DESK_PASSWORD: PASSWORD }]) {
      const { ask } = await open(environment as Record<string, string>);
      await ask(PATH, { Authorization: 'Bearer ' }).expect(404);
      await ask(PATH, { Host: 'desk.example.com' }).expect(404);
    }
  });

  it('asks for the token, through any name and any proxy', async () => {
    const { ask } = await open({ DESK_TOKEN });
    await ask(PATH)
      .expect(401)
      .expect('WWW-Authenticate', /^Bearer/);
    const headers = { Authorization: `Bearer ${DESK_TOKEN}`, Via: '1.1 proxy' };
    await ask(PATH, { ...headers, Host: 'desk.example.com' }).expect(200);
    await ask(PATH, { ...headers, Authorization: `Basic ${DESK_TOKEN}` }).expect(401);
  });

  it('locks out an address after ten wrong tokens, and logs none of them', async () => {
    const { ask, log } = await open({ DESK_TOKEN });
    const attempt = (token: string) => ask(PATH, { Authorization: `Bearer ${token}` });
    for (let guess = 0; guess < 10; guess += 1) await attempt(`guess${guess}`).expect(401);
    await attempt(DESK_TOKEN).expect(429).expect('Retry-After', /^\d+$/);
    expect(log.filter((line) => line.includes('"wrong token"'))).toHaveLength(10);
    expect(log.join()).not.toContain('guess');
  });
});
