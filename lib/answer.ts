import { FailureReportError } from './errors.js';

/** The answer to a refused call, for servers that have no error handler of their own. */
export interface Answer {
  status: number;
  headers: Record<string, string>;
  /** JSON: `{ message }`, and of this package's errors `code` and `problems`. */
  body: string;
}

/** Says what was wrong with the call, but of a fault on this side (5xx) no more than its code. */
export function answerTo(error: unknown): Answer {
  const own = error instanceof FailureReportError ? error : undefined;
  const { code, problems } = own ?? {};
  const message = own?.expose ? own.message : 'The report could not be taken';
  return {
    status: statusOf(error),
    headers: { ...own?.headers, 'Content-Type': 'application/json; charset=utf-8' },
    body: JSON.stringify({ code, message, problems }),
  };
}

/** The status an error of the user's own asks for, as Express reads it. */
function statusOf(error: unknown): number {
  const { status, statusCode } = Object(error);
  return [status, statusCode].find(isErrorStatus) ?? 500;
}

function isErrorStatus(status: unknown): boolean {
  return Number.isInteger(status) && Number(status) >= 400 && Number(status) < 600;
}
