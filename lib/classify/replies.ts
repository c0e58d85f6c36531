/** Stands between the ends of a long text, so that no wording reaches from one to the other. */
export const BREAK = '\n\0\n';

/** One reply of a text: where it begins and ends, and the codes that begin it. */
export interface Part {
  start: number;
  end: number;
  code: string;
  status: string;
}

const LATER_CODE = /\s[245]\d\d[ -]/;
const CODES = /(?:^|(\s))([245]\d\d)[ -]\s*(?:#?([245]\.\d{1,3}\.\d{1,3}))?/g;

/**
 * The replies that a text holds: servers and gateways list several attempts, or all that was said
 * after the recipient was refused. Another code begins another reply; the same code may stand on
 * each line of one.
 */
export function splitReplies(text: string): Part[] {
  const parts: Part[] = [];
  let last: Part = { start: 0, end: text.length, code: '', status: '' };
  if (!LATER_CODE.test(text)) return [last];
  for (const match of text.matchAll(CODES)) {
    const [, blank = '', code = '', status = ''] = match;
    const another = last.code !== '' && code !== last.code && (status || blank === '\n');
    if (another || (status && last.status && status !== last.status)) {
      parts.push({ ...last, end: match.index });
      last = { start: match.index, end: text.length, code, status };
    }
    last.code ||= code;
    last.status ||= status;
  }
  return [...parts, last];
}
