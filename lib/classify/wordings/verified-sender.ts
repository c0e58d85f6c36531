// wording.ts explains the notation.
import type { Wording } from '../wording.js';

// biome-ignore format: one wording a line
/** The server has asked the sender's own server, and quotes its reply, which is about the sender. */
export const verifiedSender: readonly Wording[] = [
  ['sender address rejected (undeliverable|unverified) address host', '550 5.1.0 Sender address rejected: undeliverable address: host mx.example.com[192.0.2.7] said: 552 Mailbox full', 'Postfix'],
  ['sender [address] (verify|verification|call-back|call-out|check|validation) [has] (fail*|rejected|error)', '550 Sender verify failed: mailbox is full', 'Exim'],
  ['(call-back|call-out) (verif*|check|fail*)', '550 Callback failed: no such user'],
  ['(during|by|in|after) [the|a] (call-back|call-out)', '550 User not found on your mail server during callback'],
  ['(verify|verifying|validate|validating|verification of|validation of) [the|your] [envelope] (sender|return-path|from-address|reply-address)', '550 Could not verify the sender: no such user'],
];
