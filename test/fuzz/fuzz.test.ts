import { expect, test } from 'vitest';
import { PROPERTIES } from './properties.js';

// The same inputs each time: a run that fails tells of a change. `npm run fuzz` tries others, and more.
const seed = 20_261_124;

test.each(PROPERTIES)('$title', { timeout: 120_000 }, async ({ check }) => {
  await expect(Promise.resolve(check({ numRuns: 300, seed }))).resolves.toBeUndefined();
});
