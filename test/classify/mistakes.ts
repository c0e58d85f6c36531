import { compile, compileRules } from '../../lib/classify/compile.js';
import { createMatcher, type Matcher } from '../../lib/classify/match.js';
import { normalize } from '../../lib/classify/normalize.js';
import type { Rule } from '../../lib/classify/rule.js';
import type { Wording } from '../../lib/classify/wording-syntax.js';
import { findWording, wordsOf } from './find-wording.js';

/** What is wrong with the tables of some rules, in sentences for whoever has added a line. */
export function mistakes(rules: readonly Rule[]): string[] {
  const tables = [...new Set(rules.map(({ wordings }) => wordings))];
  const unreadable = tables.flat().flatMap(([words]) => syntaxError(words));
  if (unreadable.length > 0) return unreadable;
  const match = createMatcher(rules, compileRules(rules));
  return tables.flatMap((table) => table.flatMap((line) => mistake(match, table, line)));
}

function syntaxError(words: string): string[] {
  try {
    compile([[words]]);
    return [];
  } catch (error) {
    return [String(error)];
  }
}

function mistake(match: Matcher, table: readonly Wording[], [words, example]: Wording): string[] {
  if (findWording(words, example) === undefined) {
    return [
      `"${words}" is not found in its example "${example}", which is read as "${normalize(example)}"`,
    ];
  }
  const found = match(example, statusOf(example), '');
  if (!found) return [`"${example}" of "${words}" does not get a category`];
  const evidence = wordsOf(found, example);
  const [decides] =
    found.rule.wordings.find(([other]) => findWording(other, evidence) !== undefined) ?? [];
  return found.rule.wordings === table && decides === words
    ? []
    : [`"${example}" of "${words}" is decided by "${evidence}", of the line "${decides}"`];
}

/** The status that an example states. */
export function statusOf(example: string): string {
  return /[45]\.\d+\.\d+/.exec(example)?.[0] ?? example.slice(0, 3);
}
