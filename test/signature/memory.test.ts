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
  expect(memory.has('a')).toBe(true);
  clock.time = 1001;
  expect(memory.has('a')).toBe(false);
  expect(memory.has('b')).toBe(false);
});

it('gives the room of expired calls back within a minute of new ones coming', () => {
  const { clock, memory } = setUp();
  for (let i = 0; i < 10_000; i++) memory.add(String(i), 1000);
  clock.time = MINUTE;
  memory.add('early', MINUTE * 2);
  expect(memory.size()).toBe(10_001);
  clock.time = MINUTE + 1;
  memory.add('later', MINUTE * 2);
  expect(memory.size()).toBe(2);
});

it('keeps those that have not expired, behind one that expires later too', () => {
  const { clock, memory } = setUp();
  memory.add('late', MINUTE * 3);
  memory.add('early', 1000);
  clock.time = MINUTE * 2;
  memory.add('new', MINUTE * 3);
  expect(memory.has('late')).toBe(true);
  expect(memory.has('early')).toBe(false);
  expect(memory.has('new')).toBe(true);
});

it('forgets the oldest tenth when it is full', () => {
  const { memory } = setUp(100);
  for (let i = 0; i < 101; i++) memory.add(String(i), MINUTE);
  expect(memory.size()).toBe(90);
  expect(memory.has('10')).toBe(false);
  expect(memory.has('11')).toBe(true);
  expect(memory.has('100')).toBe(true);
});

it('takes time in proportion to the calls, full or not', () => {
  const { clock, memory } = setUp(10_000);
  const start = performance.now();
  for (let i = 0; i < 200_000; i++) {
    clock.time = i;
    memory.add(String(i), i + 5000);
  }
  expect(performance.now() - start).toBeLessThan(5000);
});
