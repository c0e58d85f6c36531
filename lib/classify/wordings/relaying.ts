// wording.ts explains the notation.
import type { Wording } from '../wording.js';

// biome-ignore format: one wording a line
/** The server accepts no mail for this domain from this sender: the route is wrong. */
export const relaying: readonly Wording[] = [
  ['relay* ... (<refused>|not|disabled|restricted)', '554 5.7.1 Relay access denied', 'Postfix'],
  ['not [a|an|allowed to|permitted to|authori(s|z)ed to|open] relay*', '550 We do not relay for example.com'],
  ['(no|unable to|prohibited|refuse to|refusing to) relay*', '554 No relaying allowed'],
  ['(rcpthosts|gatewaying)', "553 sorry, that domain isn't in my list of allowed rcpthosts (#5.7.1)", 'qmail'],
  ['not (handle|host|hosted|handled|configured) [to] [mail|e-mail|relay] [for] [this|that|the] (domain|here)', '550 We do not handle mail for this domain'],
  ['not [a|our|one of our] local domain[s]', '550 example.com is not a local domain'],
  ['(un-authori(s|z)ed|third-party|anonymous) relay*', '550 Third-party relay is off here'],
  ['relay* (access|attempt|request|operation|restriction|control|violation|for strangers)', '550 Relay attempt'],
  ['(authenticat*|log in|login) [first] (to|before|for) relay*', '550 Log in before relaying'],
  ['not [in|on] [my|our|the] [list of] (relay|local|hosted|accepted|permitted) (domains|domain|recipient domains)', '550 example.com is not in our list of hosted domains'],
  ['(domain|recipient domain) [is] not (served|serviced|handled|hosted|ours|one of ours)', '550 This domain is not hosted here'],
  ['not (our|one of our) domain[s]', '551 Not our domain'],
  // Other languages
  ['(relay*|weiterleitung|relais) ... (verboten|nicht|verweigert|abgelehnt|geweigerd|niet|refusé|interdit|non|negato|no|denegado|negado|não|nie|zabronion*)', '550 Relaying nicht erlaubt'],
];
