import { FailureReportError } from './errors.js';

/** The answer to a refused call, for servers without an error handler of their own. */
export interface ErrorResponse {
  status: number;
  headers: Record<string, string>;
  /** JSON: `{ code?, message, problems? }`. */
  body: string;
}

/** Makes the answer to an error. Only this package's 4xx errors show their message, all others a fixed text. */
export function toErrorResponse(error: unknown): ErrorResponse {
  const own = error instanceof FailureReportError ? error : undefined;
  const { code, problems } = own ?? {};
  const message = own?.expose ? own.message : 'The report could not be accepted';
  return {
    status: statusOf(error),
    headers: { ...own?.headers, 'Content-Type': 'application/json; charset=utf-8' },
    body: JSON.stringify({ code, message, problems }),
  };
}

/** Reads `status`, else `statusCode`, of any error, as Express does. */
function statusOf(error: unknown): number {
  const { status, statusCode } = Object(error);
  const isError = (value: number) => Number.isInteger(value) && value >= 400 && value < 600;
  return [status, statusCode].find(isError) ?? 500;
}
