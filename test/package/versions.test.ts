import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { NODE } from './versions.js';

const read = (file: string) => readFileSync(join(import.meta.dirname, '../..', file), 'utf8');

it('CI runs on every Node.js that is supported', () => {
  const [, workflow] = /node: \[(.*)\]/.exec(read('.github/workflows/ci.yml')) ?? [];
  expect(workflow).toBe(NODE.map((version) => `'${version}'`).join(', '));
  const run = [...read('.ci/run').matchAll(/\.ci\/on-node (\S+)/g)].map(([, version]) => version);
  expect(run.sort()).toEqual([...NODE].sort());
});
