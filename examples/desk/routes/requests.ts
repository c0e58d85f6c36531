import createError from 'http-errors';
import { z } from 'zod';
import { SEVERITIES } from '../reports/search.js';
import { knownZone, NOT_A_ZONE, PERIODS, type Period } from '../statistics/periods.js';
import { addressProblem, domainOf, parseAddress } from '../suppressions/address.js';
import { CATEGORIES } from '../suppressions/reasons.js';

// The parameters of requests. The messages are for people.

// Single parameters.

const text = (name: string) =>
  z
    .string({ error: ({ input }) => `${name}: ${input === undefined ? 'not given' : 'once only'}` })
    .max(1000, { error: `${name}: at most 1,000 characters` });
const whole = (least: number, most: number, error: string) =>
  z.coerce.number({ error }).int({ error }).min(least, { error }).max(most, { error });
/** The trigram index finds only parts with three letters or digits in a row. */
const part = text('Part of an address').regex(/[\p{L}\p{N}]{3}/u, {
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
const anAddress = text('Address').refine((input) => input.trim() !== '', {
  error: 'Give an address',
});
/** An address that a person puts on the list. */
const oneAddress = anAddress.transform(parseAddress).superRefine((address, context) => {
  const message = addressProblem(address);
  if (message) context.addIssue({ code: 'custom', message });
});

// Requests of the page and of your own app.

export const addressSchema = z.object({ address: anAddress });

export const deletionSchema = z.object({
  address: anAddress,
  keepSuppression: z.union([z.boolean(), z.stringbool()], {
    error: 'Say whether to keep the suppression: true or false',
  }),
});

// Requests of the page.

/** A search of reports. */
export const searchSchema = z.object({
  recipient: part.optional(),
  address: text('Address').optional(),
  id: text('Message').optional(),
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

export const pageSchema = z.object({ size });
export const serialSchema = z.object({ serial });

const period = z
  .enum(Object.keys(PERIODS) as [Period], { error: 'The period is hour, day, month or year' })
  .default('day');

export const numbersSchema = z.object({
  period,
  zone: z
    .string()
    .transform(knownZone)
    .pipe(z.string({ error: NOT_A_ZONE }))
    .default('UTC'),
  domain: text('Domain')
    .transform((domain) => domainOf(`@${domain}`))
    .optional(),
});

export const domainsSchema = z.object({ period });

export const suppressionsSchema = z.object({
  search: part.optional(),
  before: z.string({ error: 'Cursor: once only' }).optional(),
  size,
});

export const importSchema = z.object({
  preview: z.stringbool({ error: 'preview is true or false' }).default(false),
});

export const exportSchema = z.object({
  for: z.literal('excel', { error: 'for is excel, or not given' }).optional(),
});

export const suppressionCountSchema = z.object({ search: part });

export const additionSchema = z.object({
  address: oneAddress,
  note: text('The reason').default(''),
});

export const removalSchema = z.object({
  address: anAddress,
  note: text('The reason').refine((input) => input.trim() !== '', { error: 'Give a reason' }),
});

// Requests of your own app. Unknown parameters are refused.

/** A value that no report can have is refused too: an empty answer would look right. */
export const strictSearchSchema = searchSchema
  .extend({
    category: oneOf('category', CATEGORIES).optional(),
    severity: oneOf('severity', SEVERITIES).optional(),
  })
  .strict();

export const changesSchema = z
  .object({
    after: z
      .string()
      .regex(/^\d{1,18}$/, { error: 'after is a cursor, 0 at first' })
      .default('0'),
    limit: whole(1, 1000, 'limit is 1 to 1000').default(1000),
  })
  .strict();

/** Checks an input. @throws with status 400 */
export function check<Output>(schema: z.ZodType<Output>, input: unknown): Output {
  const { data, error } = schema.safeParse(input);
  if (error) {
    throw createError(400, error.issues.map(({ message }) => message).join('. '));
  }
  return data as Output;
}

/** A query without its empty fields, which a form sends for inputs that were not filled in. */
export function withoutEmpty(query: object): Record<string, unknown> {
  return Object.fromEntries(Object.entries(query).filter(([, value]) => value !== ''));
}
