const NAME = String.raw`[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}`;
const LEADING_CODES = String.raw`(?:[245]\d\d[ -])?\s*(?:#?[245]\.\d{1,3}\.\d{1,3}[ :])?`;

/** Replaces a part of replies before the wordings are searched. */
interface Replacement {
  /** Text that every such part contains, to skip most parts quickly; empty if there is none. */
  sign: string;
  pattern: RegExp;
  readAs: (sent: string, group?: string) => string;
}

/** The replacements, in order. */
const REPLACEMENTS: readonly Replacement[] = [
  // Addresses can contain any words: <mailbox.full@example.com>.
  {
    sign: '@',
    pattern: /<[^\s<>@]{1,64}@[^\s<>]{1,255}>|(?<![^\s:=<("'[])[\w.+=-]{1,64}@[\w.-]{0,254}\w/g,
    readAs: () => '@',
  },
  // Linked help pages are about every error: /help?topic=spam. Only their host remains.
  {
    sign: '://',
    pattern: /https?:\/\/([^\s<>/?#]{1,255})[^\s<>]{0,2000}/g,
    readAs: (_, host = '') => host,
  },
  // Names of relays can contain any words: spam-gateway.example.com.
  {
    sign: '',
    pattern: new RegExp(String.raw`\b(host|to|with) ${NAME}(?: ?\[[\d.]{7,15}\])?`, 'g'),
    readAs: (_, word = '') => `${word} ~`,
  },
  {
    sign: '[',
    pattern: new RegExp(String.raw`(?<![\w.-])${NAME}(?= ?\[\d{1,3}\.)`, 'g'),
    readAs: () => '~',
  },
  { sign: 'relay host', pattern: /\brelay host\b/g, readAs: () => '~' },
  // Doesn't, cannot, user's.
  { sign: "n't", pattern: /n't\b/g, readAs: () => ' not' },
  { sign: 'cannot', pattern: /cannot\b/g, readAs: () => 'can not' },
  { sign: "'s", pattern: /'s\b/g, readAs: () => '' },
  // Exchange: RESOLVER.RST.NotAuthorized.
  { sign: 'resolver.', pattern: /resolver\.rst\./g, readAs: () => 'resolver rst ' },
  // Postfix, of any reply before MAIL FROM
  { sign: 'to talk', pattern: /refused to talk to me/g, readAs: () => 'to talk to me' },
  // These words only follow from an earlier reply.
  {
    sign: 'temporarily suspended',
    pattern: /delivery temporarily suspended/g,
    readAs: () => ' ',
  },
  { sign: 'all rcpt', pattern: /all rcpt commands were rejected/g, readAs: () => ' ' },
  { sign: 'no valid', pattern: /no valid recipients/g, readAs: () => ' ' },
  // Line breaks, and codes after them, can occur within a sentence.
  {
    sign: '',
    pattern: new RegExp(String.raw`(?:[^\S ]|_| (?=[\s_#245]))[\s_]*${LEADING_CODES}`, 'g'),
    readAs: () => ' ',
  },
];

const NOT_ASCII = /[^\0-\x7f]/;
const REPLACEMENTS_OF_ALL = REPLACEMENTS.filter(({ sign }) => sign === '');
const ANY_SIGN = new RegExp(
  REPLACEMENTS.filter(({ sign }) => sign !== '')
    .map(({ sign }) => sign.replace('[', '\\['))
    .join('|'),
);

/** Skips parts whose sign is not in the text: one search is quicker than ten. */
function replacementsFor(text: string): readonly Replacement[] {
  return ANY_SIGN.test(text)
    ? REPLACEMENTS.filter(({ sign }) => text.includes(sign))
    : REPLACEMENTS_OF_ALL;
}

/** Normalises a reply for the search: lower case, one blank between words. */
export function normalize(reply: string): string {
  let text = toPlain(reply);
  for (const { pattern, readAs } of replacementsFor(text)) text = text.replace(pattern, readAs);
  return text;
}

/** A part of a text. */
export interface Range {
  start: number;
  end: number;
}

/** Maps a range of the normalised reply back to the reply as sent. */
export function rangeAsSent(reply: string, { start, end }: Range): Range {
  let text = toPlain(reply);
  const passes = replacementsFor(text).map(({ pattern, readAs }) => {
    const changes: Change[] = [];
    text = text.replace(pattern, (sent: string, ...rest) => {
      const words = readAs(sent, rest[0]);
      const at = Number(rest.find((value) => typeof value === 'number'));
      changes.push({ at, sent: sent.length, read: words.length });
      return words;
    });
    return changes;
  });
  return passes.reduceRight((range, changes) => before(range, changes), { start, end });
}

interface Change {
  at: number;
  sent: number;
  read: number;
}

/** Undoes one pass of replacements for a range. A replacement that the range cuts counts as whole. */
function before(range: Range, changes: readonly Change[]): Range {
  let { start, end } = range;
  for (const { at, sent, read } of changes) {
    const grown = sent - read;
    if (start >= at + read) start += grown;
    else if (start > at) start = at;
    if (end > at) end = Math.max(end, at + read) + grown;
  }
  return { start, end };
}

/** Lower case and straight apostrophes, without changing the length, as the Turkish capital İ would. */
function toPlain(text: string): string {
  if (!NOT_ASCII.test(text)) return text.toLowerCase();
  const straight = text.replaceAll('’', "'").replaceAll('ё', 'е').replaceAll('Ё', 'Е');
  const lower = straight.toLowerCase();
  return lower.length === text.length ? lower : straight.replaceAll('İ', 'i').toLowerCase();
}
