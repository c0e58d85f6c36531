import { createTestSigner } from 'copernica-failures/testing';
import { describe, expect, it, onTestFinished } from 'vitest';
import { useFragileDatabase } from './databases.js';
import { openDesk } from './in-process.js';

const PASSWORD = 'correct horse battery';
const REPORT =
  'id=1&recipient=jane%40example.com&state=rcptto&code=550&extended=5.1.1&description=User+unknown';

const database = await useFragileDatabase();

async function open(environment: Record<string, string> = {}, level?: string) {
  const opened = await openDesk(database, environment, level);
  onTestFinished(opened.close);
  const { desk } = opened;
  const post = (body: string, headers: Record<string, string> = {}) =>
    desk.post('/copernica/failures').set(headers).send(body);
  const sendTest = (recipient: string) =>
    desk
      .post('/test-reports')
      .set('Sec-Fetch-Site', 'same-origin')
      .auth('anyone', PASSWORD)
      .send({ sample: 'unknown-user', recipient, tags: ['x'] });
  return { ...opened, post, sendTest };
}
const stored = async () => (await database.query('select from failure_reports')).length;

describe('the endpoint', () => {
  it('answers 200 once a report is stored', async () => {
    const { post } = await open();
    await post(REPORT).expect(200, 'OK');
    expect(await stored()).toBe(1);
  });

  it('says what is wrong with a report', async () => {
    const { post, log } = await open();
    const { body } = await post('id=1').expect(400);
    expect(body).toEqual({ error: expect.stringMatching(/recipient .*; state /) });
    expect(log.join()).toContain('"path":"/recipient"');
  });

  it('answers 503 with a time to try again while the database is down, as /healthz does', async () => {
    const { desk, post } = await open();
    database.isDown = true;
    await post(REPORT).expect(503).expect('Retry-After', /^\d+$/);
    await desk.get('/healthz').expect(503);
    database.isDown = false;
    await post(REPORT).expect(200);
    await desk.get('/healthz').expect(200, { status: 'ok' });
    expect(await stored()).toBe(1);
  });
});

describe('the log', () => {
  it('names no recipient, whatever happens', async () => {
    const { desk, log, post } = await open();
    await post(REPORT).expect(200);
    await desk.get('/reports?recipient=jane@example.com&before=jane').expect(400);
    await database.query("alter table failure_reports add constraint bad check (state <> 'bad')");
    await post(REPORT.replace('rcptto', 'bad')).expect(500);
    await database.query('alter table failure_reports drop constraint bad');
    database.isDown = true;
    await post(REPORT).expect(503);
    expect(log).toHaveLength(4);
    expect(log.join()).not.toMatch(/jane/);
  });

  it('names them at the level debug', async () => {
    const { log, post } = await open({}, 'debug');
    await post(REPORT).expect(200);
    expect(log.join()).toContain('jane@example.com');
  });
});

describe('a test report', () => {
  it('is answered with what a real one would have done, and does nothing', async () => {
    const { desk, sendTest } = await open();
    const { body } = await sendTest('Jane@Example.com').expect(200);
    expect(body).toMatchObject({ status: 200, answer: 'OK' });
    expect(body.result).toEqual({
      serial: expect.any(String),
      category: 'invalid-address',
      severity: 'permanent',
      address: 'Jane@example.com',
      wouldSuppress: true,
      alreadySuppressed: false,
    });
    expect((await desk.get('/suppressions')).body.total).toBe(0);
    expect((await desk.get('/reports')).body.reports).toMatchObject([{ test: true }]);
    await desk.get('/reports/count').expect(200, { count: 0, exact: true });
    await sendTest(' ').expect(400, { error: 'Give a recipient' });
  });

  it('comes from the form only, whatever the variables of a report say', async () => {
    const { desk, post } = await open();
    await post(REPORT.replace('id=1', 'id=test-1&test=true')).expect(200);
    const [row] = (await desk.get('/reports')).body.reports;
    expect(row).toMatchObject({ test: false });
    const { body } = await desk.get(`/reports/${row.serial}`).expect(200);
    expect(body.variables).toMatchObject({ test: 'true', code: '550' });
    expect(body.explanation).toEqual({
      category: 'invalid-address',
      certain: true,
      field: 'description',
      evidence: 'User unknown',
    });
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

  it('the desk takes the reports of its form, and no unsigned ones', async () => {
    const { post, sendTest } = await open(environment);
    expect((await sendTest('a@example.com').expect(200)).body).toMatchObject({ status: 200 });
    await post(REPORT).expect(401);
    expect(await stored()).toBe(1);
  });

  it('the desk refuses reports that are signed with another key of the same kind', async () => {
    const { desk, post } = await open(environment);
    const address = environment.COPERNICA_URL ?? `${desk.get('/').url}copernica/failures`;
    const keyId = 'nobody._domainkey.copernica.invalid';
    const stranger = createTestSigner({ account: 'account-1234', url: address, keyId });
    const { headers, body } = stranger.sign(REPORT);
    await post(body, headers).expect(401);
    expect(await stored()).toBe(0);
  });
});
