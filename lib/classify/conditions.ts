/** One reply. */
interface Reply {
  /** Normalised by `normalize.ts`. */
  text: string;
  /** The enhanced status code, else the reply code, else empty. */
  status: string;
  state: string;
}

/** Tells whether the wordings of a rule count in a reply. */
export type Condition = (reply: Reply) => boolean;

/** RFC 3463: X.3.1 is about the receiving system, even in the words for mailboxes. */
export const isSystemStatus: Condition = ({ status }) => /^[45]\.3\.1$/.test(status);

/** After a temporary failure, DNS is asked again, and the domain may come back. */
export const isTemporary: Condition = ({ status }) => status.startsWith('4');

export const isPermanent: Condition = ({ status }) => status.startsWith('5');

const STATES_BEFORE = /^(?:helo|ehlo|mailfrom)$/;
const WORDS_BEFORE =
  /\b(?:helo|ehlo|after (?:sending |the |envelope )?mail from|reply to mail from)\b/;

/** A reply to an earlier step than RCPT TO cannot be about the recipient. */
export const isBeforeRecipient: Condition = ({ text, state }) =>
  STATES_BEFORE.test(state) || WORDS_BEFORE.test(text);

/** RFC 3463: X.1.7 and X.1.8 are about the sender's address. */
export const isAboutSender: Condition = (reply) =>
  /^[45]\.1\.[78]$/.test(reply.status) || isBeforeRecipient(reply);

/** Servers also use RFC 5321's words for unknown mailboxes if their policy refuses a mail. */
export const isNotPolicy: Condition = ({ text, status }) =>
  /^5(?!\.7)/.test(status) && !/polic|sender|spam|block/.test(text);

/** RFC 3463: 5.1.X is about an address. By now, it is not the sender's. */
export const isAddressStatus: Condition = ({ status }) => status.startsWith('5.1');

/**
 * RFC 3463: X.3.1 to X.3.5, 4.3.X and 4.4.0 to 4.4.6 are about the receiving system and its network
 * ("user database not found"), X.6.X about the message ("unknown address in the header").
 */
const OF_SOMETHING_ELSE = /^(?:[45]\.(?:3\.[1-5]|6\.\d+)|4\.(?:3\.\d+|4\.[0-6]))$/;

/** A missing thing can also be a part of the system or of the message. */
const SOMETHING_ELSE =
  /\b(?:driver|spool|sql error|book server|attachments?|body|in (?:the )?(?:header|from|to|cc)\b|unknown (?:status|error|reason|reply)\b)/;

/** The recipient is unknown, unless the status or the text names something else. */
export const mayBeRecipient: Condition = ({ text, status }) =>
  !OF_SOMETHING_ELSE.test(status) && !SOMETHING_ELSE.test(text);

/** The missing domain may be the sender's. "Returned to sender" is not about the sender's domain. */
export const namesTheSender: Condition = ({ text }) =>
  /sender(?<!to (?:the )?sender)|mail from|helo|ehlo|return.path|reverse|\bptr\b/.test(text);

/** Some servers also call the recipient's server before they accept a message. */
export const isNotRecipientCallout: Condition = ({ text }) =>
  !/call-?(?:out|back) [a-z ]{0,40}recipient/.test(text);

/** Matches if only an optional bracketed remark follows: the server gave no reason. */
export const NO_REASON = /^[^a-z0-9]*(?:$|\()/;
