import type { FailureCategory } from './category.js';
import type { Condition } from './conditions.js';
import type { Wording } from './wording-syntax.js';

/** Wordings with the same meaning. */
export interface Rule {
  category: FailureCategory;
  /** The replies in which the wordings count. The default is all. */
  when?: Condition;
  /** The reply must also have one of these words. */
  beside?: readonly Wording[];
  /** Must match right after a wording. By default, anything may follow. */
  followedBy?: RegExp;
  /** The words have other meanings too. The default is false. */
  vague?: true;
  /** Rules with other conditions can share these. */
  wordings: readonly Wording[];
}
