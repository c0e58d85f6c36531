import { Ajv } from 'ajv';
import { failureReportSchema, type ReportVariables } from './schema.js';

/** A report after validation. If the schema did not require a variable, `toReport` would not compile. */
type Validated = Partial<ReportVariables> &
  Pick<ReportVariables, (typeof failureReportSchema.required)[number]>;

/**
 * Tells whether variables are a report. If not, `validate.errors` lists every problem.
 *
 * The build replaces this file by the code that Ajv makes of the schema. An app then neither loads
 * Ajv nor needs to allow code made at run time.
 */
export const validate = new Ajv({ allErrors: true }).compile<Validated>(failureReportSchema);
