import type { ErrorObject } from 'ajv';
import { FailureReportError } from './errors.js';
import type { Variables } from './payload.js';
import { failureReportSchema, type Sent } from './schema.js';
import { validate } from './validate.js';

/** Whether trying again can help, from the class digit of the enhanced status or reply code. */
export type FailureSeverity = 'permanent' | 'temporary' | 'unknown';

/**
 * One message that Copernica could not deliver.
 *
 * Texts stay texts (`id: '00123'`), optional variables that were missing or empty are absent.
 */
export interface FailureReport {
  /** Unique id of the message that failed. */
  id: string;
  /** Address the message was for. It may be malformed: that can be why it failed. */
  recipient: string;
  /** Step at which delivery failed: `rcptto`; `bounce` if it came back later. An open set. */
  state: string;
  /**
   * SMTP reply code (RFC 5321, section 4.2), usually the remote server's: `550`. An odd one is no
   * reason to lose a report, so it can have up to fifteen digits.
   */
  code?: number;
  /** Enhanced status code (RFC 3463): `5.1.1`. It may disagree with `code`. */
  extended?: string;
  /** Text of the reply, in any language, on one or more lines. */
  description?: string;
  /** Labels the mailing was given, in order; empty if it had none. */
  tags: string[];
  /** `failure`, from newer accounts. */
  type?: string;
  /** `failure` or `failed`, from newer accounts. */
  action?: string;
  /** Time of the failure, `YYYY-MM-DD HH:MM:SS` in a time zone that is not told. */
  timestamp?: string;
  /** Time of the failure as Unix time, in seconds. */
  time?: number;
  /** True if the message was accepted and bounced later, false if it was refused at once. */
  asynchronous: boolean;
  /** Class of `extended`, else of `code`: 5 is permanent, 4 temporary, all else unknown. */
  severity: FailureSeverity;
}

const NAMES = Object.keys(failureReportSchema.properties) as (keyof Sent)[];

/**
 * Makes a report of the variables of a payload.
 *
 * @throws FailureReportError `COPERNICA_REPORT_INVALID` with every problem there is
 */
export function toReport(variables: Variables): FailureReport {
  const sent: Variables = {};
  for (const name of NAMES) {
    const value = convert(name, variables[name]);
    if (value !== undefined && value !== '') sent[name] = value;
  }
  if (!validate(sent)) throw invalid(validate.errors ?? []);
  return Object.assign(sent, {
    asynchronous: sent.state === 'bounce',
    severity: severityOf(sent.extended, sent.code),
  });
}

/** Gives a variable its type where it has the form; what has not is left for the schema. */
function convert(name: keyof Sent, value: unknown): unknown {
  if (name === 'tags') return toList(value);
  if (name !== 'code' && name !== 'time') return value;
  // Fifteen digits are sure to be exact in a number.
  return typeof value === 'string' && /^\d{1,15}$/.test(value) ? Number(value) : value;
}

/** A list arrives as one text, as several, or, if its indexes have gaps, as a map by index. */
function toList(value: unknown = []): unknown {
  if (typeof value === 'string') return toList([value]);
  if (Array.isArray(value)) return value.filter((item) => item !== '');
  return isIndexed(value) ? toList(Object.values(value)) : value;
}

function isIndexed(value: unknown): value is object {
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

function invalid(errors: readonly ErrorObject[]): FailureReportError {
  const problems = errors.map(({ instancePath, keyword, params, message = '' }) =>
    keyword === 'required'
      ? { path: `/${params.missingProperty}`, message: 'must be there and not empty' }
      : { path: instancePath, message },
  );
  // A name in a path is one of the schema's; nothing that was sent is in it, or in a message.
  const faults = problems.map(
    ({ path, message }) => `${path.slice(1).replace(/\/\d+$/, '[]')} ${message}`,
  );
  return new FailureReportError(
    'COPERNICA_REPORT_INVALID',
    `The report is not valid: ${[...new Set(faults)].join('; ')}`,
    { problems },
  );
}
