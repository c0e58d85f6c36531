import { Ajv } from 'ajv';
import { failureReportSchema, type ReportVariables } from './schema.js';

/** Valid variables. If `required` lacks a name that a report needs, `toReport` does not compile. */
type Validated = Partial<ReportVariables> &
  Pick<ReportVariables, (typeof failureReportSchema.required)[number]>;

/**
 * Tells whether variables are a report. If not, `validate.errors` lists every problem.
 *
 * The build replaces this file by the code that Ajv makes of the schema. An app then neither loads
 * Ajv nor needs to allow code made at run time.
 */
export const validate = new Ajv({ allErrors: true }).compile<Validated>(failureReportSchema);
