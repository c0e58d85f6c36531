import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';

const run = promisify(execFile);
const root = new URL('../..', import.meta.url);

it('runs a benchmark of every contender, in which no call fails', async () => {
  const program = ['--import', 'tsx', 'test/bench/bench.ts', '--quick'];
  const { stdout } = await run(process.execPath, program, { cwd: root });
  expect(stdout).toContain('| http-signature + zod');
  expect(stdout).toContain('| 1,000 tags');
});
