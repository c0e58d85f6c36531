// The notation is explained where Wording is.
import type { Wording } from '../rule.js';

// biome-ignore format: one wording a line
/** The server asked does not take mail for this domain from this sender: the route is wrong. */
export const relaying: readonly Wording[] = [
  ['relay* ... (<refused>|not|disabled|restricted)', '554 5.7.1 Relay access denied', 'Postfix'],
  ['not [a|an|allowed to|permitted to|authori(s|z)ed to|open] relay*', '550 We do not relay for example.com'],
  ['(no|unable to|unauthori(s|z)ed|prohibited|cannot) relay*', '554 No relaying allowed'],
  ['(rcpthosts|gatewaying)', "553 sorry, that domain isn't in my list of allowed rcpthosts (#5.7.1)", 'qmail'],
  ['not (handle|host|hosted|handled|configured) [to] [mail|e-mail|relay] [for] [this|that|the] (domain|here)', '550 We do not handle mail for this domain'],
  ['not [a|our|one of our] local domain[s]', '550 example.com is not a local domain'],
  ['(relaying|weiterleitung) (verboten|nicht erlaubt)', '550 Relaying nicht erlaubt'],
];
