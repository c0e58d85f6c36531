import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';

const run = promisify(execFile);

it('a load of 2,000 reports leaves nothing behind', async () => {
  const { stdout } = await run('npm', ['run', 'soak', '--', '2000'], {
    cwd: new URL('../..', import.meta.url),
  });
  expect(stdout).toContain('Counts add up, the heap is flat, nothing is left open.');
});
