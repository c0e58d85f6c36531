import type request from 'supertest';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { type Database, DatabaseUnavailableError } from '../database/database.js';
import { clear, openDesk, openTestDatabase } from './in-process.js';

const PASSWORD = 'correct horse battery';
const ATTACKER = '203.0.113.7';
const OWNER = '198.51.100.1';

let database: Database;
let failing = false;
let log: string[];
let desk: ReturnType<typeof request>;
const opened: { close(): void }[] = [];

async function open(environment: Record<string, string> = {}) {
  const one = await openDesk(database, { DESK_PASSWORD: PASSWORD, ...environment });
  opened.push(one);
  ({ desk, log } = one);
}
const behindProxy = { TRUSTED_PROXIES: '127.0.0.1' };

/** Tries a password and gives the status; `from` is what the header says. */
async function attempt(password: string, from = ATTACKER): Promise<number> {
  const { status } = await desk.get('/').set('X-Forwarded-For', from).auth('x', password);
  return status;
}
async function guess(times: number, from = ATTACKER): Promise<void> {
  for (let made = 0; made < times; made += 1) await attempt(`guess ${made}`, from);
}

beforeAll(async () => {
  const real = await openTestDatabase();
  database = {
    ...real,
    query: (...call) =>
      failing ? Promise.reject(new DatabaseUnavailableError(new Error())) : real.query(...call),
  };
}, 60_000);
afterAll(() => database.close());
beforeEach(async () => {
  failing = false;
  await clear(database);
});
afterEach(() => {
  for (const one of opened.splice(0)) one.close();
});

it('after ten wrong passwords an address is locked out, also with the right one', async () => {
  await open(behindProxy);
  await guess(9);
  expect(await attempt('guess')).toBe(401);
  expect(await attempt('guess')).toBe(429);
  const answer = desk.get('/').set('X-Forwarded-For', ATTACKER).auth('x', PASSWORD);
  const { headers, text } = await answer.expect(429);
  expect(Number(headers['retry-after'])).toBeGreaterThan(800);
  expect(Number(headers['retry-after'])).toBeLessThanOrEqual(900);
  expect(text).toMatch(/Try again in 15 minutes/);
});

it('the owner at another address gets in meanwhile', async () => {
  await open(behindProxy);
  await guess(20);
  expect(await attempt(PASSWORD, OWNER)).toBe(200);
});

it('of a thousand guesses at a time ten are judged', async () => {
  await open(behindProxy);
  const guesses = Array.from({ length: 1000 }, (_, index) =>
    attempt(index === 500 ? PASSWORD : `guess ${index}`),
  );
  const statuses = await Promise.all(guesses);
  expect(statuses.filter((status) => status === 401)).toHaveLength(10);
  expect(statuses.filter((status) => status === 429)).toHaveLength(990);
});

it('a visitor cannot choose an address to be counted by', async () => {
  await open(behindProxy);
  // A proxy adds where a request came from to what the visitor has sent.
  for (let made = 0; made < 10; made += 1) await attempt('guess', `192.0.2.${made}, ${ATTACKER}`);
  expect(await attempt('guess', `192.0.2.99, ${ATTACKER}`)).toBe(429);
  await open();
  for (let made = 0; made < 10; made += 1) await attempt('guess', `192.0.2.${made}`);
  expect(await attempt('guess', '192.0.2.99')).toBe(429);
  expect(log.filter((line) => line.includes('Set TRUSTED_PROXIES'))).toHaveLength(1);
});

it('addresses of IPv6 are counted by network, of which a customer has all', async () => {
  await open(behindProxy);
  for (let made = 0; made < 10; made += 1) await attempt('guess', `2001:db8:0:1::${made}`);
  expect(await attempt('guess', '2001:db8:0:1:ffff::1')).toBe(429);
  expect(await attempt('guess', '2001:db8:0:2::1')).toBe(401);
});

it('of networks of IPv6 that one site has ten may guess, and no more', async () => {
  await open(behindProxy);
  for (let network = 0; network < 10; network += 1) await guess(11, `2001:db8:0:${network}::1`);
  expect(await attempt(PASSWORD, '2001:db8:0:ffff::1')).toBe(429);
  expect(await attempt(PASSWORD, '2001:db8:1::1')).toBe(200);
  expect(log.filter((line) => line.includes('"2001:db8::/48"'))).toHaveLength(1);
});

it('a right password of one network does not count against the others of its site', async () => {
  await open(behindProxy);
  for (let network = 0; network < 120; network += 1) {
    expect(await attempt(PASSWORD, `2001:db8:0:${network}::1`)).toBe(200);
  }
});

it.each([
  ['203.0.113.7:40123', '203.0.113.7:40124', '198.51.100.1:40123'],
  ['[2001:db8:0:1::1]:443', '[2001:db8:0:1::2]:444', '[2001:db8:0:2::1]:443'],
  ['[2001:db8:0:1::1]', '2001:db8:0:1::2', '[2001:db8:0:2::1]'],
  ['::ffff:203.0.113.7', '[::ffff:203.0.113.7]:1', '203.0.113.8'],
])('the port that a proxy adds to an address makes it no other: %s', async (one, same, other) => {
  await open(behindProxy);
  await guess(10, one);
  expect(await attempt(PASSWORD, same)).toBe(429);
  expect(await attempt(PASSWORD, other)).toBe(200);
  expect(log.join()).not.toContain('unknown');
});

it('desks on one database count together', async () => {
  await open(behindProxy);
  await guess(5);
  await open(behindProxy);
  await guess(5);
  expect(await attempt(PASSWORD)).toBe(429);
  expect(await attempt(PASSWORD, OWNER)).toBe(200);
});

it('whoever knows the password may ask as often as they like, at many pages at once', async () => {
  await open(behindProxy);
  const statuses = await Promise.all(Array.from({ length: 100 }, () => attempt(PASSWORD)));
  expect(await attempt(PASSWORD)).toBe(200);
  expect(new Set(statuses)).toEqual(new Set([200]));
});

it('while the database is down guesses are limited and the password opens the page', async () => {
  await open(behindProxy);
  failing = true;
  await guess(10);
  expect(await attempt('guess')).toBe(429);
  expect(await attempt(PASSWORD, OWNER)).toBe(200);
});

it('each failure is logged, with the address and without what was given', async () => {
  await open(behindProxy);
  await guess(15);
  await attempt('', ATTACKER);
  const wrong = log.filter((line) => line.includes('"wrong password"'));
  expect(wrong).toHaveLength(10);
  for (const line of wrong) expect(line).toContain(ATTACKER);
  expect(log.filter((line) => line.includes('locked out'))).toHaveLength(1);
  expect(log.join()).not.toMatch(/guess/);
});

it.each([
  'Basic',
  'Basic !',
  'Basic Og==',
  'Bearer x',
  `Basic ${'A'.repeat(10_000)}`,
  'Basic AAAA',
])('a header that names no password is refused: %s', async (authorization) => {
  await open();
  await desk.get('/').set('Authorization', authorization).expect(401);
});
