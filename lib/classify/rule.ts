import type { FailureCategory } from './category.js';
import type { Condition } from './conditions.js';
import type { Wording } from './wording.js';

/** A table, and the category of its wordings. */
export interface Rule {
  category: FailureCategory;
  wordings: readonly Wording[];
  /** The replies in which the wordings count. The default is all. */
  when?: Condition;
  /** Must match right after a wording. By default, anything may follow. */
  followedBy?: RegExp;
}
