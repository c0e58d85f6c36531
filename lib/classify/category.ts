/**
 * Why a delivery failed, in terms of what the sender can do about it.
 *
 * - `invalid-address`: the mailbox or its domain does not exist, has moved, or takes no mail.
 * - `mailbox-unavailable`: the mailbox exists, but is full, disabled or suspended.
 * - `reputation`: the sender, its IP address, its DNS or its authentication was refused.
 * - `content`: the message itself was refused: spam, virus, size, form, policy.
 * - `frequency`: too many messages, recipients or connections.
 * - `technical`: network, time-out, loop, or a fault of the receiving system.
 * - `unclassified`: the report does not say.
 *
 * @example const worthRetrying: FailureCategory[] = ['mailbox-unavailable', 'technical'];
 */
export type FailureCategory =
  | 'invalid-address'
  | 'mailbox-unavailable'
  | 'reputation'
  | 'content'
  | 'frequency'
  | 'technical'
  | 'unclassified';
