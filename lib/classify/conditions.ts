import { toRegExp } from './alternation.js';
import { beforeRecipient } from './wordings/before-recipient.js';

/** What is known of one reply. */
interface Reply {
  /** As read, see `reading.ts`. */
  text: string;
  /** The enhanced status code, else the reply code, else nothing. */
  status: string;
  state: string;
}

/** Whether the wordings of a table count in a reply. */
export type Condition = (reply: Reply) => boolean;

/** RFC 3463: X.3.1 is said of the receiving system, also in words that are said of mailboxes. */
export const ofTheSystem: Condition = ({ status }) => /^[45]\.3\.1$/.test(status);

/** While the failure is temporary, DNS is asked again, and the domain may come back. */
export const temporary: Condition = ({ status }) => status.startsWith('4');

export const permanent: Condition = ({ status }) => status.startsWith('5');

const STEPS_BEFORE = /^(?:helo|ehlo|mailfrom)$/;
let before: RegExp | undefined;

/** Nothing said before the recipient was named can be about it. */
export const beforeTheRecipient: Condition = ({ text, state }) => {
  before ??= toRegExp(beforeRecipient.map(([words]) => words));
  return STEPS_BEFORE.test(state) || before.test(text);
};

/** RFC 3463: X.1.7 and X.1.8 are about the sender's address. */
export const ofTheSender: Condition = (reply) =>
  /^[45]\.1\.[78]$/.test(reply.status) || beforeTheRecipient(reply);

/** RFC 5321 has words for unknown mailboxes that servers also use where policy refuses a mail. */
export const notOfPolicy: Condition = ({ text, status }) =>
  /^5(?!\.7)/.test(status) && !/polic|sender|spam|block/.test(text);

/** RFC 3463: 5.1.X is about an address, and what is about the sender's has been found by now. */
export const ofAnAddress: Condition = ({ status }) => status.startsWith('5.1');

/**
 * RFC 3463: X.3.1 to X.3.5, 4.3.X and 4.4.0 to 4.4.6 are said of the receiving system and its
 * network ("user database not found"), X.6.X of the message ("unknown address in the header").
 */
const OF_SOMETHING_ELSE = /^(?:[45]\.(?:3\.[1-5]|6\.\d+)|4\.(?:3\.\d+|4\.[0-6]))$/;

/** What does not exist may also be a part of the system or of the message. */
const SOMETHING_ELSE =
  /\b(?:driver|spool|sql error|book server|attachments?|body|in (?:the )?(?:header|from|to|cc)\b|unknown (?:status|error|reason|reply)\b)/;

/** Unknown is the recipient, unless the status or the text says that something else is. */
export const mayBeOfARecipient: Condition = ({ text, status }) =>
  !OF_SOMETHING_ELSE.test(status) && !SOMETHING_ELSE.test(text);

/**
 * The domain that does not exist may be the sender's. A message that was "returned to sender" says
 * nothing of the sender's domain.
 */
export const namesTheSender: Condition = ({ text }) =>
  /sender(?<!to (?:the )?sender)|mail from|helo|ehlo|return.path|reverse|\bptr\b/.test(text);

/** Some servers ask the recipient's server, too, before they take a message for it. */
export const notOfARecipient: Condition = ({ text }) =>
  !/call-?(?:out|back) [a-z ]{0,40}recipient/.test(text);

/** What follows a wording, up to a remark in brackets, would be the reason, if one was given. */
export const NO_REASON = /^[^a-z0-9]*(?:$|\()/;
