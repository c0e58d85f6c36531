import { BLANK, GAP, toSources } from './notation.js';

// The start of a word: of one that begins with a plain letter or digit, and of any other.
const START_OF_PLAIN = String.raw`\b`;
const START_OF_OTHER = '(?<![a-z0-9])';
const PLAIN = /^(?:\(\?:)?(?:[a-z0-9]|\\d)/;

/** Many wordings as regular expressions. Only texts with other characters than ASCII need `others`. */
export interface Patterns {
  plain: RegExp | undefined;
  others: RegExp | undefined;
}

/** Compiles many wordings to two regular expressions, in which equal beginnings are shared. */
export function toPatterns(wordings: readonly string[]): Patterns {
  const restsOf = new Map<string, string[]>();
  for (const { first, rest } of wordings.map(toSources)) {
    for (const word of first) restsOf.set(word, [...(restsOf.get(word) ?? []), rest]);
  }
  const groups = new Map<string, { first: string[]; rests: string[] }>();
  for (const [word, rests] of restsOf) {
    const key = rests.join('\n');
    groups.set(key, { first: [...(groups.get(key)?.first ?? []), word], rests });
  }
  const starting = (start: string, plain: boolean) => {
    const all = Array.from(groups.values()).flatMap(({ first, rests }) => {
      const some = first.filter((source) => PLAIN.test(source) === plain);
      return some.length > 0 ? [anyOf(some) + anyOf(rests)] : [];
    });
    return all.length > 0 ? new RegExp(start + anyOf(all)) : undefined;
  };
  return { plain: starting(START_OF_PLAIN, true), others: starting(START_OF_OTHER, false) };
}

/** Compiles many wordings to one regular expression. */
export function toRegExp(wordings: readonly string[]): RegExp {
  const { plain, others } = toPatterns(wordings);
  const sources = [plain, others].flatMap((pattern) => pattern?.source ?? []);
  return new RegExp(sources.join('|'));
}

/**
 * Groups alternatives by their common prefix, as in a trie. The engine then scans a shared gap once, and
 * rejects most positions of a text after one or two characters.
 */
function anyOf(sources: readonly string[]): string {
  const byBeginning = new Map<string, string[]>();
  for (const source of sources) {
    const beginning =
      [GAP, BLANK].find((sign) => source.startsWith(sign)) ??
      /^[a-z0-9](?![?*{])/.exec(source)?.[0] ??
      '';
    const rests = byBeginning.get(beginning) ?? [];
    byBeginning.set(beginning, [...rests, source.slice(beginning.length)]);
  }
  const all = Array.from(byBeginning, ([beginning, rests]) =>
    beginning && rests.length > 1
      ? beginning + anyOf(rests)
      : rests.map((rest) => beginning + rest).join('|'),
  );
  return sources.length > 1 ? `(?:${all.join('|')})` : (all[0] ?? '');
}
