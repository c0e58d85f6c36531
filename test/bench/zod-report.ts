import { z } from 'zod';

const text = z.string();
const digits = z
  .string()
  .regex(/^\d{0,15}$/)
  .transform((value) => (value === '' ? undefined : Number(value)));

/** The same checks and the same result as `failureReportSchema`, in zod. */
export const zodReport = z.object({
  id: text.min(1),
  recipient: text.min(1),
  state: text.min(1),
  code: digits.optional(),
  extended: text.optional(),
  description: text.optional(),
  tags: z
    .union([text, z.array(text)])
    .transform((tags) => [tags].flat())
    .default([]),
  type: text.optional(),
  action: text.optional(),
  timestamp: text.optional(),
  time: digits.optional(),
});
