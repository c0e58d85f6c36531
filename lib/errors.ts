/** The HTTP status of each error code. */
export const STATUS = {
  COPERNICA_REPORT_INVALID: 400,
  COPERNICA_BODY_INVALID: 400,
  COPERNICA_METHOD_UNSUPPORTED: 405,
  COPERNICA_BODY_TOO_LARGE: 413,
  COPERNICA_MEDIA_TYPE_UNSUPPORTED: 415,
  COPERNICA_SIGNATURE_MISSING: 401,
  COPERNICA_SIGNATURE_MALFORMED: 401,
  COPERNICA_SIGNATURE_INCOMPLETE: 401,
  COPERNICA_SIGNATURE_MISMATCH: 401,
  COPERNICA_ACCOUNT_MISMATCH: 401,
  COPERNICA_DATE_STALE: 401,
  COPERNICA_DIGEST_MISMATCH: 401,
  COPERNICA_KEY_UNTRUSTED: 401,
  COPERNICA_KEY_UNAVAILABLE: 503,
  COPERNICA_NONCES_UNAVAILABLE: 503,
  COPERNICA_BODY_CONSUMED: 500,
} as const;

/** What went wrong, as a stable string to branch on. docs/errors.md tells when each occurs. */
export type FailureReportErrorCode = keyof typeof STATUS;

/** One reason why a report is invalid. */
export interface ReportProblem {
  /** The variable, as a JSON Pointer (RFC 6901) into the report: `/code`, `/tags/0`. */
  path: string;
  /** What the variable must be. Never contains what was sent. */
  message: string;
}

/** Marks the errors of every build and copy of this package: `Symbol.for` gives all of them this one. */
const BRAND = Symbol.for('copernica-failures.FailureReportError');

interface Details {
  cause?: unknown;
  problems?: ReportProblem[];
}

/**
 * Every error this package raises itself. Express gets it through `next(err)`, a receiver rejects
 * with it, and the Web handler answers with it.
 *
 * The message is constant for its cause: nothing that was sent ever stands in it. That of an
 * invalid report names the variables at fault. `status`,
 * `statusCode` and `expose` are those of http-errors, so Express and its error handlers
 * answer with the right status by themselves.
 *
 * `instanceof` also holds for errors of another build: an app may use both `import` and `require`.
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
  /** What went wrong. */
  readonly code: FailureReportErrorCode;
  /** The HTTP status to answer with. */
  readonly status: number;
  /** The same as `status`. */
  readonly statusCode: number;
  /** Whether the message may be shown to the sender: true below 500. */
  readonly expose: boolean;
  /** What the answer needs: `Retry-After`, in seconds, with status 503, `Allow` with 405. */
  declare readonly headers?: Readonly<Record<string, string>>;
  /** With `COPERNICA_REPORT_INVALID`, every problem of the report. */
  declare readonly problems?: ReportProblem[];

  constructor(code: FailureReportErrorCode, message: string, { cause, problems }: Details = {}) {
    super(message, cause === undefined ? undefined : { cause });
    this.code = code;
    this.status = STATUS[code];
    this.statusCode = this.status;
    this.expose = this.status < 500;
    if (this.status === 503) this.headers = { 'Retry-After': '30' };
    if (this.status === 405) this.headers = { Allow: 'POST' };
    if (problems) this.problems = problems;
  }
}

Object.defineProperty(FailureReportError.prototype, BRAND, { value: true });
Object.defineProperty(FailureReportError, Symbol.hasInstance, { value: isInstance });

/** Makes `instanceof` hold across builds. A subclass still has only its own instances. */
function isInstance(this: unknown, value: unknown): boolean {
  if (this !== FailureReportError) return Function.prototype[Symbol.hasInstance].call(this, value);
  return typeof value === 'object' && value !== null && BRAND in value;
}
