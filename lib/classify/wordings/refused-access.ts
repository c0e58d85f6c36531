// wording.ts explains the notation.
import type { Wording } from '../wording.js';

// biome-ignore format: one wording a line
/** Refused without a reason, in words for senders. */
export const refusedAccess: readonly Wording[] = [
  ['access-denied', '550 5.7.1 Access denied'],
  ['not-authori(s|z)ed', '550 5.7.1 Not authorised'],
  ['(blocked|banned|forbidden|prohibition|prohibited)', '550 Administrative prohibition', 'Exim'],
  ['to talk', 'refused to talk to me: 554 no', 'Postfix'],
  ['(connecting|source|sending|client|remote) ip', '554 Connecting IP: 192.0.2.7', 'AOL'],
  ['no smtp service here', '554 No SMTP service here', 'sendmail'],
  // Other languages
  ['toegang geweigerd', '550 Toegang geweigerd'],
  ['zugriff verweigert', '550 Zugriff verweigert'],
  ['accès refusé', '550 Accès refusé'],
  ['(accesso negato|acceso denegado|acesso negado)', '550 Accesso negato'],
];
