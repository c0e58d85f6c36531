import type { FailureCategory } from './category.js';
import type { Condition } from './conditions.js';

/**
 * A line of a table: words, a reply that has them, and whose reply it is. The words are written as
 * they stand in replies, in lower case, with these signs:
 *
 * - `[is]` may be missing, `(full|closed)` is one of these; both also within a word: `message[s]`;
 * - `...` is a gap of up to four words of the same sentence;
 * - `*` is any ending of a word: `exceed*`;
 * - `-` is a hyphen, a blank or nothing: `mail-box`;
 * - `é` is also `e`, or what a wrong charset made of it; `not` is also `n't`;
 * - `<recipient>` is any word of a list in `words.ts`; `<number>`, `<ip>`, `<address>` are what they say.
 */
export type Wording = readonly [words: string, example: string, server?: string];

/** A table, and the category of what its wordings say. */
export interface Rule {
  category: FailureCategory;
  wordings: readonly Wording[];
  /** In which replies the wordings count; without it in all. */
  when?: Condition;
  /** What must follow a wording; without it anything may. */
  before?: RegExp;
}
