/** Stands between the ends of a long text, so that no wording reaches from one to the other. */
export const BREAK = '\n\0\n';

/** One reply of a text: where it begins and ends, and the codes that begin it. */
export interface Part {
  start: number;
  end: number;
  code: string;
  status: string;
}

/** No more replies of a text are told apart; what stands before them is taken for one. */
const REPLIES = 10;
/** How far back a line is read. */
const LINE = 300;
const LATER_CODE = /\s[245]\d\d[ -]/;
const CODES = /(?:^|(\s))([245]\d\d)[ -]\s*(?:#?([245]\.\d{1,3}\.\d{1,3}))?/g;

/**
 * The replies that a text holds: servers and gateways list several attempts, or all that was said
 * after the recipient was refused. Another code begins another reply; the same code may stand on
 * each line of one. What was answered to a question about the sender is part of the reply that
 * quotes it: "Sender address rejected: undeliverable address: host said: 550 5.1.1 No such user".
 */
export function splitReplies(text: string): Part[] {
  const parts: Part[] = [];
  let last: Part = { start: 0, end: text.length, code: '', status: '' };
  if (!LATER_CODE.test(text)) return [last];
  for (const match of text.matchAll(CODES)) {
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
  const some = all.slice(-REPLIES);
  return all.length > REPLIES && some[0] ? [{ ...some[0], start: 0 }, ...some.slice(1)] : some;
}

/** Whether what stands on the same line before a colon is about the sender. */
function quotedOfSender(text: string, end: number): boolean {
  if (text[end - 1] !== ':') return false;
  const line =
    text
      .slice(Math.max(0, end - LINE), end)
      .split('\n')
      .at(-1) ?? '';
  return /\bsender|mail from|return.path|call-?(?:back|out)/i.test(line);
}
