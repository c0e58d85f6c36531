import { expect, it } from 'vitest';
import { DESK_PROPERTY } from './desk.js';

// The same requests each time: a run that fails tells of a change. `npm run fuzz` tries others, and more.
it(DESK_PROPERTY.title, { timeout: 120_000 }, async () => {
  const check = Promise.resolve(DESK_PROPERTY.check({ numRuns: 300, seed: 20_261_124 }));
  await expect(check).resolves.toBeUndefined();
});
