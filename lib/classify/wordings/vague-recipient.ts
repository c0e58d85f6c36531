// wording.ts explains the notation.
import type { Wording } from '../wording.js';

// biome-ignore format: one wording a line
/** The mailbox is unavailable, for whatever reason. */
export const unavailableMailbox: readonly Wording[] = [
  ['(mail-box|account) [is] (unavailable|not available)', '550 Requested action not taken: mailbox unavailable', 'GMX'],
  ['not accepting network messages', '521 5.3.2 System not accepting network messages'],
];

// biome-ignore format: one wording a line
/** The recipient is refused without a reason. */
export const refusedRecipient: readonly Wording[] = [
  ['recipient [address] [is|was] (rejected|refused|denied|declined)', '550 5.1.1 The recipient was rejected.'],
  ['rejected recipients', '550 5.5.0 No mail today for rejected recipients'],
];

// biome-ignore format: one wording a line
/** An address is refused. The codes tell whose. */
export const refusedAddress: readonly Wording[] = [
  ['address <refused>', '550 5.1.0 Address rejected', 'Postfix'],
];
