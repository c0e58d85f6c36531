import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { FIXED_RUN, PROPERTIES } from './properties.js';

test.each(PROPERTIES)('$title', { timeout: 120_000 }, async ({ check }) => {
  await expect(Promise.resolve(check(FIXED_RUN))).resolves.toBeUndefined();
});

test('a load of 2,000 reports leaves nothing behind', async () => {
  const cwd = new URL('../..', import.meta.url);
  const program = ['--expose-gc', '--import', 'tsx', 'test/fuzz/fuzz.ts', '--soak', '2000'];
  const { stdout } = await promisify(execFile)(process.execPath, program, { cwd });
  expect(stdout).toContain('Counts add up, the heap is flat.');
});
