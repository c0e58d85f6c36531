// The notation is explained where Wording is.
import type { Wording } from '../rule.js';

// biome-ignore format: one wording a line
/** The mailbox, or the space of its user, is full. */
export const fullMailbox: readonly Wording[] = [
  ['<recipient> ... (full|over-quota|over-limit|over [its|the|their] quota)', '552 5.2.2 Mailbox full', 'Postfix'],
  ['tried to reach is over-quota', '452 4.2.2 The account that you tried to reach is over quota', 'Gmail'],
  ['full mail-box', '554 5.2.2 Full mailbox'],
  ['over-quota', '452 4.2.2 Over quota', 'Dovecot'],
  ['(over|exceed*|reached|above) ... (quota|disk space|storage)', '552 5.7.1 You have exceeded the storage allocation', 'GMX'],
  ['(space|storage) ... (full|limit|exhausted|exceeded)', '550 Account storage limit', 'GoDaddy'],
  ['exhausted ... (storage|space)', '550 User has exhausted allowed storage space', 'web.de'],
  ['quota ... (exceed*|full|reached|violation|used)', '552 5.2.2 Quota exceeded', 'Dovecot'],
  ['quotaexceeded*', '554 STOREDRV.Deliver.Exception:QuotaExceededException', 'Exchange'],
  ['(not enough|not have enough|insufficient|out of|no more) [free|disk|storage|mailbox] (space|storage)', "452 4.2.2 The recipient's inbox is out of storage space", 'Gmail'],
  ['<box> ... (exceed*|size|limit)', '550 5.7.1 The mail file exceeds its size', 'Domino'],
  ['messages (on the server|in ... <box>)', '550 User has too many messages on the server', 'web.de'],
  // German
  ['(postfach|mailbox|briefkasten) ... (voll|überfüllt)', '550 Das Postfach des Kunden ist voll'],
  ['(speicherplatz|speichervolumen|quota) ... (überschritten|erschöpft|aufgebraucht)', '550 Benutzer hat das Speichervolumen ueberschritten', 'web.de'],
  // Dutch
  ['(postvak|postbus|brievenbus|mailbox) ... vol', '552 5.2.2 Het postvak van de ontvanger is vol'],
  ['(quota|quotum|opslaglimiet|opslagruimte) ... (overschreden|bereikt|vol|op)', '552 Quotum overschreden'],
  ['geen ruimte [meer] (in|voor|op)', '552 Geen ruimte meer in de mailbox'],
  // French
  ['boîte ... (pleine|saturée)', '552 5.1.1 Boite du destinataire pleine', 'Orange'],
  ['(quota|espace) ... (dépassé|atteint|insuffisant)', '552 Quota dépassé'],
  // Italian
  ['casella ... piena', '552 RCPT TO: casella destinatario piena', 'Libero'],
  ['(quota|spazio) ... (superat*|esaurit*|insufficiente)', '552 Quota superata'],
  // Spanish
  ['(buzón|casilla|cuenta|bandeja) ... llen(o|a)', '552 El buzón está lleno', 'Telefónica'],
  ['(superado|excedido|sobrepasado) ... (cuota|espacio|capacidad)', '552 5.2.2 El usuario ha superado su cuota'],
  ['(cuota|quota|espacio) ... (superad*|excedid*|insuficiente)', '552 Cuota de disco excedida'],
  // Portuguese
  ['caixa ... cheia', '552 Caixa postal cheia', 'UOL'],
  ['(cota|espaço) ... (excedid*|esgotad*|insuficiente)', '552 Cota de armazenamento excedida'],
  // Polish
  ['(skrzynka|skrzynki|konto) ... (pełna|pełne|przepełniona|zapełniona)', '552 5.2.2 Skrzynka odbiorcy jest przepełniona'],
  ['(przekroczono|przekroczona|brak) ... (pojemność|pojemności|miejsca)', '552 Brak miejsca w skrzynce odbiorcy'],
  // Russian
  ['ящик ... (переполнен|заполнен)', '552 Почтовый ящик переполнен'],
  // Chinese and Japanese
  ['(邮箱|郵箱|信箱)(已满|已滿|空间不足|容量)', '552 对方邮箱已满', 'QQ'],
  ['(空间不足|容量不足|容量超|容量を|容量制限|容量オーバー)', '552 メールボックスの容量を超えています'],
  ['(いっぱい|満杯)', '552 メールボックスがいっぱいです'],
];
