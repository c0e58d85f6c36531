// The notation is explained where Wording is.
import type { Wording } from '../rule.js';

// biome-ignore format: one wording a line
/** A filter has judged this message, and says so. */
export const judgedContent: readonly Wording[] = [
  ['(as|like|be|contain*|consider*|probabl(e|y)|due to|because of|likely|suspicion of|suspected) [a|an|being|possible] (spam|unsolicited|junk)', '550 5.7.1 Message looks like spam'],
  ['(spam|virus|malware) (detected|found|content|classification)', '550 5.7.0 Virus detected', 'amavis'],
  ['(duplicate|multiple|missing|malformed|invalid|illegal) ... header[s]', '554 Transaction failed: Duplicate header', 'Amazon SES'],
  ['reject id=<number>', '554 5.7.0 Reject, id=1234-01 - SPAM', 'amavis'],
  ['sc-001', '550 SC-001 Rejected for spam-like characteristics or reputation', 'Outlook.com'],
  ['uribl', '554 5.7.1 Blocked using multi.uribl.com', 'URIBL'],
  ['(black|block)-listed (url|urls|link|links|content)', '554 5.7.1 Message contains a blacklisted URL'],
  ['(forbidden|prohibited|suspicious|malicious|dangerous) (link|links|url|content|attachment[s]|file[s])', '550 It contains a forbidden link'],
  ['(url|link) ... (black|block|deny)-list*', '554 5.7.1 The message contains a link that is on a blocklist'],
  // Other languages
  ['als spam (eingestuft|erkannt|markiert|abgelehnt)', '550 Nachricht als Spam eingestuft'],
  ['als spam (aangemerkt|herkend|gemarkeerd|geweigerd)', '550 5.7.1 Uw bericht is als spam aangemerkt'],
  ['comme [un|du|étant du] spam', '550 5.7.1 Votre message est considere comme un spam', 'Free'],
  ['(contiene|contenere|por conter|contém|come|como|jako) (spam|virus|vírus)', '554 Mensaje rechazado: contiene spam'],
];
