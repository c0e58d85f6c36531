import { WORDS } from './words.js';

// A blank in a wording: anything between two words of one sentence.
export const BLANK = String.raw`[ :;,"'()[\]<>=/*|-]+`;
// Up to four words, none of which ends a sentence. Bounded in length, which bounds the time.
export const GAP = String.raw`[:;,"')\]>]*(?: [^ \0]{0,60}[^ \0.!?:;]){0,4}?`;
const ENDING = String.raw`[a-z\u0080-\uffff]{0,20}`;
const NOT_ASCII = String.raw`[^\0-\x7f]{1,2}`;
const END = '(?![a-z0-9])';

/** Names in a wording that mean a kind of text instead of a list of words. */
const KINDS: Readonly<Record<string, string[]>> = {
  ip: [String.raw`(?:\d{1,3}(?:\.\d{1,3}){3}|[0-9a-f]{1,4}(?::[0-9a-f]{0,4}){2,7})`],
  number: [String.raw`\d{1,10}`],
  address: ['@'],
};
/** Letters with an accent that Unicode does not decompose. */
const BASES: Readonly<Record<string, string>> = { ł: 'l', ß: 's', ø: 'o', æ: 'a' };

const END_OF_WORD = new Set([undefined, ' ', '|', ')', ']']);

/** One word of a wording, as alternative sources of regular expressions. */
interface Word {
  any: string[];
  kind: 'word' | 'optional' | 'gap';
}

/** A wording as sources of regular expressions: any of `first`, then `rest`. */
export interface Sources {
  first: string[];
  rest: string;
}

/** @throws SyntaxError if the wording is not in the notation */
export function toSources(wording: string): Sources {
  const tokens: string[] = wording.match(/\.\.\.|<[a-z]+>|[a-z0-9]+|./gsu) ?? [];
  let at = 0;
  if (/(?<!\S)\[[^\]]+\] \.\.\./.test(wording)) refuse('Optional words stand before a gap');
  const sources = readWords();
  if (at < tokens.length) refuse(`${tokens[at]} is unexpected`);
  return { ...sources, rest: sources.rest + END };

  function refuse(reason: string): never {
    throw new SyntaxError(`${reason} in the wording "${wording}"`);
  }

  function next(token: string): boolean {
    if (tokens[at] !== token) return false;
    at++;
    return true;
  }

  /** Reads words up to the end, or to a `|`, `)` or `]`. */
  function readWords(): Sources {
    const first = readWord();
    let last = first;
    let rest = '';
    while (next(' ')) {
      // The blank after optional words belongs to them.
      const blank = last.kind === 'optional' ? '' : BLANK;
      last = readWord();
      if (last.kind === 'gap') rest += GAP;
      else if (last.kind === 'word') rest += blank + either(last.any);
      else rest += `${blank}(?:${either(last.any)}${BLANK})?`;
    }
    if (first.kind !== 'word' || last.kind !== 'word') refuse('No word stands at an end');
    return { first: first.any, rest };
  }

  function readWord(): Word {
    if (next('...')) return { any: [], kind: 'gap' };
    const optional = tokens[at] === '[';
    const parts: string[][] = [];
    while (!END_OF_WORD.has(tokens[at])) parts.push(...readParts());
    const [any] = parts;
    if (!any) return refuse('A word is missing');
    if (parts.length === 1) return { any, kind: 'word' };
    if (parts.length === 2 && optional) return { any, kind: 'optional' };
    const [first = '', ...rest] = parts.map((part, i) => either(part, parts[i + 1]?.[0] === '?'));
    const ending = rest.join('');
    return {
      any: ending.startsWith('?') ? [first + ending] : any.map((part) => part + ending),
      kind: 'word',
    };
  }

  function readParts(): string[][] {
    if (next('(')) return [readAlternatives(')')];
    if (next('[')) return [readAlternatives(']'), ['?']];
    const token = tokens[at++] ?? '';
    return [toSource(token) ?? refuse(`${token} is unknown`)];
  }

  function readAlternatives(end: string): string[] {
    const all: string[] = [];
    do {
      const { first, rest } = readWords();
      all.push(...first.map((source) => source + rest));
    } while (next('|'));
    if (!next(end)) refuse(`${end} is missing`);
    return all;
  }
}

function either(sources: readonly string[], always = false): string {
  return sources.length > 1 || always ? `(?:${sources.join('|')})` : (sources[0] ?? '');
}

function toSource(token: string): string[] | undefined {
  if (token === '...') return undefined;
  if (token === '*') return [ENDING];
  if (token === '-') return ['[- ]?'];
  if (token.length > 2 && token.startsWith('<')) {
    const name = token.slice(1, -1);
    return KINDS[name] ?? listOf(name);
  }
  if (/^[a-z0-9]/.test(token)) return [token];
  if (token <= '\x7f') return [token.replace(/[\\^$.+?{}]/, '\\$&')];
  const [base = token, ...accents] = token.normalize('NFD');
  const plain = accents.length > 0 && /[a-z]/.test(base) ? base : BASES[token];
  // A letter with an accent may have lost it, or be what another charset made of it.
  return plain ? [`${plain}[es]?`, NOT_ASCII] : [token];
}

const lists = new Map<string, string[]>();

/** Parses a list of words at its first use. */
function listOf(name: string): string[] | undefined {
  const list = lists.get(name) ?? (WORDS[name] && toSources(WORDS[name]).first);
  if (list) lists.set(name, list);
  return list || undefined;
}
