import { compile } from '../../lib/classify/compile.js';
import type { Matcher } from '../../lib/classify/match.js';
import { normalize } from '../../lib/classify/normalize.js';
import { createSearch } from '../../lib/classify/search.js';

/** Returns the words that a wording finds in a reply, normalised. */
export function findWording(wording: string, reply: string): string | undefined {
  const text = normalize(reply);
  const [match] = createSearch(compile([[wording]]))(text);
  return match && text.slice(match.start, match.end);
}

/** Returns the words of a text that a rule has matched, or nothing. */
export function wordsOf(found: ReturnType<Matcher>, text: string): string {
  const { start, end } = found?.rangeOfWords() ?? { start: 0, end: 0 };
  return text.slice(start, end);
}
