/** One reply. */
export interface Reply {
  /** Normalised by `normalize.ts`. */
  text: string;
  /** The enhanced status code, else the reply code, else the start of the text. */
  status: string;
  state: string;
}

/** Tells whether the wordings of a rule count in a reply. */
export type Condition = (reply: Reply) => boolean;

/** RFC 3463: X.3.1 is about the receiving system, even in the words for mailboxes. */
export const isSystemStatus: Condition = ({ status }) => /^[45]\.3\.1$/.test(status);

/** After a temporary failure, DNS is asked again, and the domain may come back. */
export const isTemporary: Condition = ({ status }) => status.startsWith('4');

/** Also without a status, as the own mail server reports what it found itself. */
export const isLasting: Condition = ({ status }) => !status.startsWith('4');

export const isPermanent: Condition = ({ status }) => status.startsWith('5');

const STATES_BEFORE = /^(?:helo|ehlo|auth|mailfrom)$/;
const WORDS_BEFORE =
  /\b(?:helo|ehlo|after (?:sending |the |envelope )?mail from|reply to mail from|to talk to me)\b/;

/** A reply to an earlier step than RCPT TO cannot be about the recipient. */
export const isBeforeRecipient: Condition = ({ text, state }) =>
  STATES_BEFORE.test(state) || WORDS_BEFORE.test(text);

const STATES_AFTER = /^(?:data|message)$/;
const WORDS_AFTER =
  /\b(?:end of data|data command|text command|after (?:i sent )?(?:the )?(?:data|message))\b/;

/** Before DATA is answered, a server has not yet accepted the recipient. */
const isBeforeData: Condition = ({ text, state }) =>
  !STATES_AFTER.test(state) && !WORDS_AFTER.test(text);

/** RFC 3463: X.1.7, X.1.8 and X.7.8 are about the sender, as is 535 of RFC 4954. */
export const isAboutSender: Condition = (reply) =>
  /^(?:[45]\.(?:1\.[78]|7\.8)|535)$/.test(reply.status) || isBeforeRecipient(reply);

const namesNoOtherReason: Condition = (reply) =>
  isBeforeData(reply) &&
  !/sender|mail from|polic|spam|block|quota|attachment|maintenance|temporar|\bor\b/.test(
    reply.text,
  );

/** RFC 5321 has these words for unknown mailboxes. RFC 3463: 5.2.X is about known ones, 5.7.X not. */
export const isRefusedMailbox: Condition = (reply) =>
  /^5(?:\d\d|\.[0156]\.)/.test(reply.status) && namesNoOtherReason(reply);

/** A refusal without a reason, with a status for addresses. */
export const isRefusedRecipient: Condition = (reply) =>
  /^5\.[01]\./.test(reply.status) && namesNoOtherReason(reply);

/** RFC 3463: 5.1.X is about an address. By now, it is not the sender's. */
export const isRefusedAddress: Condition = (reply) =>
  reply.status.startsWith('5.1') && namesNoOtherReason(reply);

/** Servers also give 5.1.1 for mailboxes that they do not deliver to, whatever the reason. */
export const isMailboxStatus: Condition = ({ status }) => /^[45]\.(?:1\.1|2\.\d)$/.test(status);

/**
 * RFC 3463: X.3.1 to X.3.5, 4.3.X and 4.4.0 to 4.4.6 are about the receiving system and its network
 * ("user database not found"), X.6.X about the message ("unknown address in the header").
 */
const OF_SOMETHING_ELSE = /^(?:[45]\.(?:3\.[1-5]|6\.\d+)|4\.(?:3\.\d+|4\.[0-6]))$/;

export const isRecipientStatus: Condition = ({ status }) => !OF_SOMETHING_ELSE.test(status);

export const isMessageStatus: Condition = ({ status }) => /^[45]\.6\.\d+$/.test(status);

/** RFC 3463: X.7.X is about security. After DATA, the recipient had been accepted. */
export const isSenderDomain: Condition = (reply) =>
  /^[45]\.7\./.test(reply.status) || !isBeforeData(reply);

/** RFC 3463: X.4.1 is about a host. Exchange Online gives it if the directory lacks the recipient. */
export const isDirectoryStatus: Condition = ({ status }) => /^[45]\.4\.1$/.test(status);

/** RFC 3463: X.1.1 to X.1.3, X.1.10 and X.4.4 are about the recipient's address or its domain. */
const OF_RECIPIENT = /^5\.(?:1\.(?:[1-3]|10)|4\.(?:4|310))$/;

/**
 * The reply does not say whose domain is missing. Without a code, or with 5.0.0, the own mail server
 * has found it, so it is the recipient's.
 */
export const isUnattributedDomain: Condition = ({ text, status, state }) =>
  isPermanent({ text, status, state }) &&
  state !== 'dns' &&
  !OF_RECIPIENT.test(status) &&
  status !== '5.0.0' &&
  (!/@|recipient|destination|rcpt/.test(text) || /^5\.[17]/.test(status));

const MOST_WORDS = 8;

/** A status alone counts for little beside a longer text whose words are unknown. */
export const isShortBeforeData: Condition = (reply) =>
  isBeforeData(reply) && (reply.text.match(/[^\s\d.,:;@-]{2,}/g) ?? []).length <= MOST_WORDS;

/** Matches if only an optional bracketed remark follows: the server gave no reason. */
export const NO_REASON = /^[^a-z0-9]*(?:$|\()/;
