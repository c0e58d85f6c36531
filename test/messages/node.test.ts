import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';

it('Node.js that is too old is told in one line when the clone is installed', async () => {
  const script = join(import.meta.dirname, '../../.ci/check-node.cjs');
  const run = (version: string) => promisify(execFile)(process.execPath, [script, version]);
  await expect(run('18.20.8')).rejects.toMatchObject({
    code: 1,
    stderr:
      'Install Node.js 20.19.0, or 22.12.0 and later, from https://nodejs.org first: this is 18.20.8.\n',
  });
  for (const version of ['8.17.0', '20.18.3', '21.7.3', '22.11.0']) {
    await expect(run(version)).rejects.toMatchObject({ code: 1 });
  }
  for (const version of ['20.19.0', '22.12.0', '27.0.0-nightly', process.versions.node]) {
    expect(await run(version)).toEqual({ stdout: '', stderr: '' });
  }
});
