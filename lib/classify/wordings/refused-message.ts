// The notation is explained where Wording is.
import type { Wording } from '../rule.js';

// biome-ignore format: one wording a line
/** Something about the message is wrong, or is policy: weaker words than those of a filter. */
export const refusedMessage: readonly Wording[] = [
  ['(spam|anti-spam|antispamming|spam-assassin|ube|uce|unsolicited|junk*)', '550 It failed several antispam checks'],
  ['(bulk|mass) (mail|e-mail)', '550 No bulk mail please'],
  ['(virus|malware|phish*|infected|executable|attachment[s]|file type[s])', '550 Executable files are refused'],
  ['(content|contents|header|headers|encoding|mime|body type|media error)', '550 Mail content denied', 'QQ'],
  ['<message> ... (size|length|exceed*)', '552 5.3.4 Message size exceeds the limit', 'Postfix'],
  ['(size (limit|exceed*)|sizelimit|too (large|big)|larger than)', '552 The letter is larger than allowed'],
  ['<message> [is] too long', '552 Message too long'],
  ['body is empty', '554 The body is empty'],
  ['line (limit|length|too)', '500 Line limit exceeded'],
  ['bare (lf|cr|newline|line-feed)', '550 5.6.11 Bare LF is not accepted', 'RFC 7293'],
  ['taille', 'Taille limite atteinte'],
  ['rfc-(2822|5322|822)', '550 Not compliant with RFC 5322', 'Gmail'],
  ['(policy|policies)', '554 5.7.9 Not accepted for policy reasons', 'Yahoo'],
  ['<message> [data|is|was|has|been|temporarily] [been] (<refused>|malformed|filtered|infected)', '550 The message was blocked'],
  ['syntax check', '550 Fails syntax check'],
  // Other languages
  ['(nachricht|mail) ... (abgelehnt|zurückgewiesen)', '550 Nachricht abgelehnt'],
  ['bericht ... (geweigerd|afgewezen)', '550 Uw bericht is geweigerd'],
  ['message (rejeté|refusé)', '550 Message refusé'],
  ['messaggio ... (respinto|rifiutato)', '550 Messaggio respinto'],
  ['mensaje ... rechazado', '550 Mensaje rechazado'],
  ['mensagem ... (rejeitada|recusada)', '550 Mensagem rejeitada'],
  ['(wiadomość|wiadomości) ... odrzucon*', '554 5.7.1 Wiadomość odrzucona'],
];
