import createError from 'http-errors';
import { z } from 'zod';
import { CATEGORIES, SEVERITIES } from '../reports/search.js';
import { isLongEnough } from '../reports/trigrams.js';
import { knownZone, NOT_A_ZONE, PERIODS, type Period } from '../statistics/periods.js';
import { meantAddress, problemOf } from '../suppressions/parse-address.js';

// What may be asked for, and what is said, in people's words, to whoever asks for something else.

const text = (name: string) =>
  z
    .string({ error: ({ input }) => `${name}: ${input === undefined ? 'not given' : 'once only'}` })
    .max(1000, { error: `${name}: at most 1,000 characters` });
const whole = (least: number, most: number, error: string) =>
  z.coerce.number({ error }).int({ error }).min(least, { error }).max(most, { error });
const part = text('Part of an address').refine(isLongEnough, {
  error: 'Give at least three letters or digits in a row of the address',
});
const oneOf = (name: string, values: string[]) =>
  z.enum(values, { error: `${name} is one of ${values.join(', ')}` });
const serial = z.string().regex(/^\d{1,18}$/, { error: 'A report is known by a number' });
const time = z.coerce
  .number({ error: 'Times are seconds since 1970' })
  .min(0)
  .max(10_000_000_000, { error: 'Times are seconds since 1970' });
const size = whole(1, 100, 'A page has 1 to 100 rows').default(20);
const anAddress = text('Address').refine((given) => given.trim() !== '', {
  error: 'Give an address',
});
/** What a person puts on the list. */
const oneAddress = anAddress.transform(meantAddress).superRefine((address, context) => {
  const message = problemOf(address);
  if (message) context.addIssue({ code: 'custom', message });
});

/** A search of reports. */
export const searchSchema = z.object({
  recipient: part.optional(),
  address: text('Address').optional(),
  tag: text('Tag').optional(),
  state: text('State').optional(),
  category: text('Category').optional(),
  severity: text('Severity').optional(),
  domain: text('Domain').optional(),
  from: time.optional(),
  to: time.optional(),
  before: serial.optional(),
  after: serial.optional(),
});

/** The same for an app: a value that no report can have would look like no reports. */
export const strictSearchSchema = searchSchema
  .extend({
    category: oneOf('category', CATEGORIES).optional(),
    severity: oneOf('severity', SEVERITIES).optional(),
  })
  .strict();

export const pageSchema = z.object({ size });
export const serialSchema = z.object({ serial });

/** A period in the time zone of whoever looks at it. */
const periodSchema = z.object({
  period: z
    .enum(Object.keys(PERIODS) as [Period], { error: 'The period is hour, day, month or year' })
    .default('day'),
  zone: z
    .string()
    .transform(knownZone)
    .pipe(z.string({ error: NOT_A_ZONE }))
    .default('UTC'),
});

export const numbersSchema = periodSchema.extend({ domain: text('Domain').optional() });

/** The domains of a period; of so many of them, when their failures happened. */
export const domainsSchema = periodSchema.extend({
  courses: whole(0, 20, 'courses is 0 to 20').default(0),
});

export const addressSchema = z.object({ address: anAddress });

export const suppressionsSchema = z.object({
  search: part.optional(),
  before: z.string({ error: 'Cursor: once only' }).optional(),
  size,
});

export const suppressionCountSchema = z.object({ search: part });

export const additionSchema = z.object({
  address: oneAddress,
  note: text('The reason').default(''),
});

export const takeOffSchema = z.object({
  address: anAddress,
  note: text('The reason').refine((given) => given.trim() !== '', { error: 'Give a reason' }),
});

export const deletionSchema = z.object({
  address: anAddress,
  keepSuppression: z.union([z.boolean(), z.stringbool()], {
    error: 'Say whether to keep the suppression: true or false',
  }),
});

export const changesSchema = z.object({
  after: z
    .string()
    .regex(/^\d{1,18}$/, { error: 'after is a cursor, 0 at first' })
    .default('0'),
  limit: whole(1, 1000, 'limit is 1 to 1000').default(1000),
});

/** What was given, checked. @throws with status 400 */
export function read<Output>(schema: z.ZodType<Output>, given: unknown): Output {
  const { data, error } = schema.safeParse(given);
  if (error) {
    throw createError(400, error.issues.map(({ message }) => message).join('. '));
  }
  return data as Output;
}

/** A query without what was left empty, as a form does with fields that were not filled in. */
export function filled(query: object): Record<string, unknown> {
  return Object.fromEntries(Object.entries(query).filter(([, value]) => value !== ''));
}
