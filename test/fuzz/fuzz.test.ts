import { expect, test } from 'vitest';
import { PROPERTIES } from './properties.js';

// Random on purpose: each run of the tests tries other inputs. `npm run fuzz` tries more of them.
const seed = Math.floor(Math.random() * 2 ** 31);

test.each(PROPERTIES)('$title', { timeout: 120_000 }, async ({ check }) => {
  await expect(Promise.resolve(check({ numRuns: 300, seed }))).resolves.toBeUndefined();
});
