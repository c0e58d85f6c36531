import { WORDS } from './words.js';

/** A line of a rule: words, a reply that has them, and the server that sends it. */
export type Wording = readonly [words: string, example: string, server?: string];

/** Up to four words of the same sentence. */
export const GAP = '...';

/** A word, a gap, or a choice. A word can end with `*`, and `<ip>` is a word too. */
export type Item = string | { any: Sequence[]; optional: boolean };
export type Sequence = Item[];

/** Names in a wording that mean a kind of text instead of a list of words. */
const KINDS = new Set(['<ip>', '<number>', '<address>']);
const TOKENS = /\.\.\.|<[a-z]+>|[()[\]| *-]|[a-z0-9\u0080-\uffff]+|./gs;
const END_OF_ITEM = new Set([undefined, ' ', '|', ')', ']']);
/** Chinese and Japanese write no blanks: each of their characters is a word. */
const CHARACTERS = /[\u3040-\u30ff\u3400-\u9fff]|[^\u3040-\u30ff\u3400-\u9fff]+/g;

/**
 * Parses the words of a wording. They are in lower case, as in replies, with these signs:
 *
 * - `[is]` is optional, `(full|closed)` is one of these; both also within a word: `message[s]`;
 * - `...` is a gap of up to four words of the same sentence;
 * - `*` is any ending of a word: `exceed*`;
 * - `-` is a hyphen, a blank or nothing: `mail-box`;
 * - `é` is also `e`, or what a wrong charset made of it; `not` is also `n't`;
 * - `<recipient>` is any word of that list in `words.ts`; `<number>`, `<ip>`, `<address>` are those.
 *
 * @throws SyntaxError if the wording is not in this notation
 */
export function parseWording(wording: string): Sequence {
  const tokens: string[] = wording.match(TOKENS) ?? [];
  let at = 0;
  const sequence = readSequence();
  if (at < tokens.length) refuse(`${tokens[at]} is unexpected`);
  return sequence;

  function refuse(reason: string): never {
    throw new SyntaxError(`${reason} in the wording "${wording}"`);
  }

  function next(token: string): boolean {
    if (tokens[at] !== token) return false;
    at++;
    return true;
  }

  /** Reads items up to the end, or to a `|`, `)` or `]`. */
  function readSequence(): Sequence {
    const items = [readItem()];
    while (next(' ')) items.push(readItem());
    const isWord = (item: Item | undefined) => item !== GAP && !Object(item).optional;
    if (!isWord(items[0]) || !isWord(items.at(-1))) refuse('No word stands at an end');
    return items;
  }

  function readItem(): Item {
    if (next(GAP)) return GAP;
    const parts: { any: Sequence[]; optional: boolean }[] = [];
    while (!END_OF_ITEM.has(tokens[at])) parts.push(readPart());
    const [part] = parts;
    if (!part) return refuse('A word is missing');
    const [word] = part.any[0] ?? [];
    if (parts.length === 1) {
      const isWord = part.any.length === 1 && part.any[0]?.length === 1 && !part.optional;
      return isWord && typeof word === 'string' ? word : part;
    }
    const any = parts.map(({ any, optional }) => (optional ? [...any, ['']] : any)).reduce(join);
    return { any, optional: false };
  }

  function readPart(): { any: Sequence[]; optional: boolean } {
    if (next('(')) return { any: readChoice(')'), optional: false };
    if (next('[')) return { any: readChoice(']'), optional: true };
    const token = tokens[at++] ?? '';
    return { any: readToken(token), optional: false };
  }

  function readToken(token: string): Sequence[] {
    if (token === '-') return [[''], ['', '']];
    if (token === '*' || KINDS.has(token)) return [[token]];
    if (token.startsWith('<')) {
      const [list] = parseWording(listOf(token.slice(1, -1)) ?? refuse(`${token} is unknown`));
      return Object(list).any;
    }
    if (!/[a-z0-9\u0080-\uffff]/.test(token)) refuse(`${token} is unknown`);
    return [token.match(CHARACTERS) ?? []];
  }

  function readChoice(end: string): Sequence[] {
    const all = [readSequence()];
    while (next('|')) all.push(readSequence());
    if (!next(end)) refuse(`${end} is missing`);
    return all;
  }

  /** Joins parts of one word. A part that holds a blank makes two words of it. */
  function join(starts: Sequence[], ends: Sequence[]): Sequence[] {
    return starts.flatMap((start) =>
      ends.map((end) => {
        const [last, first] = [start.at(-1), end[0]];
        if (typeof last !== 'string' || typeof first !== 'string' || last.endsWith('*')) {
          return refuse('Only words can be joined');
        }
        return [...start.slice(0, -1), last + first, ...end.slice(1)];
      }),
    );
  }
}

function listOf(name: string): string | undefined {
  return Object.hasOwn(WORDS, name) ? WORDS[name] : undefined;
}
