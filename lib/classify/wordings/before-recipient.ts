// The notation is explained where Wording is.
import type { Wording } from '../rule.js';

// biome-ignore format: one wording a line
/** Words of any refusal. Said before the recipient was named, they are said of the sender. */
export const refusal: readonly Wording[] = [
  ['<refused>', '550 Denied (in reply to MAIL FROM command)'],
  ['(invalid|unknown|no such|not)', '550 No such domain (in reply to EHLO command)'],
];

// biome-ignore format: one wording a line
/** That a reply came before the recipient was named. */
export const beforeRecipient: readonly Wording[] = [
  ['(helo|ehlo)', '550 No (in reply to EHLO command)', 'Postfix'],
  ['(after [sending|the|envelope] mail from|reply to mail from)', '550 No (in reply to MAIL FROM command)', 'Postfix'],
];
