// wording.ts explains the notation.
import type { Wording } from '../wording.js';

// biome-ignore format: one wording a line
/** SPF, DKIM, DMARC, reverse DNS or the HELO name of the sending server failed a check. */
export const authentication: readonly Wording[] = [
  ['(spf|dkim|dmarc|sender id|sender policy framework|sender rewriting)', '550 5.7.23 SPF validation failed', 'Exchange'],
  ['(fcrdns|r-dns|ptr)', '550 5.7.25 The IP address sending this message has no PTR record', 'Gmail'],
  ['(reverse|forward) (dns|lookup|host|host-name|record|resolution)', '554 5.7.1 Reverse DNS failed'],
  ['ip name lookup', '450 4.7.1 Access denied. IP name lookup failed', 'sendmail'],
  ['(resolve|find|verify) your [reverse|client|sending|sender|mail|e-mail] (host-name|host|ip|domain|name|address|dns|ptr|server)', '450 4.7.25 Client host rejected: cannot find your hostname', 'Postfix'],
  ['(unauthenti*|authenti*|not (authenticated|pass authentication))', '550 5.7.26 This mail is unauthenticated', 'Gmail'],
  ['auth (fail*|required)', '535 Auth failed'],
  ['(no|not|invalid|missing|bad) ... (for|of) your (domain|ip|server|host|host-name|address|network)', '550 No valid MX found for your domain'],
  ['(reputation|complaints)', '421 4.7.0 Messages temporarily deferred due to user complaints', 'Yahoo'],
  ['complaint (level|levels|rate|rates)', '521 5.2.1 Your complaint rate is too high'],
  ['(unverif*able|unresolvable|mismatch*|responsible address)', '450 service permits 2 unverifyable sending IPs', 'MagicMail'],
  ['(invalid|bad|unknown|forged|illegal) [domain|host-name|address|name] [name] [in|for] [the] (helo|ehlo|ip)', '550 Invalid domain name in HELO'],
  ['(helo|ehlo) ... (match|must|should|require*|need*|not|invalid|unknown|bad|<refused>)', '550 HELO argument does not match calling host'],
  ['(helo|ehlo) (greeting|name|domain|host-name|argument|string)', '550 HELO greeting is wrong'],
  ['(fully-qualified|fqdn)', '504 5.5.2 Need fully-qualified hostname', 'Postfix'],
  ['(ip|ips|<ip>|client|host-name) ... (unknown|not (found|resolve*|known)|no (rdns|ptr|name|reverse))', '554 IP unknown'],
  ['(name|reverse name|host name|hostname) ... (not (found|exist|resolve*)) for <ip>', '450 name not found for 192.0.2.7'],
  ['reverse (pointer|entry|mapping|zone|name|ptr)', '550 no reverse entry'],
  ['(reputatie|réputation|reputazione|reputación|reputação|reputacj*)', '421 IP: mauvaise réputation', 'SFR'],
  ['(autenticazione|autenticación|autenticação|uwierzytelni*)', '530 Autenticazione obbligatoria'],
];
