// wording.ts explains the notation.
import type { Wording } from '../wording.js';

// biome-ignore format: one wording a line
/** The domain does not exist, or accepts no mail. */
export const unknownDomain: readonly Wording[] = [
  ['(host|domain) ... (unknown|not (found|be found|exist)|must exist)', '5.4.4 Host or domain name not found', 'Postfix'],
  ['nxdomain', 'Domain lookup failed (NXDOMAIN)', 'PowerMTA'],
  ['null-mx', '556 5.1.10 Recipient address has null MX', 'RFC 7505'],
  ['(no such|unknown|invalid|illegal|non-existent|bad) [destination|recipient] (host|domain)', 'No such domain.', 'Courier'],
  ['domain ... (nonexistent|has no mx)', '550 5.4.310 DNS domain example.com is nonexistent', 'Exchange'],
  ['domain ... (not registered|not active|expired)', '550 The domain example.com is not registered'],
  ['domain ... (closed down|no longer exists|uses no (e-mail|mail)|never accepts)', '550 The domain example.com was closed down'],
  ['name or service not known', 'mx.example.com: Name or service not known'],
  ['unroute-able (address|domain)', '550 Unrouteable address', 'Exim'],
  ['(no (mx|mail exchanger|usable mx)|indicated no smtp service)', 'an MX or SRV record indicated no SMTP service', 'Exim'],
  ['(mx|mx records|mx record) ... (non-existent|nonexistent|not exist|not found)', 'all relevant MX records point to non-existent hosts', 'Exim'],
  ['not find (a|any) (mail exchanger|host)', "Sorry, I couldn't find any host named example.com. (#5.1.2)", 'qmail'],
  ['(not|no longer) accept* [any] (mail|e-mail)', '550 This host no longer accepts mail', 'qmail'],
  ['bad destination system', '550 5.1.2 Bad destination system address', 'RFC 3463'],
  // German, Dutch, French
  ['domain ... (existiert nicht|unbekannt)', '550 Die Domain existiert nicht'],
  ['domein ... (bestaat niet|onbekend)', '550 Domein bestaat niet'],
  ['domaine ... (inconnu|inexistant)', '550 Domaine inconnu'],
  // Italian, Spanish, Portuguese, Polish
  ['dominio ... (inesistente|sconosciuto|inexistente|no existe)', '550 Dominio inesistente'],
  ['domínio ... (inexistente|desconhecido)', '550 Domínio inexistente'],
  ['domena ... (nie istnieje|nieznana)', '550 Domena nie istnieje'],
];
