/** Separates the kept start and end of a long text, so that no wording matches across the gap. */
export const BREAK = '\n\0\n';

/** One reply of a text: its start and end, and the codes at its start. */
export interface Part {
  start: number;
  end: number;
  code: string;
  status: string;
}

/** At most so many replies are split off. Everything before them counts as one reply. */
const MAX_REPLIES = 10;
/** How far back a line is searched. */
const MAX_LINE_LENGTH = 300;
const LATER_CODE = /\s[245]\d\d[ -]/;
const CODES_AT_START = /(?:^|(\s))([245]\d\d)[ -]\s*(?:#?([245]\.\d{1,3}\.\d{1,3}))?/g;

/**
 * Splits a text into replies: servers and gateways list several attempts, or the whole dialogue after
 * the recipient was refused. Another code begins another reply, while one reply can repeat its code on
 * each line. A quoted reply about the sender belongs to the reply that quotes it: "Sender address
 * rejected: undeliverable address: host said: 550 5.1.1 No such user".
 */
export function splitReplies(text: string): Part[] {
  const parts: Part[] = [];
  let last: Part = { start: 0, end: text.length, code: '', status: '' };
  if (!LATER_CODE.test(text)) return [last];
  for (const match of text.matchAll(CODES_AT_START)) {
    const [, blank = '', code = '', status = ''] = match;
    const another = last.code !== '' && code !== last.code && (status || blank === '\n');
    const differs = another || (status && last.status && status !== last.status);
    if (differs && !quotedOfSender(text, match.index)) {
      parts.push({ ...last, end: match.index });
      last = { start: match.index, end: text.length, code, status };
    }
    last.code ||= code;
    last.status ||= status;
  }
  const all = [...parts, last];
  const some = all.slice(-MAX_REPLIES);
  return all.length > MAX_REPLIES && some[0] ? [{ ...some[0], start: 0 }, ...some.slice(1)] : some;
}

/** Tells whether the same line, before a colon, is about the sender. */
function quotedOfSender(text: string, end: number): boolean {
  if (text[end - 1] !== ':') return false;
  const line =
    text
      .slice(Math.max(0, end - MAX_LINE_LENGTH), end)
      .split('\n')
      .at(-1) ?? '';
  return /\bsender|mail from|return.path|call-?(?:back|out)/i.test(line);
}
