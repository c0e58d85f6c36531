import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { NODE } from './versions.js';

const read = (file: string) => readFileSync(join(import.meta.dirname, '../..', file), 'utf8');

it('CI runs on every Node.js of the matrix, and tests on the newest', () => {
  const [, versions] = /node: \[(.*)\]/.exec(read('.github/workflows/ci.yml')) ?? [];
  expect(versions).toBe(NODE.map((version) => `'${version}'`).join(', '));
  expect(read('.ci/run')).toContain(`@${NODE.at(-1)}" -- npm run test:package`);
});
