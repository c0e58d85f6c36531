// How delivered calls are remembered where no replay store is given.
import { expect, it } from 'vitest';
import { createReplayMemory } from '../../lib/signature/replay.js';

const MINUTE = 60_000;

/** A memory with a clock of its own. */
function setUp(max?: number) {
  const clock = { time: 1 };
  return { clock, memory: createReplayMemory(() => clock.time, max) };
}

it('remembers a call until it expires', () => {
  const { clock, memory } = setUp();
  memory.add('a', 1000);
  clock.time = 1000;
  expect(memory.has('a')).toBe(true);
  clock.time = 1001;
  expect(memory.has('a')).toBe(false);
  expect(memory.has('b')).toBe(false);
});

it('remembers every call that has not expired, in whatever order they expire', () => {
  const { clock, memory } = setUp();
  const calls = Array.from({ length: 1000 }, (_, i) => [`${i}`, (1 + ((i * 7) % 11)) * MINUTE]);
  for (const [id, expires] of calls as [string, number][]) {
    clock.time += MINUTE / 10;
    memory.add(id, clock.time + expires);
    expect(memory.has(id)).toBe(true);
  }
  let remembered = 0;
  for (const [i, [id, expires]] of (calls as [string, number][]).entries()) {
    const isValid = 1 + ((i + 1) * MINUTE) / 10 + expires >= clock.time;
    expect(memory.has(id)).toBe(isValid);
    remembered += isValid ? 1 : 0;
  }
  expect(remembered).toBeGreaterThan(10);
  expect(memory.size()).toBeLessThan(330);
});

it('forgets all calls that have expired by the time two more have come', () => {
  const { clock, memory } = setUp();
  for (let i = 0; i < 10_000; i++) memory.add(String(i), MINUTE);
  clock.time = MINUTE + 1;
  memory.add('one', MINUTE * 2);
  clock.time = MINUTE * 2 + 1;
  memory.add('two', MINUTE * 3);
  memory.add('three', MINUTE * 3);
  expect(memory.size()).toBeLessThanOrEqual(3);
});

it('forgets the older half when it is full, and never the newest call', () => {
  const { memory } = setUp(100);
  for (let i = 0; i < 250; i++) {
    memory.add(`${i}`, MINUTE);
    expect(memory.size()).toBeLessThanOrEqual(100);
    for (let recent = Math.max(0, i - 49); recent <= i; recent++) {
      expect(memory.has(`${recent}`)).toBe(true);
    }
  }
  expect(memory.has('0')).toBe(false);
});

it('makes no call wait: neither to grow, nor to forget what has expired, nor what is too much', () => {
  const { clock, memory } = setUp(500_000);
  let longest = 0;
  const timed = (id: string, expires: number) => {
    const start = process.cpuUsage();
    memory.add(id, expires);
    const { user, system } = process.cpuUsage(start);
    longest = Math.max(longest, (user + system) / 1000);
  };
  for (let i = 0; i < 600_000; i++) timed(String(i), MINUTE * (1 + (i % 11)));
  clock.time = MINUTE * 20;
  timed('after all have expired', MINUTE * 21);
  expect(longest).toBeLessThan(60);
});
