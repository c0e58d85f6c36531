import type { FailureCategory } from 'copernica-failures';

export const CATEGORIES = Object.keys({
  'invalid-address': 0,
  'mailbox-unavailable': 0,
  reputation: 0,
  content: 0,
  frequency: 0,
  technical: 0,
  unclassified: 0,
} satisfies Record<FailureCategory, 0>);

/** The reasons that the desk itself gives for a suppression. A person's reason is a `note` beside it. */
export const OWN_REASONS = [...CATEGORIES, 'by hand', 'import'];
