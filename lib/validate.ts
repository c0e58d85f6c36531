import { Ajv } from 'ajv';
import { failureReportSchema, type Sent } from './schema.js';

/** What the schema makes sure of. A `required` that misses one fails to compile in `toReport`. */
type Validated = Partial<Sent> & Pick<Sent, (typeof failureReportSchema.required)[number]>;

/**
 * Tells whether variables are a report; if not, `validate.errors` has every problem.
 *
 * The build puts in place of this file the code that Ajv makes of the schema, so that an app which
 * imports the package neither waits for Ajv nor needs to allow that code is made at run time.
 */
export const validate = new Ajv({ allErrors: true }).compile<Validated>(failureReportSchema);
