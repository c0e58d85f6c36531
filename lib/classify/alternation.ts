import { toSources } from './notation.js';

// Where a word can begin. The first is quicker, and knows none but plain letters and digits.
const START_OF_PLAIN = String.raw`\b`;
const START_OF_ANY = '(?<![a-z0-9])';

/** One regular expression for many wordings; those that begin alike share their beginning. */
export function toRegExp(wordings: readonly string[]): RegExp {
  const beginnings = new Map<string, { first: string[]; rests: string[] }>();
  for (const { first, rest } of wordings.map(toSources)) {
    const key = first.join('|');
    beginnings.set(key, { first, rests: [...(beginnings.get(key)?.rests ?? []), rest] });
  }
  const all = Array.from(beginnings.values(), ({ first, rests }) => anyOf(first) + anyOf(rests));
  const firsts = Array.from(beginnings.values(), ({ first }) => first).flat();
  const plain = firsts.every((source) => /^(?:[a-z0-9]|\(\?:\\d)/.test(source));
  return new RegExp((plain ? START_OF_PLAIN : START_OF_ANY) + anyOf(all));
}

/**
 * An alternation in which what begins with the same letter stands together: at most places of a
 * text, a few comparisons then tell that nothing of it begins there.
 */
function anyOf(sources: readonly string[]): string {
  const byLetter = new Map<string, string[]>();
  for (const source of sources) {
    const letter = /^[a-z0-9](?![?*{])/.exec(source)?.[0] ?? '';
    byLetter.set(letter, [...(byLetter.get(letter) ?? []), source.slice(letter.length)]);
  }
  const all = Array.from(byLetter, ([letter, rests]) =>
    letter && rests.length > 1
      ? letter + anyOf(rests)
      : rests.map((rest) => letter + rest).join('|'),
  );
  return sources.length > 1 ? `(?:${all.join('|')})` : (all[0] ?? '');
}
