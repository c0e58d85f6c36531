import type { FailureCategory } from './category.js';
import type { Automaton } from './compile.js';
import { normalize, wordsAsSent } from './normalize.js';
import { splitReplies } from './replies.js';
import type { Rule } from './rule.js';
import { createSearch } from './search.js';

/** The rule that matched, and a function that finds the words that it matched. */
interface Finding {
  category: FailureCategory;
  rule: Rule;
  /** The words have no other meaning, and no other reply contradicts them. */
  certain: boolean;
  evidence: () => string;
}

/**
 * Finds the rule for a text. If the text holds several replies, the last non-technical one wins. If
 * all are technical, the one whose rule comes first wins.
 *
 * @param sent the text as sent
 * @param status the enhanced status code, else the reply code, else anything
 * @param state the step of the delivery
 */
export type Matcher = (sent: string, status: string, state: string) => Finding | undefined;

/** Returns the matcher for rules, in order: the first that matches decides. */
export function createMatcher(rules: readonly Rule[], automaton: Automaton): Matcher {
  const search = createSearch(automaton);
  const tables = [...new Set(rules.map(({ wordings }) => wordings))];
  const tableOf = rules.map(({ wordings }) => tables.indexOf(wordings));

  return function match(sent, status, state) {
    const replies = splitReplies(sent);
    const isOnly = replies.length === 1;
    const findings = replies.reverse().flatMap(({ start, end, ...codes }) => {
      const itsStatus = (!isOnly && (codes.status || codes.code)) || status;
      return matchReply(sent.slice(start, end), itsStatus, state) ?? [];
    });
    const place = ({ rule }: Finding) => rules.indexOf(rule);
    const found =
      findings.find(({ category }) => category !== 'technical') ??
      findings.sort((a, b) => place(a) - place(b))[0];
    return found && { ...found, certain: found.certain && isOnly };
  };

  function matchReply(sent: string, status: string, state: string): Finding | undefined {
    const text = normalize(sent);
    const reply = { text, status, state };
    const matches = search(text);
    if (matches.length === 0) return undefined;
    for (const [place, rule] of rules.entries()) {
      const found = matches.find(({ table }) => table === tableOf[place]);
      if (!found || (rule.when && !rule.when(reply))) continue;
      const { start, end } = found;
      if (rule.followedBy && !rule.followedBy.test(text.slice(end))) continue;
      const evidence = () => wordsAsSent(sent, start, end);
      return { category: rule.category, rule, certain: !rule.vague, evidence };
    }
    return undefined;
  }
}
