// Plain words for the terms of the protocol. The page shows both.

/** @import { Category, Severity } from './types.js' */

/** @type {Record<Severity, string>} */
export const SEVERITIES = {
  permanent: 'Will not arrive',
  temporary: 'May come later',
  unknown: 'Not stated',
};

/** @type {Record<Category, string>} */
export const CATEGORIES = {
  'invalid-address': 'No such address',
  'mailbox-unavailable': 'Mailbox full or closed',
  reputation: 'Sender refused',
  content: 'Message refused',
  frequency: 'Too many at once',
  technical: 'Technical fault',
  unclassified: 'Cause not stated',
};

/** Advice about a failure. @type {Record<Category, string>} */
export const ADVICE = {
  'invalid-address':
    'Do not mail this address again. If it belongs to a customer, ask for the right address in another way, and check it for a typing error.',
  'mailbox-unavailable':
    'The person may exist, but the mailbox is full, disabled or suspended. Mail again in some days. If it fails for weeks, take the address out of the mailings.',
  reputation:
    'The address is not at fault: the receiver does not trust the sender. Check SPF, DKIM and DMARC of the sending domain, check block lists, and ask Copernica. The address can be mailed again once that is solved.',
  content:
    'The address is not at fault: the receiver refused this message. Check its text, links, attachments and size before you send it again.',
  frequency:
    'The address is not at fault: too much was sent too fast. Copernica tries again by itself. If it goes on, spread the mailing over more time.',
  technical:
    'Nothing to do at first: a network or a server had a fault. If one domain fails for days, its mail server may be gone.',
  unclassified:
    'The report does not say why. Read the text of the reply. The history of the address may say more.',
};

/** The step at which the delivery failed. @type {Record<string, string>} */
const STATES = {
  bounce: 'accepted first, returned later',
  process: 'before it was sent',
  suppression: 'held back by a suppression list',
  storage: 'before it was sent: storing it',
  responsive: 'before it was sent: laying it out',
  personalize: 'before it was sent: personalizing it',
  rewrite: 'before it was sent: rewriting it',
  dns: 'looking up the receiving domain',
  bind: 'before connecting',
  connect: 'connecting to the mail server',
  handshake: 'agreeing on encryption',
  intro: 'waiting for the mail server to greet',
  ehlo: 'greeting the mail server',
  helo: 'greeting the mail server',
  starttls: 'asking for encryption',
  mailfrom: 'naming the sender',
  rcptto: 'naming the recipient',
  'rcpt to': 'naming the recipient',
  data: 'announcing the message',
  message: 'handing over the message',
  accept: 'waiting for the message to be accepted',
  idle: 'waiting between two messages',
  unknown: 'step not stated',
};

/** @param {string} state */
export function stateLabel(state) {
  return state.startsWith('auth') ? 'logging in at the mail server' : labelFor(STATES, state);
}

/**
 * The words for a term, which can be any text; an empty text if the term is unknown.
 *
 * @param {Record<string, string>} labels
 * @param {string} term
 */
export function labelFor(labels, term) {
  return Object.hasOwn(labels, term) ? (labels[term] ?? '') : '';
}

/** The field that decided the category. @type {Record<string, string>} */
export const FIELDS = {
  description: 'the text of the reply',
  extended: 'the enhanced status code',
  code: 'the reply code',
  state: 'the step at which it failed',
};

/** @type {Record<string, string>} */
export const PERIODS = {
  hour: 'last hour',
  day: 'last 24 hours',
  month: 'last 30 days',
  year: 'last year',
};

/** The name of each filter, and how a text field matches. */
export const FILTER_LABELS = {
  recipient: {
    name: 'Part of an address',
    hint: 'at least three letters or digits',
  },
  exactly: { name: 'Whole address', hint: 'with its capitals' },
  id: { name: 'Message', hint: 'its whole identifier' },
  domain: { name: 'Domain', hint: 'the whole domain' },
  tag: { name: 'Tag', hint: 'the whole tag, with its capitals' },
  state: { name: 'Step' },
  severity: { name: 'Severity' },
  category: { name: 'Why' },
  from: { name: 'From' },
  to: { name: 'Until' },
};
