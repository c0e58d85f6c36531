// The notation is explained where Wording is.
import type { Wording } from '../rule.js';

// biome-ignore format: one wording a line
/** Too much at a time. */
export const sendingRate: readonly Wording[] = [
  ['too (many|much) [concurrent|simultaneous|invalid|unknown|open|smtp] [client|smtp] (connections|sessions|messages|recipients|users|e-mails|mails|mail)', '421 Too many concurrent connections'],
  ['too (fast|quick*|frequent*|many errors from)', '450 4.2.1 The user is receiving mail too quickly', 'Gmail'],
  ['rate-limit*', '421 Rate limit reached. Please try again later.', 'GMX'],
  ['throttl*', '451 4.7.500 Server throttled'],
  ['excessive [number of|amount of] (volume|connections|rate|messages|mail|recipients|sending)', '421 Excessive volume'],
  ['max* [number of] [concurrent|simultaneous|allowed] (connections|recipients|messages|sessions)', '421 Maximum number of connections reached'],
  ['(fewer|many) recipients', '452 Please send to fewer recipients'],
  ['(slow* down|slower)', '451 4.7.1 Please slow down'],
  ['(connection|connections|recipient|recipients|session|sessions|message|unusual|high|frequent) [send|sending|connection] (rate|limit|quota)', '421 4.7.28 Gmail has detected an unusual rate of email', 'Gmail'],
  ['at a rate', '450 4.2.1 The user is receiving mail at a rate that prevents delivery', 'Gmail'],
  ['(per|this|in one|last) (hour|minute|day)', '452 Too many invitations received this hour', 'Mimecast'],
  ['frequency', '550 Connection frequency limited', 'QQ'],
  ['threshold', '550 5.2.121 Recipient is over its receiving threshold', 'Exchange'],
  // Other languages
  ['zu viele', '421 Zu viele Verbindungen'],
  ['te veel (berichten|verbindingen|ontvangers|mails|e-mails)', '450 Te veel berichten'],
  ['trop de', '421 Trop de connexions, veuillez verifier votre configuration', 'Orange'],
  ['tropp(e|i)', '421 Troppe connessioni'],
  ['demasiad(o|a)s', '421 Demasiadas conexiones'],
  ['muit(o|a)s', '421 Muitas conexões simultâneas'],
  ['zbyt wiele', '421 Zbyt wiele połączeń'],
  ['przekroczono limit', '450 4.7.1 Przekroczono limit wiadomości', 'Onet'],
];
