import { describe, expectTypeOf, it } from 'vitest';
import type {
  FailureReport,
  FailureReportErrorCode,
  FailureSeverity,
  ReportProblem,
} from '../../lib/index.js';
import { FailureReportError, failureReportSchema } from '../../lib/index.js';

describe('FailureReport', () => {
  it('has these variables, required or not', () => {
    expectTypeOf<FailureReport>().toEqualTypeOf<{
      id: string;
      recipient: string;
      state: string;
      code?: number;
      extended?: string;
      description?: string;
      tags: string[];
      type?: string;
      action?: string;
      timestamp?: string;
      time?: number;
      asynchronous: boolean;
      severity: 'permanent' | 'temporary' | 'unknown';
    }>();
  });

  it('has no variable that is there and undefined', () => {
    // @ts-expect-error: absent is absent
    ({ code: undefined }) satisfies Partial<FailureReport>;
  });

  it('has a severity that a switch can be exhaustive over', () => {
    expectTypeOf<FailureReport['severity']>().toEqualTypeOf<FailureSeverity>();
  });
});

describe('FailureReportError', () => {
  it('has a code out of a closed list, and problems', () => {
    const error = new FailureReportError('COPERNICA_REPORT_INVALID', 'x');
    expectTypeOf(error).toExtend<Error>();
    expectTypeOf(error.code).toEqualTypeOf<FailureReportErrorCode>();
    expectTypeOf(error.status).toEqualTypeOf<number>();
    expectTypeOf(error.statusCode).toEqualTypeOf<number>();
    expectTypeOf(error.expose).toEqualTypeOf<boolean>();
    expectTypeOf(error.problems).toEqualTypeOf<ReportProblem[] | undefined>();
    expectTypeOf<ReportProblem>().toEqualTypeOf<{ path: string; message: string }>();
    // @ts-expect-error: no code of this package
    void (error.code === 'COPERNICA_SOMETHING');
  });
});

describe('failureReportSchema', () => {
  it('has the types of its literals, so that other libraries can derive types from it', () => {
    expectTypeOf(failureReportSchema.type).toEqualTypeOf<'object'>();
    expectTypeOf(failureReportSchema.properties.code.type).toEqualTypeOf<'integer'>();
    expectTypeOf<(typeof failureReportSchema.required)[number]>().toEqualTypeOf<
      'id' | 'recipient' | 'state' | 'tags'
    >();
  });

  it('cannot be written to', () => {
    // @ts-expect-error: read-only
    void (() => (failureReportSchema.type = 'object'));
  });
});
