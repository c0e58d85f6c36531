import { createTestSigner } from 'copernica-failures/testing';
import type request from 'supertest';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Database, DatabaseUnavailableError } from '../database/database.js';
import { clear, openDesk, openTestDatabase } from './in-process.js';

/** Long enough for a desk that others can reach. */
const PASSWORD = 'correct horse battery';
const REPORT =
  'id=1&recipient=jane%40example.com&state=rcptto&code=550&extended=5.1.1&description=User+unknown';
const ROUTES = [
  '/',
  '/page.js',
  '/numbers',
  '/reports',
  '/suppressions',
  '/suppressions.csv',
  '/events',
  '/samples',
];

let database: Database;
let failing = false;
let log: string[];
let close: () => void;
let desk: ReturnType<typeof request>;

/** Opens a desk with these settings; every test has one of its own. */
async function open(environment: Record<string, string> = {}, level?: string) {
  ({ close, desk, log } = await openDesk(database, environment, level));
}
const post = (body: string) => desk.post('/copernica/failures').send(body);
const stored = async () => (await database.query<object>('select id from failure_reports')).length;

beforeAll(async () => {
  const opened = await openTestDatabase();
  database = {
    ...opened,
    query: (...call) =>
      failing
        ? Promise.reject(new DatabaseUnavailableError(new Error('connection refused')))
        : opened.query(...call),
  };
}, 60_000);
afterAll(() => database.close());
beforeEach(async () => {
  failing = false;
  await clear(database);
});
afterEach(() => close());

describe('the endpoint', () => {
  it('answers 200 once a report is stored', async () => {
    await open();
    await post(REPORT).expect(200, 'OK');
    expect(await stored()).toBe(1);
  });

  it('says what is wrong with a report', async () => {
    await open();
    const { body } = await post('id=1').expect(400);
    expect(body).toEqual({ error: expect.stringMatching(/recipient .*; state /) });
    expect(log.join()).toContain('"path":"/recipient"');
  });

  it('answers 503, with a time to try again, while the database is down, and recovers', async () => {
    await open();
    failing = true;
    await post(REPORT).expect(503).expect('Retry-After', /^\d+$/);
    await desk.get('/healthz').expect(503);
    failing = false;
    await post(REPORT).expect(200);
    await desk.get('/healthz').expect(200, { status: 'ok' });
    expect(await stored()).toBe(1);
  });

  it('does not ask for the password of the page, nor does /healthz', async () => {
    await open({ HOST: '0.0.0.0', DESK_PASSWORD: PASSWORD });
    await post(REPORT).expect(200);
    await desk.get('/healthz').expect(200);
  });
});

describe('the log', () => {
  it('names no recipient, whatever happens', async () => {
    await open();
    await post(REPORT).expect(200);
    await desk.get('/reports?recipient=jane@example.com&before=jane').expect(400);
    await database.query("alter table failure_reports add constraint bad check (id <> 'bad')");
    await post(REPORT.replace('id=1', 'id=bad')).expect(500);
    await database.query('alter table failure_reports drop constraint bad');
    failing = true;
    await post(REPORT).expect(503);
    expect(log.length).toBeGreaterThanOrEqual(4);
    expect(log.join()).not.toMatch(/jane/);
  });

  it('names them at the level debug', async () => {
    await open({}, 'debug');
    await post(REPORT).expect(200);
    expect(log.join()).toContain('jane@example.com');
  });
});

describe('an address that a person gives', () => {
  const suppress = (address: string) =>
    desk
      .post('/suppressions')
      .set('Sec-Fetch-Site', 'same-origin')
      .send({ address, note: 'asked' });

  it('goes on the list without the name, and is told as it stands there', async () => {
    await open();
    const { body } = await suppress('Jane <Jane@Example.com>').expect(200);
    expect(body).toMatchObject({ address: 'Jane@example.com', added: true });
    expect((await suppress('mailto:Jane@example.com')).body).toMatchObject({ added: false });
  });

  it('is refused where it is not one', async () => {
    await open();
    await suppress('noat').expect(400, { error: 'An address has an @' });
    await suppress('a@a.example, b@b.example').expect(400, {
      error: 'That is more than one address',
    });
    expect(await database.query('select from suppressions')).toEqual([]);
  });

  it('is looked up as it is written, then as it is meant', async () => {
    const DESK_TOKEN = 'x'.repeat(40);
    await open({ DESK_TOKEN });
    await suppress('jane@example.com').expect(200);
    const recipient = 'John <john@example.com>';
    await post(REPORT.replace('jane%40example.com', encodeURIComponent(recipient))).expect(200);
    const lookUps = ['/addresses', '/suppressions/lookup', '/api/suppressions'];
    for (const path of lookUps) {
      const ask = async (address: string) => {
        const asked = desk.get(path).query({ address });
        const { body } = await asked.set('Authorization', `Bearer ${DESK_TOKEN}`).expect(200);
        return [body.address, body.suppressed ?? body.suppression !== null];
      };
      for (const given of [
        'jane@example.com',
        'Jane <jane@example.com>',
        'mailto:jane@example.com',
      ]) {
        expect(await ask(given)).toEqual(['jane@example.com', true]);
      }
      expect(await ask(recipient)).toEqual([recipient, true]);
      expect(await ask('john@example.com')).toEqual(['john@example.com', false]);
      expect(await ask('noat')).toEqual(['noat', false]);
    }
  });
});

describe('with a password, the page', () => {
  it.each(ROUTES)('asks for it at %s', async (route) => {
    await open({ HOST: '0.0.0.0', DESK_PASSWORD: PASSWORD });
    await desk.get(route).expect(401).expect('WWW-Authenticate', 'Basic realm="Failure desk"');
    await desk.get(route).auth('desk', 'wrong').expect(401);
  });

  it('sends no test report without it', async () => {
    await open({ DESK_PASSWORD: PASSWORD });
    await desk.post('/test-reports').set('Sec-Fetch-Site', 'same-origin').send({}).expect(401);
  });

  it('opens with it, under any user name and any name of the host', async () => {
    await open({ HOST: '0.0.0.0', DESK_PASSWORD: PASSWORD });
    await desk.get('/reports').auth('anyone', PASSWORD).set('Host', 'desk.example.com').expect(200);
  });
});

describe('the page', () => {
  it('allows nothing from elsewhere', async () => {
    await open();
    const { headers } = await desk.get('/').expect(200);
    expect(headers['content-security-policy']).toBe(
      "default-src 'none';script-src 'self';style-src 'self';connect-src 'self';img-src 'self' data:;base-uri 'none';form-action 'self';frame-ancestors 'none'",
    );
    expect(headers['x-content-type-options']).toBe('nosniff');
  });

  it('brings the plot along', async () => {
    await open();
    await desk.get('/uplot/uPlot.esm.js').expect(200);
    await desk.get('/uplot/uPlot.min.css').expect(200);
  });

  it('without a password answers to the names of this machine only', async () => {
    await open();
    await desk.get('/reports').set('Host', 'rebound.example.com').expect(403);
    await desk.get('/reports').set('Host', 'localhost:3000').expect(200);
  });

  it('lets only itself send test reports', async () => {
    await open();
    const report = { sample: 'bounced', recipient: 'a@example.com', tags: [] };
    const foreign = desk.post('/test-reports').set('Origin', 'https://evil.example.com');
    await foreign.send(report).expect(403);
    await desk.post('/test-reports').send(report).expect(403);
    await desk.post('/test-reports').set('Sec-Fetch-Site', 'same-origin').send(report).expect(200);
    expect(await stored()).toBe(1);
  });

  it.each([
    '/reports?before=x',
    '/reports?tag=a&tag=b',
    '/numbers?period=century',
    '/numbers?zone=%2B01:00',
  ])('refuses %s', async (url) => {
    await open();
    await desk.get(url).expect(400);
  });

  it('says so when the database is down, with a 503', async () => {
    await open();
    failing = true;
    for (const route of ['/numbers', '/reports', '/suppressions', '/suppressions.csv']) {
      const error = 'The database cannot be reached at the moment';
      await desk.get(route).expect(503, { error });
    }
    await desk.get('/').expect(200);
  });

  it('gives the suppressions as CSV in which no cell is a formula', async () => {
    await open();
    await post(REPORT.replace('jane', '%3Djane%2B%22x%22')).expect(200);
    const { text } = await desk
      .get('/suppressions.csv')
      .expect(200)
      .expect('Content-Type', 'text/csv; charset=utf-8')
      .expect('Content-Disposition', /^attachment; filename="?suppressions.csv/);
    expect(text).toMatch(
      /^address,reason,since,description\n"'=jane\+""x""@example.com",invalid-address,\d{4}-\d\d-\d\dT[\d:.]+Z,User unknown\n$/,
    );
  });

  it('gives texts in the CSV that are no formula after a separator or a line break either', async () => {
    await open();
    const description = encodeURIComponent('unknown;=1+1\n\t@SUM(1) user');
    await post(REPORT.replace('User+unknown', description)).expect(200);
    const { text } = await desk.get('/suppressions.csv').expect(200);
    expect(text).toMatch(/,unknown;'=1\+1 {2}@SUM\(1\) user\n$/);
  });

  it.each(['severity', 'category', 'state', 'tag', 'recipient', 'address', 'domain'])(
    'finds nothing where %s holds a character that no text in the database can',
    async (name) => {
      await open();
      const { body } = await desk.get(`/reports?${name}=abc%00`).expect(200);
      expect(body.reports).toEqual([]);
    },
  );

  it('gives the head of the table where there is no suppression', async () => {
    await open();
    const { text } = await desk.get('/suppressions.csv').expect(200);
    expect(text).toBe('address,reason,since,description\n');
  });
});

describe.each([
  [
    'the registered address',
    { COPERNICA_URL: 'https://hooks.example.com/bounces?desk=1', DESK_PASSWORD: PASSWORD },
  ],
  ['the address of each request', {}],
])('with verification by %s', (_, url) => {
  const environment = { COPERNICA_ACCOUNT: 'account-1234', ...url };
  const report = { sample: 'bounced', recipient: 'a@example.com', tags: ['x'] };

  it('the form still gets through, and nobody else', async () => {
    await open(environment);
    const form = desk.post('/test-reports').set('Sec-Fetch-Site', 'same-origin');
    const sent = form.auth('anyone', PASSWORD).send(report);
    expect((await sent.expect(200)).body).toMatchObject({ status: 200, answer: 'OK' });
    await post(REPORT).expect(401);
    expect(await stored()).toBe(1);
  });

  it('a stranger who signs with a key of the same kind is refused', async () => {
    await open(environment);
    const address = environment.COPERNICA_URL ?? `${desk.get('/').url}copernica/failures`;
    const keyId = 'nobody._domainkey.copernica.invalid';
    const stranger = createTestSigner({ account: 'account-1234', url: address, keyId });
    const { headers, body } = stranger.sign(REPORT);
    await post(body).set(headers).expect(401);
    expect(await stored()).toBe(0);
  });
});
