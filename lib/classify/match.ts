import type { FailureCategory } from './category.js';
import { type Automaton, tablesOf } from './compile.js';
import type { Reply } from './conditions.js';
import { normalize, type Range, rangeAsSent } from './normalize.js';
import { splitReplies } from './replies.js';
import type { Rule } from './rule.js';
import { createSearch, type Match, type Matches } from './search.js';

/** The rule that matched, and a function that finds where its words are. */
interface RuleMatch {
  category: FailureCategory;
  rule: Rule;
  /** The words have no other meaning, and are in the only reply. */
  certain: boolean;
  rangeOfWords: () => Range;
}

/**
 * Finds the rule for a text. If the text holds several replies, the last non-technical one wins. If
 * all are technical, the one whose rule comes first wins.
 *
 * @param sent the text as sent
 * @param status the enhanced status code, else the reply code, else anything
 * @param state the step of the delivery
 */
export type Matcher = (sent: string, status: string, state: string) => RuleMatch | undefined;

/** Returns the matcher for rules, in order: the first that matches decides. */
export function createMatcher(rules: readonly Rule[], automaton: Automaton): Matcher {
  const search = createSearch(automaton);
  const tables = tablesOf(rules);
  const ordered = rules.map((rule) => ({
    rule,
    table: tables.indexOf(rule.wordings),
    beside: rule.beside && tables.indexOf(rule.beside),
  }));

  return function match(sent, status, state) {
    const replies = splitReplies(sent);
    if (replies.length === 1) return matchReply(sent, status, state);
    const findings = replies.reverse().flatMap(({ start, end, ...codes }) => {
      const itsStatus = codes.status || codes.code || status;
      const found = matchReply(sent.slice(start, end), itsStatus, state);
      return found ? moveBy(start, found) : [];
    });
    const place = ({ rule }: RuleMatch) => rules.indexOf(rule);
    const found =
      findings.find(({ category }) => category !== 'technical') ??
      findings.sort((a, b) => place(a) - place(b))[0];
    return found && { ...found, certain: false };
  };

  function matchReply(sent: string, status: string, state: string): RuleMatch | undefined {
    const text = normalize(sent);
    const matches = search(text);
    if (matches.length === 0) return undefined;
    const found = findRule(matches, { text, status, state });
    if (!found) return undefined;
    const { rule, words } = found;
    const rangeOfWords = () => rangeAsSent(sent, words);
    return { category: rule.category, rule, certain: !rule.vague, rangeOfWords };
  }

  function findRule(matches: Matches, reply: Reply) {
    for (const { rule, table, beside } of ordered) {
      const words = matches[table];
      if (!words) continue;
      const others = beside === undefined ? words : matches[beside];
      if (!others || !counts(rule, reply, words)) continue;
      return { rule, words: others.start < words.start ? others : words };
    }
    return undefined;
  }
}

/** Tells whether a rule counts in a reply that has its words. */
function counts({ when, followedBy }: Rule, reply: Reply, { end }: Match): boolean {
  return (!when || when(reply)) && (!followedBy || followedBy.test(reply.text.slice(end)));
}

function moveBy(offset: number, found: RuleMatch): RuleMatch {
  const rangeOfWords = () => {
    const { start, end } = found.rangeOfWords();
    return { start: start + offset, end: end + offset };
  };
  return { ...found, rangeOfWords };
}
