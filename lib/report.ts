import type { ErrorObject } from 'ajv';
import { FailureReportError } from './errors.js';
import type { FailureReport, FailureSeverity } from './failure-report.js';
import type { Variables } from './payload.js';
import { failureReportSchema, type ReportVariables } from './schema.js';
import { validate } from './validate.js';

const NAMES = Object.keys(failureReportSchema.properties) as (keyof ReportVariables)[];

/** Makes a report of variables. If they are not a report, the error lists every problem. */
export function toReport(variables: Variables): FailureReport {
  const report: Variables = {};
  for (const name of NAMES) {
    const value = convert(name, variables[name]);
    if (value !== undefined && value !== '') report[name] = value;
  }
  if (!validate(report)) throw reportInvalidError(validate.errors ?? []);
  return Object.assign(report, {
    asynchronous: report.state === 'bounce',
    severity: severityOf(report.extended, report.code),
  });
}

/** Converts a variable to its type. The schema refuses what has another form. */
function convert(name: keyof ReportVariables, value: unknown): unknown {
  if (name === 'tags') return toList(value);
  if (name !== 'code' && name !== 'time') return value;
  // A number holds any fifteen digits exactly.
  return typeof value === 'string' && /^\d{1,15}$/.test(value) ? Number(value) : value;
}

/** A list arrives as one text, as several, or as a map by index if most indexes are missing. */
function toList(value: unknown = []): unknown {
  if (typeof value === 'string') return toList([value]);
  if (Array.isArray(value)) return value.filter((item) => item !== '');
  return isMapByIndex(value) ? toList(Object.values(value)) : value;
}

function isMapByIndex(value: unknown): value is object {
  return (
    typeof value === 'object' &&
    value !== null &&
    Object.keys(value).every((key) => /^(0|[1-9]\d*)$/.test(key))
  );
}

/** RFC 3463, section 2, and RFC 5321, section 4.2.1: the first digit is the class. */
function severityOf(extended = '', code = 0): FailureSeverity {
  const digit = /^\d(?=\.)/.exec(extended)?.[0] ?? Math.floor(code / 100);
  return Number(digit) === 5 ? 'permanent' : Number(digit) === 4 ? 'temporary' : 'unknown';
}

function reportInvalidError(errors: readonly ErrorObject[]): FailureReportError {
  const problems = errors.map(({ instancePath, keyword, params, message = '' }) =>
    keyword === 'required'
      ? { path: `/${params.missingProperty}`, message: 'is required and must not be empty' }
      : { path: instancePath, message },
  );
  // Paths are names of the schema, and messages contain no input.
  const faults = problems.map(
    ({ path, message }) => `${path.slice(1).replace(/\/\d+$/, '[]')} ${message}`,
  );
  return new FailureReportError(
    'COPERNICA_REPORT_INVALID',
    `The report is not valid: ${[...new Set(faults)].join('; ')}`,
    { problems },
  );
}
