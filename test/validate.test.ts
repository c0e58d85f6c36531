import fc from 'fast-check';
import { expect, it } from 'vitest';
import { validationCode } from '../compiled-validation.js';
import { failureReportSchema } from '../lib/schema.js';
import { validate } from '../lib/validate.js';

const code = Buffer.from(validationCode()).toString('base64');
const { validate: compiled } = await import(`data:text/javascript;base64,${code}`);

/** Values that fit the variable now and then. */
const value = fc.oneof(
  fc.constantFrom('1', '', 550, -1, 1.5, 2 ** 53, null, [], ['a'], ['a', ''], [1], [['a']], {}),
  fc.string({ unit: 'binary' }),
  fc.integer(),
  fc.anything(),
);
const report = { id: '1', recipient: 'jane@example.com', state: 'rcptto', code: 550, tags: ['a'] };
const names = [...Object.keys(failureReportSchema.properties), 'more'];
/** Right reports, of which up to three variables are replaced, by what may fit or not, or left out. */
const reports = fc
  .uniqueArray(fc.tuple(fc.constantFrom(...names), fc.option(value, { nil: undefined })), {
    maxLength: 3,
    selector: ([name]) => name,
  })
  .map((changes) => Object.entries({ ...report, ...Object.fromEntries(changes) }))
  .map((entries) => Object.fromEntries(entries.filter(([, sent]) => sent !== undefined)));

it('says the same of ten thousand random reports, compiled in the build and at run time', () => {
  const verdicts = { valid: 0, invalid: 0 };
  fc.assert(
    fc.property(reports, (sent) => {
      const valid = validate(sent);
      expect(compiled(sent)).toBe(valid);
      expect(compiled.errors).toEqual(validate.errors);
      verdicts[valid ? 'valid' : 'invalid']++;
    }),
    { numRuns: 10_000 },
  );
  expect(verdicts.valid).toBeGreaterThan(1000);
  expect(verdicts.invalid).toBeGreaterThan(1000);
});

it('is compiled to a module that imports nothing and makes no code at run time', () => {
  expect(validationCode()).not.toMatch(/\b(import|require|eval|Function)\b/);
});
