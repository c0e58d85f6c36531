import { expect, it } from 'vitest';
import { FIXED_RUN } from '../../../../test/fuzz/properties.js';
import { DESK_PROPERTY } from './desk.js';

it(DESK_PROPERTY.title, { timeout: 120_000 }, async () => {
  await expect(Promise.resolve(DESK_PROPERTY.check(FIXED_RUN))).resolves.toBeUndefined();
});
