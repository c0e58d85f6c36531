import type { FailureReport } from './failure-report.js';

/** The variables of a report as Copernica sends them, without those derived from them. */
export type ReportVariables = Omit<FailureReport, 'asynchronous' | 'severity'>;

/** The JSON Schema of T. A missing, extra or mistyped property does not compile. */
interface SchemaOf<T> {
  $schema: string;
  title: string;
  type: 'object';
  required: readonly RequiredKey<T>[];
  properties: { [K in keyof T]-?: PropertySchema<T[K]> };
}
type RequiredKey<T> = { [K in keyof T]-?: object extends Pick<T, K> ? never : K }[keyof T];
type PropertySchema<V> = V extends string
  ? { type: 'string'; minLength?: number }
  : V extends number
    ? { type: 'integer'; minimum?: number }
    : V extends (infer Item)[]
      ? { type: 'array'; items: PropertySchema<Item> }
      : never;

/**
 * The JSON Schema (draft-07) that validates the variables of a report. It allows other variables.
 * `asynchronous` and `severity` are derived after validation.
 */
export const failureReportSchema = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  title: 'Copernica failure report',
  type: 'object',
  // A report without tags gets an empty list before validation.
  required: ['id', 'recipient', 'state', 'tags'],
  properties: {
    id: { type: 'string', minLength: 1 },
    recipient: { type: 'string', minLength: 1 },
    state: { type: 'string', minLength: 1 },
    code: { type: 'integer', minimum: 0 },
    extended: { type: 'string' },
    description: { type: 'string' },
    tags: { type: 'array', items: { type: 'string' } },
    type: { type: 'string' },
    action: { type: 'string' },
    timestamp: { type: 'string' },
    time: { type: 'integer', minimum: 0 },
  },
} as const satisfies SchemaOf<ReportVariables>;
