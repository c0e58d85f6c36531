import { describe, expect, it } from 'vitest';
import { FailureReportError, type FailureReportErrorCode } from '../lib/errors.js';

describe('FailureReportError', () => {
  const ROWS: [FailureReportErrorCode, number, boolean][] = [
    ['COPERNICA_REPORT_INVALID', 400, true],
    ['COPERNICA_BODY_INVALID', 400, true],
    ['COPERNICA_BODY_TOO_LARGE', 413, true],
    ['COPERNICA_MEDIA_TYPE_UNSUPPORTED', 415, true],
    ['COPERNICA_BODY_CONSUMED', 500, false],
  ];

  it.each(ROWS)('%s has status %i, and exposes its message: %s', (code, status, expose) => {
    const error = new FailureReportError(code, 'What went wrong');
    expect(error).toMatchObject({ code, status, statusCode: status, expose });
  });

  it('is an Error with a name of its own, its message and a stack', () => {
    const error = new FailureReportError('COPERNICA_BODY_INVALID', 'What went wrong');
    expect(error).toBeInstanceOf(Error);
    expect(String(error)).toBe('FailureReportError: What went wrong');
    expect(error.stack).toContain('errors.test.ts');
  });

  it('keeps the cause and the problems it is given', () => {
    const cause = new Error('below');
    const problems = [{ path: '/code', message: 'must be integer' }];
    const error = new FailureReportError('COPERNICA_REPORT_INVALID', 'x', { cause, problems });
    expect(error.cause).toBe(cause);
    expect(error.problems).toBe(problems);
  });

  it('is known by its mark: not by its code, nor by a copy of its properties', () => {
    const error = new FailureReportError('COPERNICA_BODY_INVALID', 'What went wrong');
    const { code, status, name } = error;
    const foreign = Object.assign(new Error('x'), { code, status, name });
    for (const other of [foreign, { ...error }, { code }, code, null, undefined, 1]) {
      expect(other instanceof FailureReportError).toBe(false);
    }
  });

  it('has subclasses whose instances are only their own', () => {
    class Special extends FailureReportError {}
    const special = new Special('COPERNICA_BODY_INVALID', 'What went wrong');
    expect(special).toBeInstanceOf(Special);
    expect(special).toBeInstanceOf(FailureReportError);
    expect(new FailureReportError('COPERNICA_BODY_INVALID', 'x')).not.toBeInstanceOf(Special);
  });

  it('has neither cause nor problems unless given', () => {
    const error = new FailureReportError('COPERNICA_BODY_CONSUMED', 'What went wrong');
    expect(error).not.toHaveProperty('cause');
    expect(error).not.toHaveProperty('problems');
  });
});
