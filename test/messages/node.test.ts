import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';

it('Node.js that is too old is told in one line when the clone is installed', async () => {
  const script = join(import.meta.dirname, '../../.ci/check-node.cjs');
  const run = (version: string) => promisify(execFile)(process.execPath, [script, version]);
  await expect(run('18.20.8')).rejects.toMatchObject({
    code: 1,
    stderr: 'Install Node.js 20.19.0 or later from https://nodejs.org first: this is 18.20.8.\n',
  });
  await expect(run('20.18.3')).rejects.toMatchObject({ code: 1 });
  for (const version of ['20.19.0', '22.0.0', process.versions.node]) {
    expect(await run(version)).toEqual({ stdout: '', stderr: '' });
  }
});
