// The notation is explained where Wording is.
import type { Wording } from '../rule.js';

// biome-ignore format: one wording a line
/** A quota of messages over a time, not of the space of a mailbox. */
export const sendingQuota: readonly Wording[] = [
  ['(relay|sending|message|hourly|daily|monthly|rate) quota', '454 Throttling failure: Daily message quota exceeded', 'Amazon SES'],
  ['(sending|hourly|daily|send|submission|receiving|messages) [relay|message|sending] limit*', '550 5.4.5 Daily user sending limit exceeded', 'Gmail'],
];
