import { Ajv } from 'ajv';
import { failureReportSchema, type ReportVariables } from './schema.js';

/** The type after validation follows `required`, so `toReport` does not compile if one is missing there. */
type Validated = Partial<ReportVariables> &
  Pick<ReportVariables, (typeof failureReportSchema.required)[number]>;

/**
 * Tells whether variables are a report. If not, `validate.errors` lists every problem.
 *
 * The build replaces this file by the code that Ajv makes of the schema. An app then neither loads
 * Ajv nor needs to allow code made at run time.
 */
export const validate = new Ajv({ allErrors: true }).compile<Validated>(failureReportSchema);
