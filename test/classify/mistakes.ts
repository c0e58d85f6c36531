import { toRegExp } from '../../lib/classify/alternation.js';
import { findWords } from '../../lib/classify/find.js';
import { read } from '../../lib/classify/reading.js';
import type { Rule } from '../../lib/classify/rule.js';
import type { Wording } from '../../lib/classify/wording.js';

/** What is wrong with the tables of some rules, in sentences for whoever has added a line. */
export function mistakes(rules: readonly Rule[]): string[] {
  return [...new Set(rules.map(({ wordings }) => wordings))].flatMap((table) =>
    table.map((line) => mistake(rules, table, line)).filter((sentence) => sentence !== undefined),
  );
}

function mistake(
  rules: readonly Rule[],
  table: readonly Wording[],
  [words, example]: Wording,
): string | undefined {
  const knows = (wording: string, text: string) => toRegExp([wording]).test(text);
  try {
    toRegExp([words]);
  } catch (error) {
    return String(error);
  }
  if (!knows(words, read(example))) {
    return `"${words}" is not found in its example "${example}", which is read as "${read(example)}"`;
  }
  const status = statusOf(example);
  const found = findWords(rules, example, status, '');
  if (!found) return `"${example}" of "${words}" does not get a category`;
  const evidence = found.evidence();
  const [decides] = found.rule.wordings.find(([other]) => knows(other, read(evidence))) ?? [];
  if (found.rule.wordings !== table || decides !== words) {
    return `"${example}" of "${words}" is decided by "${evidence}", of the line "${decides}"`;
  }
  return undefined;
}

/** The status that an example states. */
export function statusOf(example: string): string {
  return /[45]\.\d+\.\d+/.exec(example)?.[0] ?? example.slice(0, 3);
}
