/** By code: the HTTP status, and what to do, which `createError` appends to the problem. */
export const ERRORS = {
  COPERNICA_REPORT_INVALID: [400, ''],
  COPERNICA_BODY_INVALID: [400, 'check what sent it, and any proxy in between'],
  COPERNICA_METHOD_UNSUPPORTED: [405, 'Copernica only posts, so look for another sender'],
  COPERNICA_BODY_TOO_LARGE: [413, 'raise the option limit if you expect such reports'],
  COPERNICA_MEDIA_TYPE_UNSUPPORTED: [415, 'not from Copernica, or a proxy changed it'],
  COPERNICA_SIGNATURE_MISSING: [401, 'not from Copernica, or a proxy removed it'],
  COPERNICA_SIGNATURE_MALFORMED: [401, 'not from Copernica, or a proxy changes headers'],
  COPERNICA_SIGNATURE_INCOMPLETE: [401, 'not from Copernica, or a proxy removes headers'],
  COPERNICA_SIGNATURE_MISMATCH: [401, 'forged, or a proxy rewrites the request (see verify.url)'],
  COPERNICA_ACCOUNT_MISMATCH: [401, 'if it is yours, add it to verify.account'],
  COPERNICA_DATE_STALE: [401, 'check the clock of this server, or it is a replay'],
  COPERNICA_DIGEST_MISMATCH: [401, 'something in between changed the body'],
  COPERNICA_KEY_UNTRUSTED: [401, 'not from Copernica, or a test without signer.resolveTxt'],
  COPERNICA_KEY_UNAVAILABLE: [503, "check this server's resolver"],
  COPERNICA_REPLAY_STORE_UNAVAILABLE: [503, 'see the cause'],
  COPERNICA_BODY_CONSUMED: [500, 'mount this before body parsers, or keep req.rawBody'],
} as const;

/** A stable code for each cause. docs/errors.md explains them. */
export type FailureReportErrorCode = keyof typeof ERRORS;

/** One reason why a report is invalid. */
export interface ReportProblem {
  /** The variable, as a JSON Pointer (RFC 6901) into the report: `/code`, `/tags/0`. */
  path: string;
  /** The rule that the variable breaks. Never contains what was sent. */
  message: string;
}

/** The same symbol in every build and copy of this package. */
const BRAND = Symbol.for('copernica-failures.FailureReportError');

interface Details {
  cause?: unknown;
  problems?: ReportProblem[];
}

/**
 * Why a request was refused. Express gets it through `next(err)`, a receiver rejects with it, and the
 * Web handler answers with it. (Wrong options throw a `TypeError` instead.)
 *
 * Its message contains nothing that was sent. `status`, `statusCode` and `expose` are those of
 * http-errors, so error handlers of Express answer with the right status. `instanceof` holds across
 * builds: an app may use both `import` and `require`.
 *
 * @example
 * app.use((err, req, res, next) => {
 *   if (err instanceof FailureReportError) log.warn({ code: err.code, problems: err.problems });
 *   next(err);
 * });
 */
export class FailureReportError extends Error {
  /** The name of the class, for logs. */
  override readonly name = 'FailureReportError';
  /** The cause, as a stable code. */
  readonly code: FailureReportErrorCode;
  /** The HTTP status of the answer. */
  readonly status: number;
  /** The same as `status`. */
  readonly statusCode: number;
  /** Whether the sender may see the message: true below 500. */
  readonly expose: boolean;
  /** Headers for the answer: with status 503 `Retry-After`, in seconds; with 405 `Allow`. */
  declare readonly headers?: Readonly<Record<string, string>>;
  /** With `COPERNICA_REPORT_INVALID`, every problem of the report. */
  declare readonly problems?: ReportProblem[];

  constructor(code: FailureReportErrorCode, message: string, { cause, problems }: Details = {}) {
    super(message, cause === undefined ? undefined : { cause });
    this.code = code;
    [this.status] = ERRORS[code];
    this.statusCode = this.status;
    this.expose = this.status < 500;
    if (this.status === 503) this.headers = { 'Retry-After': '30' };
    if (this.status === 405) this.headers = { Allow: 'POST' };
    if (problems) this.problems = problems;
  }
}

/** Makes an error whose message tells the problem and what to do. */
export function createError(code: FailureReportErrorCode, problem: string, cause?: unknown) {
  return new FailureReportError(code, `${problem}: ${ERRORS[code][1]}`, { cause });
}

Object.defineProperty(FailureReportError.prototype, BRAND, { value: true });
Object.defineProperty(FailureReportError, Symbol.hasInstance, { value: isInstance });

/** Makes `instanceof` hold across builds. A subclass keeps the usual rule. */
function isInstance(this: unknown, value: unknown): boolean {
  if (this !== FailureReportError) return Function.prototype[Symbol.hasInstance].call(this, value);
  return typeof value === 'object' && value !== null && BRAND in value;
}
