// The notation is explained where Wording is.
import type { Wording } from '../rule.js';

// biome-ignore format: one wording a line
/** The sending server or network is refused: it is on a list, or may not connect. */
export const listedHost: readonly Wording[] = [
  ['(black|block|deny|white|allow)-list*', '550 5.7.1 You are on our block list (S3150)', 'Outlook.com'],
  ['(dnsbl[s]|rbl[s]|spamhaus|spamcop|sorbs|barracudacentral|cloudmark|invaluement)', '550 Email blocked by SPAMHAUS'],
  ['client (host|address|ip|<ip>)', '554 5.7.1 Client host rejected: no reason given', 'Postfix'],
  ['(your|sending|client|sender|source|remote|the|this) [mail|sending|client|ip] <host> ... (<listed>|spam|not (allowed|permitted))', '550 Your mail server is refused by us'],
  ['ip ... <listed>', '550 IP is banned'],
  ['<ip> ... <listed>', '550 192.0.2.7 is refused'],
  ['<listed> [for|because|by|due to|from|at|your] [of] [your|the] (ip|ips|<ip>)', '554 5.7.1 Rejected because of your IP'],
  ['(is|are|been|was|currently) listed (at|in|on|by|for)', '550 It is listed at bl.example.org'],
  ['ip=<ip>', '554 IP=192.0.2.7 - A problem occurred. (BL)', 'T-Online'],
  ['your (isp|internet service provider|network)', '550 Please contact your Internet service provider', 'Outlook.com'],
  ['(country|countries|region|geo-ip|geo*ical|location) ... (<listed>|not|filter)', '550 Connections from your country are not allowed'],
  ['(<listed>|by) ... (country|countries|region|geo-ip|geo*ical)', '554 Rejected based on geographical location'],
  ['dynamic', '550 DY-001 We do not take mail from dynamic IPs', 'Outlook.com'],
  ['spammer[s]', '553 Your host belongs to a spammer'],
  ['(sending|send|sent) [of] spam', '550 You are sending spam'],
  ['spam[s] [content] (from|ips)', '421 Too many spams from you', 'Free'],
  ['domain [<be>] (blocked|banned)', '550 Domain blocked'],
  ['permanently deferred', '553 5.7.2 All messages will be permanently deferred', 'Yahoo'],
  ['open (proxy|relay)', '550 You are an open proxy'],
  ['accept* [mail|messages|connections|e-mail] (from|connections)', '553 5.7.1 Connections will not be accepted from here', 'Yahoo'],
  ['connection[s] [was|were|is|are|from] (rejected|denied|not accept*)', '550 Connection denied'],
  ['(your access|access to submit)', '550 #5.7.1 Your access to submit messages has been rejected', 'IronPort'],
  ['access from', '550 No access from there', 'mail.ru'],
  ['(for|due to|because of) abuse', '550 You are blocked for abuse'],
  // Other languages
  ['(ip|ip-adresse|ihre ip) ... (gesperrt|blockiert|abgelehnt)', '554 Ihre IP-Adresse ist gesperrt'],
  ['(ip|ip-adres|uw ip) ... (geblokkeerd|geweigerd|lijst)', '554 Uw IP-adres is geblokkeerd'],
  ['zwarte lijst', '554 5.7.1 Uw server staat op een zwarte lijst'],
  ['(ip|adresse ip) ... (bloquée|bloqué|refusée|refusé)', '550 Adresse IP source bloquee pour incident de spam. OFR006_102', 'Orange'],
  ['liste noire', '550 Votre serveur est sur une liste noire'],
  ['(ip|indirizzo ip) ... (bloccat*|rifiutat*)', '554 Indirizzo IP bloccato', 'Libero'],
  ['(lista negra|lista nera)', '554 Su dirección IP está en una lista negra'],
  ['ip ... (bloquead*|rechazad*|recusad*|zablokowan*)', '554 Su IP ha sido bloqueada'],
  ['czarn(a|ej) (lista|liście)', '554 Serwer jest na czarnej liście'],
];
