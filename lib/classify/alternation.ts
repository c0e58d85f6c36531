import { BLANK, GAP, toSources } from './notation.js';

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
 * An alternation in which what begins alike, with a gap, a blank or the same letter, stands
 * together: a gap is then walked once, and at most places of a text a few comparisons tell that
 * nothing of it begins there.
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
