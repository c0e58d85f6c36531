import { expect, it } from 'vitest';
import { createMemory } from '../../lib/signature/memory.js';

const MINUTE = 60_000;

/** A memory with a clock of its own. */
function setUp(most?: number) {
  const clock = { time: 1 };
  return { clock, memory: createMemory(() => clock.time, most) };
}

it('remembers a call until it expires', () => {
  const { clock, memory } = setUp();
  memory.add('a', 1000);
  clock.time = 1000;
  expect(memory.has('a', 1000)).toBe(true);
  clock.time = 1001;
  expect(memory.has('a', 1000)).toBe(false);
  expect(memory.has('b', 2000)).toBe(false);
});

it('counts a call that is added again, within the minute it expired in, once', () => {
  const { clock, memory } = setUp();
  memory.add('a', 1000);
  clock.time = 1001;
  memory.add('a', 2000);
  expect(memory.size()).toBe(1);
  clock.time = MINUTE * 2;
  memory.add('b', MINUTE * 3);
  expect(memory.size()).toBe(1);
});

it('gives the room of expired calls back when one comes that expires in another minute', () => {
  const { clock, memory } = setUp();
  for (let i = 0; i < 10_000; i++) memory.add(String(i), 1000);
  clock.time = MINUTE - 1;
  memory.add('early', MINUTE * 2);
  expect(memory.size()).toBe(10_001);
  clock.time = MINUTE;
  memory.add('later', MINUTE * 3);
  expect(memory.size()).toBe(2);
});

it('keeps those that have not expired, behind one that expires later too', () => {
  const { clock, memory } = setUp();
  memory.add('late', MINUTE * 3);
  memory.add('early', 1000);
  clock.time = MINUTE * 2;
  memory.add('new', MINUTE * 4);
  expect(memory.has('late', MINUTE * 3)).toBe(true);
  expect(memory.has('early', 1000)).toBe(false);
  expect(memory.has('new', MINUTE * 4)).toBe(true);
});

it('forgets the minute that expires first when it is full, and never the newest call', () => {
  const { memory } = setUp(100);
  for (let i = 0; i < 60; i++) memory.add(`first ${i}`, MINUTE);
  for (let i = 0; i < 41; i++) memory.add(`second ${i}`, 2 * MINUTE);
  expect(memory.size()).toBe(41);
  expect(memory.has('first 59', MINUTE)).toBe(false);
  expect(memory.has('second 0', 2 * MINUTE)).toBe(true);
  for (let i = 41; i < 101; i++) memory.add(`second ${i}`, 2 * MINUTE);
  expect(memory.size()).toBe(1);
  expect(memory.has('second 100', 2 * MINUTE)).toBe(true);
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
  expect(memory.size()).toBe(1);
  expect(longest).toBeLessThan(60);
});
