import { compile } from '../../lib/classify/compile.js';
import { normalize } from '../../lib/classify/normalize.js';
import { createSearch } from '../../lib/classify/search.js';

/** Returns the words that a wording finds in a reply, normalised. */
export function findWording(wording: string, reply: string): string | undefined {
  const text = normalize(reply);
  const [match] = createSearch(compile([[wording]]))(text);
  return match && text.slice(match.start, match.end);
}
