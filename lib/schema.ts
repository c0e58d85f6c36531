import type { FailureReport } from './report.js';

/** What is sent, as against what is derived from it. */
export type Sent = Omit<FailureReport, 'asynchronous' | 'severity'>;

/** The JSON Schema of T: to leave out, add or mistype a property does not compile. */
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
 * The JSON Schema (draft-07) that the variables of a report are validated against. Variables it
 * does not name are no problem; `asynchronous` and `severity` are derived after validation.
 */
export const failureReportSchema = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  title: 'Copernica failure report',
  type: 'object',
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
} as const satisfies SchemaOf<Sent>;
