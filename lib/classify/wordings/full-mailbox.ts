// wording.ts explains the notation.
import type { Wording } from '../wording.js';

// biome-ignore format: one wording a line
/** The mailbox, or the space of its user, is full. */
export const fullMailbox: readonly Wording[] = [
  ['<recipient> ... (full|over-quota|over-limit|over [its|the|their] quota)', '552 5.2.2 Mailbox full', 'Postfix'],
  ['tried to reach is over-quota', '452 4.2.2 The account that you tried to reach is over quota', 'Gmail'],
  ['full mail-box', '554 5.2.2 Full mailbox'],
  ['over-quota', '452 4.2.2 Over quota', 'Dovecot'],
  ['(over|exceed*|reached|above|overdrawn) ... (quota|disk-space|storage)', '552 5.7.1 You have exceeded the storage allocation', 'GMX'],
  ['(space|storage) ... (full|limit|exhausted|exceeded)', '550 Account storage limit', 'GoDaddy'],
  ['exhausted ... (storage|space)', '550 User has exhausted allowed storage space', 'web.de'],
  ['quota ... (exceed*|full|reached|violation|used)', '552 5.2.2 Quota exceeded', 'Dovecot'],
  ['(used up|used all|ran out of|run out of) [all|of] [the|its|his|her|their] [allowed|mail|disk|storage|available] (space|quota|storage)', '550 This user has used up the mail space'],
  ['quotaexceeded*', '554 STOREDRV.Deliver.Exception:QuotaExceededException', 'Exchange'],
  ['(not enough|not have enough|insufficient|out of|no more) [free|disk|storage|mailbox] (space|storage)', "452 4.2.2 The recipient's inbox is out of storage space", 'Gmail'],
  ['<box> ... (exceed*|size|limit)', '550 5.7.1 The mail file exceeds its size', 'Domino'],
  ['(maximum|over|exceed*|reached|above) ... (disk|storage|mail|space) (usage|use|allowance|allotment|allocation)', '552 The maximum allotted disk usage is reached', 'cPanel'],
  ['<recipient> ... (too many messages (in|on)|no (space|room)|insufficient (space|room))', '550 User has too many messages on the server', 'web.de'],
  ['(not|no) [enough|have enough|more] (room|space) [left] (in|for|on) ... <recipient>', '552 No room left in the mailbox'],
  ['(not hold|not take) [any] more <message>', '552 Can not take any more mail'],
];

// biome-ignore format: one wording a line
/** The same in other languages. */
export const fullMailboxInOtherLanguages: readonly Wording[] = [
  // German
  ['(postfach|postfachs|posteingang|mailbox|briefkasten|konto|speicher) ... (voll|überfüllt|gefüllt|überschritten|erschöpft|ausgeschöpft)', '550 Das Postfach des Kunden ist voll'],
  ['(speicherplatz|speichervolumen|speicherlimit|speichergrenze|speicherkontingent|kontingent|quota|quote|postfachgröße) ... (überschritten|überschreitet|erreicht|erschöpft|aufgebraucht|voll)', '550 Benutzer hat das Speichervolumen ueberschritten', 'web.de'],
  ['(kein|keinen|nicht (genug|genügend|ausreichend)|zu wenig) [freier|freien|mehr] (speicherplatz|speicher|platz)', '552 Nicht genug Speicherplatz'],
  ['(volles|überfülltes) (postfach|konto)', '552 Volles Postfach'],
  // Dutch
  ['(postvak|postbus|brievenbus|mailbox|inbox|postvak in|account) ... (vol|overvol|volgelopen)', '552 5.2.2 Het postvak van de ontvanger is vol'],
  ['(quota|quotum|opslaglimiet|opslagruimte|schijfruimte|opslagcapaciteit|mailboxlimiet) ... (overschreden|overschrijdt|overschrijden|bereikt|vol|op|verbruikt)', '552 Quotum overschreden'],
  ['(onvoldoende|te weinig|niet genoeg|niet voldoende|geen) [vrije|beschikbare] (ruimte|opslagruimte|schijfruimte|plaats|opslag) [meer|vrij|beschikbaar] (in|voor|op|bij)', '552 Geen ruimte meer in de mailbox'],
  ['(onvoldoende|te weinig|geen) (opslagruimte|schijfruimte)', '552 Onvoldoende opslagruimte'],
  ['(overschrijdt|overschreden|overschrijding|boven) ... (quota|quotum|opslaglimiet|opslagruimte)', '552 De gebruiker overschrijdt het quotum'],
  ['volle (mailbox|postbus|postvak|brievenbus|inbox)', '552 Volle mailbox'],
  // French
  ['(boîte|messagerie|bal) ... (pleine|saturée|remplie)', '552 5.1.1 Boite du destinataire pleine', 'Orange'],
  ['(quota|espace|capacité|stockage|compte) ... (dépassé*|atteint*|insuffisant*|saturé*|épuisé*|plein)', '552 Quota dépassé'],
  ['(dépasse*|dépassé*|excède|excédé|atteint) ... (quota|espace|capacité|stockage)', "552 L'utilisateur a dépassé son quota"],
  ["(plus|pas) [assez] (de|d'espace|d'espace de) (place|espace|stockage|disponible)", '552 Plus de place dans la BAL'],
  // Italian
  ['(casella|mailbox|account|posta) ... (pien(a|o)|satura|saturo|esaurit*)', '552 RCPT TO: casella destinatario piena', 'Libero'],
  ['(quota|spazio|capacità) ... (superat*|esaurit*|insufficiente|raggiunt*|terminat*|eccedut*)', '552 Quota superata'],
  ['(superat*|supera|esaurit*|ecced*|raggiunt*) ... (quota|spazio|capacità)', "552 L'utente ha superato la quota"],
  ['(non|senza|poco) [ha|è|ce|hanno] [più|abbastanza|sufficiente] spazio', '552 Non ha abbastanza spazio'],
  // Spanish
  ['(buzón|casilla|cuenta|bandeja|correo) ... (llen(o|a)|saturad*)', '552 El buzón está lleno', 'Telefónica'],
  ['(superado|excedido|sobrepasado|excede|supera|sobrepasa|agotado|alcanzado) ... (cuota|quota|espacio|capacidad|almacenamiento)', '552 5.2.2 El usuario ha superado su cuota'],
  ['(cuota|quota|espacio|capacidad|almacenamiento) ... (superad*|excedid*|insuficiente|agotad*|sobrepasad*|llen(o|a)|alcanzad*)', '552 Cuota de disco excedida'],
  ['(sin|no (hay|tiene|queda|dispone de)) [más|suficiente] (espacio|almacenamiento)', '552 No hay espacio para el destinatario'],
  // Portuguese
  ['(caixa|conta|mailbox) ... (cheia|lotada)', '552 Caixa postal cheia', 'UOL'],
  ['(cota|quota|espaço|armazenamento|capacidade) ... (excedid*|esgotad*|insuficiente|ultrapassad*|atingid*|estourad*|cheio)', '552 Cota de armazenamento excedida'],
  ['(excedeu|excede|ultrapassou|atingiu|esgotou|excedido) ... (cota|quota|espaço|armazenamento|capacidade)', '552 O usuário excedeu a cota'],
  ['sem espaço', '552 Sem espaço para o destinatário'],
  // Polish
  ['(skrzynka|skrzynki|konto) ... (pełn(a|e|y)|przepełnion*|zapełnion*|zapchan*)', '552 5.2.2 Skrzynka odbiorcy jest przepełniona'],
  ['(przekrocz*|przekracza|brak|wyczerpan*|za mało) ... (pojemnoś*|miejsca|quot*|przestrzeni)', '552 Brak miejsca w skrzynce odbiorcy'],
  ['(pojemność|quota|limit (miejsca|pojemności|skrzynki|danych)|miejsce) ... (przekroczon*|wyczerpan*|osiągnięt*)', '552 Pojemność skrzynki przekroczona'],
  // Russian
  ['(превышен*|исчерпан*) ... (квот*|ящика|места)', '552 Превышена квота почтового ящика'],
  ['ящик ... (переполнен|заполнен|полон)', '552 Почтовый ящик переполнен'],
  // Chinese and Japanese
  ['(邮箱|郵箱|信箱|空间|容量|用户)*(已满|已滿|空间不足|容量|满了)', '552 对方邮箱已满', 'QQ'],
  ['(空间不足|容量不足|超出配额|配额*|容量超*|容量を*|容量が*|容量制限*|容量オーバー)', '552 メールボックスの容量を超えています'],
  ['(いっぱい|満杯)', '552 メールボックスがいっぱいです'],
];
