// Passwords and tokens that are guessed, by one address or by many.
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createLoginLimiter } from '../../auth/login-limiter.js';
import { createLog } from '../../log.js';

const ATTACKER = '203.0.113.7';
const OWNER = '198.51.100.1';

let log: string[];
let limiter: ReturnType<typeof createLoginLimiter>;
const guess = (times: number, address: string) => {
  for (let made = 0; made < times; made += 1) limiter.check(address, false);
};
beforeEach(() => {
  log = [];
  const lines = { write: (line: string) => void log.push(line) };
  limiter = createLoginLimiter(createLog('info', lines), 'password');
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

it('the login limiter locks an address out from ten wrong passwords on, until 15 minutes after the first', () => {
  vi.useFakeTimers({ toFake: ['setTimeout'] });
  const clock = vi.spyOn(performance, 'now');
  const at = (seconds: number) => {
    // The cache of the counts reads the clock once a millisecond.
    vi.runAllTimers();
    clock.mockReturnValue(1000 * seconds);
  };
  at(100);
  guess(9, ATTACKER);
  expect(limiter.check(ATTACKER, true)).toBe('right');
  at(400);
  expect(limiter.check(ATTACKER, false)).toBe('wrong');
  expect(limiter.check(ATTACKER, true)).toEqual({ lockedSeconds: 600 });
  at(999);
  expect(limiter.check(ATTACKER, true)).toEqual({ lockedSeconds: 1 });
  expect(limiter.check(OWNER, true)).toBe('right');
  at(1001);
  expect(limiter.check(ATTACKER, true)).toBe('right');
  guess(9, ATTACKER);
  expect(limiter.check(ATTACKER, false)).toBe('wrong');
});

it('the login limiter logs each wrong password with its network, and once that a network is locked out', () => {
  guess(15, ATTACKER);
  expect(log.filter((line) => line.includes('"wrong password"'))).toHaveLength(10);
  expect(log.filter((line) => line.includes('locked out'))).toHaveLength(1);
  for (const line of log) expect(line).toContain(ATTACKER);
});

it.each([
  ['203.0.113.7', '203.0.113.7', '203.0.113.8'],
  ['203.0.113.7:40123', '203.0.113.7:40124', '198.51.100.1:40123'],
  ['2001:db8:0:1::1', '2001:db8:0:1:ffff::1', '2001:db8:0:2::1'],
  ['[2001:db8:0:1::1]:443', '[2001:db8:0:1::2]:444', '[2001:db8:0:2::1]:443'],
  ['[2001:db8:0:1::1]', '2001:db8:0:1::2', '[2001:db8:0:2::1]'],
  ['::ffff:203.0.113.7', '[::ffff:203.0.113.7]:1', '203.0.113.8'],
  ['not an address', 'nor this', '203.0.113.8'],
])('the login limiter counts %s and %s together, and %s apart', (one, same, other) => {
  guess(10, one);
  expect(limiter.check(same, true)).toHaveProperty('lockedSeconds');
  expect(limiter.check(other, true)).toBe('right');
});

it('the login limiter allows ten networks of an IPv6 site to guess, and no more', () => {
  for (let network = 0; network < 10; network += 1) guess(11, `2001:db8:0:${network}::1`);
  expect(limiter.check('2001:db8:0:ffff::1', true)).toHaveProperty('lockedSeconds');
  expect(limiter.check('2001:db8:1::1', true)).toBe('right');
  expect(log.filter((line) => line.includes('"2001:db8::/48"'))).toHaveLength(1);
});

it('the login limiter counts no right password', () => {
  for (let network = 0; network < 120; network += 1) {
    expect(limiter.check(`2001:db8:0:${network}::1`, true)).toBe('right');
  }
});

it('the login limiter counts 100,000 networks at most, so guesses cannot fill the memory', () => {
  const silent = createLoginLimiter(createLog('silent', { write: () => undefined }), 'password');
  for (let made = 0; made < 10; made += 1) silent.check(ATTACKER, false);
  expect(silent.check(ATTACKER, true)).toHaveProperty('lockedSeconds');
  for (let network = 0; network < 100_000; network += 1) {
    silent.check(`10.${network >> 16}.${(network >> 8) & 255}.${network & 255}`, false);
  }
  expect(silent.check(ATTACKER, true)).toBe('right');
});
