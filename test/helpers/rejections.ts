import { inspect } from 'node:util';
import { expect } from 'vitest';
import { FailureReportError, type FailureReportErrorCode } from '../../lib/errors.js';
import { SECRET } from './reports.js';

/** The error if a key is absent or wrong. */
export const KEY_UNTRUSTED = {
  name: 'FailureReportError',
  code: 'COPERNICA_KEY_UNTRUSTED',
  status: 401,
};

/** The error if the lookup of a key fails. */
export const KEY_UNAVAILABLE = {
  name: 'FailureReportError',
  code: 'COPERNICA_KEY_UNAVAILABLE',
  status: 503,
};

/** Asserts which error it is, and that nothing that was sent stands anywhere in it. */
export function expectRejection(
  error: unknown,
  status: number,
  code: FailureReportErrorCode,
): FailureReportError {
  if (!(error instanceof FailureReportError)) {
    throw new Error(`Expected a FailureReportError, got ${inspect(error)}`);
  }
  expect(error).toMatchObject({ status, statusCode: status, code, expose: status < 500 });
  expect(error.message).not.toBe('');
  expect(JSON.stringify(error)).not.toContain(SECRET);
  expect(inspect(error, { depth: Number.POSITIVE_INFINITY, showHidden: true })).not.toContain(
    SECRET,
  );
  return error;
}

/** What a function throws or rejects with. */
export async function thrownBy(run: () => unknown): Promise<unknown> {
  try {
    await run();
  } catch (error) {
    return error;
  }
  throw new Error('Nothing was thrown');
}
