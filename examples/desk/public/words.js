// @ts-check
// The words for people. The term of the protocol stands beside them on the page.

/** @type {Record<string, string>} */
export const SEVERITIES = {
  permanent: 'For good',
  temporary: 'For now',
  unknown: 'Not told',
};

/** @type {Record<string, string>} */
export const CATEGORIES = {
  'invalid-address': 'No such address',
  'mailbox-unavailable': 'Mailbox full or closed',
  reputation: 'Refuses us',
  content: 'Refuses the message',
  frequency: 'Too many at once',
  technical: 'Technical fault',
  unclassified: 'Cause not told',
};

/** What to do about a failure, by category. @type {Record<string, string>} */
export const ADVICE = {
  'invalid-address':
    'Do not mail this address again. If it is a customer, ask for the right address in another way, and look for a slip of the pen in it.',
  'mailbox-unavailable':
    'The person can be there, but the mailbox is full, disabled or suspended. Mail again in some days; if it goes on for weeks, take the address out of the mailings.',
  reputation:
    'The address is not at fault: the receiver does not trust the sender. Look at SPF, DKIM and DMARC of the sending domain and at block lists, and ask Copernica. The address can be mailed again once that is mended.',
  content:
    'The address is not at fault: this message was refused. Look at its text, links, attachments and size before it is sent again.',
  frequency:
    'The address is not at fault: too much was sent too fast. Copernica tries again by itself; if it goes on, spread the mailing over more time.',
  technical:
    'Nothing to do at first: a network or a server had a fault. If one domain goes on failing for days, its mail server may be gone.',
  unclassified:
    'The report does not say why. Read the text of the reply; the history of the address may tell more.',
};

/** Where the delivery stood when it failed, by `state`. @type {Record<string, string>} */
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
  unknown: 'at a step not told',
};

export const KNOWN_STATES = Object.keys(STATES);

/** @param {string} state */
export function stateWords(state) {
  return state.startsWith('auth') ? 'logging in at the mail server' : wordsFor(STATES, state);
}

/**
 * The words for a term, which may be any text; nothing for one that is not known.
 *
 * @param {Record<string, string>} words
 * @param {string} term
 */
export function wordsFor(words, term) {
  return Object.hasOwn(words, term) ? (words[term] ?? '') : '';
}

/** Which part of a report its category was read from, by field. @type {Record<string, string>} */
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

/** How a filter is called, and how it matches. @type {Record<string, [name: string, match: string]>} */
export const MATCHES = {
  recipient: [
    'Recipient',
    'part of the address, three letters or digits at least; capitals or not',
  ],
  exactly: ['Address', 'the whole address'],
  domain: ['Domain', 'the whole domain, capitals or not'],
  tag: ['Tag', 'the whole tag, capitals as written'],
  state: ['Step', 'the whole term, capitals as written'],
  severity: ['Severity', ''],
  category: ['Why', ''],
  from: ['From', ''],
  to: ['Until', ''],
};
