import { type Patterns, toPatterns } from './alternation.js';
import type { FailureCategory } from './category.js';
import { read, wordsAsSent } from './reading.js';
import { splitReplies } from './replies.js';
import type { Rule } from './rule.js';

/** The rule that matched, and a function that finds the words that it matched. */
export interface Finding {
  category: FailureCategory;
  rule: Rule;
  evidence: () => string;
}

/**
 * Returns the first rule that matches. If the text holds several replies, the last non-technical one
 * wins. If all are technical, the one whose rule comes first wins.
 *
 * @param status the enhanced status code, else the reply code, else anything
 */
export function findWords(
  rules: readonly Rule[],
  sent: string,
  status: string,
  state: string,
): Finding | undefined {
  const replies = splitReplies(sent);
  let fault: Finding | undefined;
  for (const { start, end, ...codes } of replies.toReversed()) {
    const itsStatus = (replies.length > 1 && (codes.status || codes.code)) || status;
    const finding = findInReply(rules, sent.slice(start, end), itsStatus, state);
    if (finding && finding.category !== 'technical') return finding;
    const earlier = !fault || (finding && rules.indexOf(finding.rule) < rules.indexOf(fault.rule));
    if (earlier) fault = finding;
  }
  return fault;
}

const NOT_ASCII = /[^\0-\x7f]/;

function findInReply(
  rules: readonly Rule[],
  sent: string,
  status: string,
  state: string,
): Finding | undefined {
  const text = read(sent);
  const reply = { text, status, state };
  const ascii = !NOT_ASCII.test(text);
  for (const rule of rules) {
    if (rule.when && !rule.when(reply)) continue;
    const { plain, others } = patternsOf(rule);
    const found = plain?.exec(text) ?? (ascii ? undefined : others?.exec(text));
    if (!found) continue;
    const { index: start } = found;
    const end = start + found[0].length;
    if (rule.followedBy && !rule.followedBy.test(text.slice(end))) continue;
    return { category: rule.category, rule, evidence: () => wordsAsSent(sent, start, end) };
  }
  return undefined;
}

const patterns = new Map<Rule['wordings'], Patterns>();

/** Compiles the wordings of a rule at their first use. */
function patternsOf({ wordings }: Rule): Patterns {
  let known = patterns.get(wordings);
  if (!known) {
    known = toPatterns(wordings.map(([words]) => words));
    patterns.set(wordings, known);
  }
  return known;
}
