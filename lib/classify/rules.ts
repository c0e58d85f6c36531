import type { Rule } from './rule.js';
import { CLEAR_WORDS } from './wordings/clear-words.js';
import { PROVIDER_CODES } from './wordings/provider-codes.js';
import { RECIPIENT_REFUSED } from './wordings/recipient.js';
import { SENDER_REFUSED } from './wordings/sender.js';
import { VAGUE_WORDS } from './wordings/vague-words.js';

/** All rules, in order: the first that matches decides. */
export const RULES: readonly Rule[] = [
  ...PROVIDER_CODES,
  ...CLEAR_WORDS,
  ...SENDER_REFUSED,
  ...RECIPIENT_REFUSED,
  ...VAGUE_WORDS,
];
