import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';

const root = new URL('../..', import.meta.url);

function run(file: string, ...options: string[]) {
  const program = ['--import', 'tsx', file, ...options];
  return promisify(execFile)(process.execPath, program, { cwd: root });
}

it('runs a benchmark of every contender, in which no call fails', async () => {
  const { stdout } = await run('test/bench/bench.ts', '--quick');
  expect(stdout).toMatch(/express 5\.\S+, express 4\./);
  expect(stdout).toContain('| http-signature + zod');
  expect(stdout).toContain('| 1,000 tags');
});

describe.each([
  ['npm run bench', 'test/bench/bench.ts'],
  ['npm run bench:classify', 'test/bench/classify/bench.ts'],
  ['npm run bench:desk', 'examples/desk/bench/bench.ts'],
  ['npm run bench:queue', 'examples/queue/proof/costs.ts'],
])('%s', (command, file) => {
  it.each(['--quick --write', '--writ', 'redis --write'])('refuses %s', async (options) => {
    const sentence = new RegExp(`^${command} takes --[^\\n.]+\\.\n$`);
    await expect(run(file, ...options.split(' '))).rejects.toMatchObject({
      code: 1,
      stdout: '',
      stderr: expect.stringMatching(sentence),
    });
  });
});
