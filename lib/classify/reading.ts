const NAME = String.raw`[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}`;
const CODES = String.raw`(?:[245]\d\d[ -])?\s*(?:#?[245]\.\d{1,3}\.\d{1,3}[ :])?`;

/** A part of replies that is not read as it stands. */
interface Part {
  /** No text without it has such a part, and to look for it is quicker; empty where none is. */
  sign: string;
  pattern: RegExp;
  readAs: (sent: string, group?: string) => string;
}

/** What is not read as it stands, one after the other, and why. */
const PARTS: readonly Part[] = [
  // Addresses are anyone's choice: <mailbox.full@example.com>.
  {
    sign: '@',
    pattern: /<[^\s<>@]{1,64}@[^\s<>]{1,255}>|(?<![^\s:=<("'[])[\w.+=-]{1,64}@[\w.-]{0,254}\w/g,
    readAs: () => '@',
  },
  // The pages that replies point at are for every error: /help?topic=spam. Their host remains.
  {
    sign: '://',
    pattern: /https?:\/\/([^\s<>/?#]{1,255})[^\s<>]{0,2000}/g,
    readAs: (_, host = '') => host,
  },
  // The names of relays are the receiver's choice, and tell of its filters: spam-gateway.example.com.
  {
    sign: '',
    pattern: new RegExp(String.raw`\b(host|to|with) ${NAME}(?: ?\[[\d.]{7,15}\])?`, 'g'),
    readAs: (_, word = '') => `${word} @`,
  },
  {
    sign: '[',
    pattern: new RegExp(String.raw`(?<![\w.-])${NAME}(?= ?\[\d{1,3}\.)`, 'g'),
    readAs: () => '@',
  },
  { sign: 'relay host', pattern: /\brelay host\b/g, readAs: () => '@' },
  // Doesn't, cannot, user's.
  { sign: "n't", pattern: /n't\b/g, readAs: () => ' not' },
  { sign: 'cannot', pattern: /cannot\b/g, readAs: () => 'can not' },
  { sign: "'s", pattern: /'s\b/g, readAs: () => '' },
  // These follow from an earlier reply, or from nothing.
  {
    sign: 'temporarily suspended',
    pattern: /delivery temporarily suspended/g,
    readAs: () => ' ',
  },
  { sign: 'all rcpt', pattern: /all rcpt commands were rejected/g, readAs: () => ' ' },
  { sign: 'no valid', pattern: /no valid recipients/g, readAs: () => ' ' },
  // Lines end, and begin with their codes, in the middle of sentences.
  {
    sign: '',
    pattern: new RegExp(String.raw`(?:[^\S ]|_| (?=[\s_#245]))[\s_]*${CODES}`, 'g'),
    readAs: () => ' ',
  },
];

const PARTS_OF_ALL = PARTS.filter(({ sign }) => sign === '');
const ANY_SIGN = new RegExp(
  PARTS.filter(({ sign }) => sign !== '')
    .map(({ sign }) => sign.replace('[', '\\['))
    .join('|'),
);

/** The parts that a text may have: most have no sign, and one look is quicker than ten. */
function partsOf(text: string): readonly Part[] {
  return ANY_SIGN.test(text) ? PARTS.filter(({ sign }) => text.includes(sign)) : PARTS_OF_ALL;
}

/** A reply as the wordings are looked for in it: in lower case, and one blank between words. */
export function read(reply: string): string {
  let text = toPlain(reply);
  for (const { pattern, readAs } of partsOf(text)) text = text.replace(pattern, readAs);
  return text;
}

/** The words of a reply, as they were sent, that stand between two places of it as read. */
export function wordsAsSent(reply: string, start: number, end: number): string {
  let text = toPlain(reply);
  const passes = partsOf(text).map(({ pattern, readAs }) => {
    const changes: Change[] = [];
    text = text.replace(pattern, (sent: string, ...rest) => {
      const words = readAs(sent, rest[0]);
      const at = Number(rest.find((value) => typeof value === 'number'));
      changes.push({ at, sent: sent.length, read: words.length });
      return words;
    });
    return changes;
  });
  const places = passes.reduceRight((place, changes) => before(place, changes), { start, end });
  return reply.slice(places.start, places.end);
}

interface Change {
  at: number;
  sent: number;
  read: number;
}

/** Where two places of a text were before it was changed; a change that they cut counts as whole. */
function before(places: { start: number; end: number }, changes: readonly Change[]) {
  let { start, end } = places;
  for (const { at, sent, read } of changes) {
    const grown = sent - read;
    if (start >= at + read) start += grown;
    else if (start > at) start = at;
    if (end > at) end = Math.max(end, at + read) + grown;
  }
  return { start, end };
}

/**
 * In lower case and with straight apostrophes, at the same length: only the Turkish capital I with
 * a dot would grow.
 */
function toPlain(text: string): string {
  const straight = text.replaceAll('’', "'");
  const lower = straight.toLowerCase();
  return lower.length === text.length ? lower : straight.replaceAll('İ', 'i').toLowerCase();
}
