import { Ajv } from 'ajv';
import standalone from 'ajv/dist/standalone/index.js';
import { failureReportSchema } from './lib/schema.js';

/** The module that Ajv makes of the schema: it exports `validate` and imports nothing. */
export function validationCode(): string {
  const ajv = new Ajv({
    allErrors: true,
    // Or it would import a part of Ajv that counts characters; that there is one needs no count.
    unicode: false,
    // It calls this option deprecated.
    logger: false,
    code: { source: true, esm: true },
  });
  return standalone.default(ajv, ajv.compile(failureReportSchema));
}

/** A plugin of the build: puts this code in place of lib/validate.ts. */
export const compiledValidation = {
  name: 'compiled-validation',
  load: { filter: { id: /\/lib\/validate\.ts$/ }, handler: validationCode },
};
