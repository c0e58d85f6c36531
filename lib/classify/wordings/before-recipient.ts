// wording.ts explains the notation.
import type { Wording } from '../wording.js';

// biome-ignore format: one wording a line
/** Words of any refusal. In a reply before RCPT TO, they are about the sender. */
export const refusal: readonly Wording[] = [
  ['<refused>', '550 Denied (in reply to MAIL FROM command)'],
  ['(invalid|unknown|no such|not)', '550 No such domain (in reply to EHLO command)'],
];

// biome-ignore format: one wording a line
/** The reply came before RCPT TO. */
export const beforeRecipient: readonly Wording[] = [
  ['(helo|ehlo)', '550 No (in reply to EHLO command)', 'Postfix'],
  ['(after [sending|the|envelope] mail from|reply to mail from)', '550 No (in reply to MAIL FROM command)', 'Postfix'],
];
