import { Ajv } from 'ajv';
import standalone from 'ajv/dist/standalone/index.js';
import { failureReportSchema } from './lib/schema.js';

/** Returns the module that Ajv makes of the schema. It exports `validate` and imports nothing. */
export function validationCode(): string {
  const ajv = new Ajv({
    allErrors: true,
    // Otherwise the module would import a part of Ajv that counts characters, which minLength 1 does not need.
    unicode: false,
    // Ajv warns that this option is deprecated.
    logger: false,
    code: { source: true, esm: true },
  });
  return standalone.default(ajv, ajv.compile(failureReportSchema));
}

/** The plugin that replaces lib/validate.ts by this module in the build. */
export const compiledValidation = {
  name: 'compiled-validation',
  load: { filter: { id: /\/lib\/validate\.ts$/ }, handler: validationCode },
};
