// The notation is explained where Wording is.
import type { Wording } from '../rule.js';

// biome-ignore format: one wording a line
/** The sender's address or domain is refused, or may not write to this recipient. */
export const refusedSender: readonly Wording[] = [
  ['sender ... (<refused>|verif*|invalid|unknown|empty|must|not|banned|has no|no valid)', '450 4.1.8 Sender address rejected: Domain not found', 'Postfix'],
  ['(invalid|bad|banned|unknown|unrout*|illegal|unverified|empty|null|forged) [envelope|outbound] sender', '550 Invalid sender'],
  ['sender [address] domain', '550 No MX record for the sender domain'],
  ['(mail from|from) [address] (domain|address)', '550 Mail from domain is not ours'],
  ['(mail from|originator) ... (invalid|unknown|not|<refused>)', '550 Originator is not welcome'],
  ['for sender address', '553 5.5.4 Domain name required for sender address', 'sendmail'],
  ['spoof*', '550 Rejected by header based Anti-Spoofing policy', 'Mimecast'],
  ['(backscatter|batv|bounce attack[s])', '550 Backscatter protection: invalid address'],
  ['your [sending|e-mail|mail|sender] (domain|host|host-name|address) ... (not|unknown|invalid)', '550 Your domain is unknown to us'],
  ['not [have] (allowed|permission|permitted|authori(s|z)ed) to (send|post|submit|connect|relay)', '554 5.7.1 You are not allowed to connect'],
  ['delivery not authori(s|z)ed', '550 5.7.1 Delivery not authorized, message refused', 'RFC 3463'],
  ['not have permission', "550 You don't have permission for this list"],
  ['(bad-mail-from|envelope from)', '553 your envelope sender is in my badmailfrom list', 'qmail'],
  ['is not verified', '554 Message rejected: Email address is not verified.', 'Amazon SES'],
  ['not a member', '550 You are not a member of this list', 'Mailman'],
  ['(in|the|your|invalid|bad) return-path', '550 The domain in your return path is invalid'],
  ['return-path [domain|address] (is|does|must|not|has|cannot)', '550 Return path is not acceptable'],
  ['not want your', "550 5.7.1 Recipient doesn't want your mail", 'Interia'],
  ['(rejected|refused|blocked) by (this|the) (user|recipient)', '550 Your message was rejected by this user', 'GoDaddy'],
  ['(delivery restriction|rst.notauthorized|rst.sendernot*|rst.auth*)', '550 5.7.1 RESOLVER.RST.NotAuthorized; not authorized', 'Exchange'],
  // Other languages
  ['(absender|absenderadresse) ... (abgelehnt|ungültig|unbekannt|nicht|gesperrt)', '550 Absender abgelehnt'],
  ['(afzender|afzenderadres) ... (geweigerd|ongeldig|onbekend|niet|geblokkeerd)', '550 De afzender is onbekend'],
  ['(expéditeur|émetteur)', '501 5.1.0 Emetteur invalide. OFR_405', 'Orange'],
  ['(mittente|remitente|remetente)', '550 Mittente non valido', 'Libero'],
  ['nadawc*', '550 Nadawca odrzucony'],
];
