import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';

const SCRIPT = join(import.meta.dirname, '../../.ci/check-node.cjs');
const checkNode = (version: string) => promisify(execFile)(process.execPath, [SCRIPT, version]);

it.each(['8.17.0', '18.20.8', '20.18.3', '21.7.3', '22.11.0'])(
  'a clone cannot be installed with Node.js %s, and one line says why',
  async (version) => {
    const stderr = expect.stringMatching(new RegExp(`^.*\\b${version}\\b.*\\n$`));
    await expect(checkNode(version)).rejects.toMatchObject({ code: 1, stderr });
  },
);

it.each(['20.19.0', '22.12.0', '27.0.0-nightly', process.versions.node])(
  'a clone can be installed with Node.js %s',
  async (version) => {
    expect(await checkNode(version)).toEqual({ stdout: '', stderr: '' });
  },
);
