import { toRegExp } from './alternation.js';
import type { FailureCategory } from './category.js';
import { read, wordsAsSent } from './reading.js';
import { splitReplies } from './replies.js';
import type { Rule } from './rule.js';

/** The rule that decided, and what gives the words that it decided by when they are asked for. */
export interface Finding {
  category: FailureCategory;
  rule: Rule;
  evidence: () => string;
}

/**
 * What the words of a text say, by the first rule that knows them. Of several replies in it the
 * last counts that says more than that something failed in between; else the fault counts that the
 * first rule knows.
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

function findInReply(
  rules: readonly Rule[],
  sent: string,
  status: string,
  state: string,
): Finding | undefined {
  const reply = { text: read(sent), status, state };
  for (const rule of rules) {
    if (rule.when && !rule.when(reply)) continue;
    const found = patternOf(rule).exec(reply.text);
    if (!found) continue;
    const { index: start } = found;
    const end = start + found[0].length;
    if (rule.before && !rule.before.test(reply.text.slice(end))) continue;
    return { category: rule.category, rule, evidence: () => wordsAsSent(sent, start, end) };
  }
  return undefined;
}

const patterns = new Map<Rule['wordings'], RegExp>();

/** The wordings of a rule as one regular expression, made when it is first asked for. */
function patternOf({ wordings }: Rule): RegExp {
  let pattern = patterns.get(wordings);
  if (!pattern) {
    pattern = toRegExp(wordings.map(([words]) => words));
    patterns.set(wordings, pattern);
  }
  return pattern;
}
