// wording.ts explains the notation.
import type { Wording } from '../wording.js';

// biome-ignore format: one wording a line
/** A filter has judged this message. */
export const judgedContent: readonly Wording[] = [
  ['(as|like|be|contain*|consider*|probabl(e|y)|due to|because of|likely|suspicion of|suspected) [a|an|being|possible] (spam|unsolicited|junk)', '550 5.7.1 Message looks like spam'],
  ['infected', '554 5.7.0 Reject, INFECTED', 'amavis'],
  ['(spam|virus|malware) (detected|found|content|classification)', '550 5.7.0 Virus detected', 'amavis'],
  ['(duplicate|multiple|missing|malformed|invalid|illegal) ... header[s]', '554 Transaction failed: Duplicate header', 'Amazon SES'],
  ['reject id=<number>', '554 5.7.0 Reject, id=1234-01 - SPAM', 'amavis'],
  ['sc-001', '550 SC-001 Rejected for spam-like characteristics or reputation', 'Outlook.com'],
  ['uribl', '554 5.7.1 Blocked using multi.uribl.com', 'URIBL'],
  ['(black|block)-listed (url|urls|link|links|content)', '554 5.7.1 Message contains a blacklisted URL'],
  ['(forbidden|prohibited|suspicious|malicious|dangerous) (link|links|url|content|attachment[s]|file[s])', '550 It contains a forbidden link'],
  ['(url|link) ... (black|block|deny)-list*', '554 5.7.1 The message contains a link that is on a blocklist'],
  ['(score|scored|scores|points|rating) ... (threshold|above|exceed*|over|too high)', '550 5.7.1 The score of 18.3 is above the threshold', 'Rspamd'],
  ['(spam|junk|phishing|virus|malware) (message|mail|score|pattern|signature|mail rejected|e-mail rejected)', '550 Spam message rejected', 'mail.ru'],
  ['(lack|lacks|lacking|missing|has no|without) [a|an|the] [valid|proper] (from|date|message-id|subject|cc|reply-to)', '550 5.6.0 Message lacks a Date header'],
  ['(gtube|eicar)', '554 5.7.1 GTUBE', 'Rspamd'],
  ['dt spm', '554 DT:SPM 163 mx12', '163'],
  ['(classified|categori(s|z)ed|identified|recogni(s|z)ed|flagged|marked|tagged|regarded|treated|rated|deemed|judged) [as|to be] [a|an|possible|probable|likely|being] (spam|bulk|junk|unwanted|unsolicited|phishing|marketing|malicious|suspicious|suspect|virus|malware|dangerous|harmful)', '550 5.7.1 The mail was classified as bulk'],
  ['(header|headers|subject) [field|line] [is|was|has|does] [an] (unknown|invalid|illegal|malformed|missing|duplicate|not (exist|valid|known|allowed|accepted|wanted))', '550 Subject not wanted'],
  ['(header|headers) ... (address|user|domain|recipient) ... (not exist|unknown|invalid)', '550 The header has an address that does not exist'],
  ['(unknown|non-existent) [address|user|sender|recipient|domain|field] header[s]', '554 5.6.0 It has an unknown field header'],
  ['attachment[s] ... (unknown|invalid|not (known|exist|found|allowed|accepted)|<refused>)', '550 5.7.1 Attachment is of an unknown type'],
  ['(link|links|url|urls|pointing|points|hyperlink|hyperlinks) [to|with|of|at] [a|an|the] (unknown|invalid|bad|non-existent|black-listed|listed|blocked|unsafe|malicious) (domain|domains|host|hosts|site|sites|address)', '552 5.7.0 It has links to unknown hosts'],
  ['(html|script|scripts|macro|macros|iframe|javascript) (part|parts|form|forms|content|body|message|tag|tags|code)', '550 5.7.1 It has HTML forms'],
  // Other languages
  ['als (spam|junk|werbung|phishing|unerwünscht|virus) [mail|e-mail] (eingestuft|erkannt|markiert|abgelehnt|klassifiziert|identifiziert|bewertet|betrachtet|angesehen)', '550 Nachricht als Spam eingestuft'],
  ['als (spam|ongewenst*|phishing|verdacht) [e-mail|mail|bericht] (aangemerkt|herkend|gemarkeerd|geweigerd|beschouwd|geclassificeerd|geïdentificeerd|gezien|gedetecteerd)', '550 5.7.1 Uw bericht is als spam aangemerkt'],
  ['comme [étant] [un|du] [message|courrier|e-mail] (spam|indésirable|pourriel|publicité|suspect|malveillant|phishing)', '550 5.7.1 Votre message est considere comme un spam', 'Free'],
  ['(contiene|contenere|contenente|por conter|contém|contiene un|come|como|jako|za|zawiera) [un|een|ein|um|possibile|posible|possível] (spam|virus|vírus|malware|phishing|wirus*)', '554 Mensaje rechazado: contiene spam'],
  ['(enthält|enthielt|bevat|contient|contenait) [einen|ein|een|un|du|möglicherweise|mogelijk] (virus|viren|spam|malware|schadsoftware|werbung)', '550 Die Nachricht enthält einen Virus'],
  ['(spam-verdacht*|spam-erkennung|spam-verdenking)', '554 Nachricht wegen Spamverdachts abgelehnt'],
  ['(unerwünschte|ongewenste) (werbung|mail|e-mail|nachricht|nachrichten|reclame|berichten|inhoud|inhalte)', '554 Ongewenste e-mail'],
  ['(courrier|courriel|message|e-mail) indésirable*', '554 Courrier indésirable'],
  ['(posta|messaggio|e-mail) (indesiderat*|non richiest*)', '554 Posta indesiderata'],
  ['(correo|mensaje|correo electrónico) (no deseado|basura|no solicitado)', '554 Correo no deseado'],
  ['(mensagem|e-mail|correio) (indesejad*|não solicitad*|não desejad*)', '554 Mensagem indesejada'],
  ['(niechcian*|niezamówion*|niepożądan*) (wiadomość|wiadomości|poczta|korespondencja)', '554 Niechciana wiadomość'],
  ['(спам|спама|спамом|вирус*)', '554 Сообщение похоже на спам'],
  ['(邮件|内容|信件)*(被识别为|疑似|包含|含有|判定为|是)*(垃圾|病毒|广告)', '554 邮件疑似垃圾邮件'],
  ['(迷惑メール|スパム|ウイルス|ウィルス)', '554 迷惑メールと判定されました'],

];
