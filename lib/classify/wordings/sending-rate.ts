// The notation is explained where Wording is.
import type { Wording } from '../rule.js';

// biome-ignore format: one wording a line
/** Too much at a time. */
export const sendingRate: readonly Wording[] = [
  ['too (many|much) [concurrent|simultaneous|invalid|unknown|open|smtp] [client|smtp] (connections|sessions|messages|recipients|users|e-mails|mails|mail)', '421 Too many concurrent connections'],
  ['too (fast|quick*|frequent*|many errors from)', '450 4.2.1 The user is receiving mail too quickly', 'Gmail'],
  ['error too many errors', '421 4.7.0 mx.example.com Error: too many errors', 'Postfix'],
  ['rate-limit*', '421 Rate limit reached. Please try again later.', 'GMX'],
  ['throttl*', '451 4.7.500 Server throttled'],
  ['excessive [number of|amount of] (volume|connections|rate|messages|mail|recipients|sending)', '421 Excessive volume'],
  ['max* [number of] [concurrent|simultaneous|allowed] (connections|recipients|messages|sessions)', '421 Maximum number of connections reached'],
  ['(fewer|many) recipients', '452 Please send to fewer recipients'],
  ['(slow* down|slower)', '451 4.7.1 Please slow down'],
  ['(connection|connections|recipient|recipients|session|sessions|message|sending|high|frequent|incoming|inbound) [send|sending|connection] (rate|limit|quota)', '450 The connection rate is not acceptable'],
  ['at a rate', '450 4.2.1 The user is receiving mail at a rate that prevents delivery', 'Gmail'],
  ['(per|this|in one|last) (hour|minute|day)', '452 Too many invitations received this hour', 'Mimecast'],
  ['frequency', '550 Connection frequency limited', 'QQ'],
  ['threshold', '550 5.2.121 Recipient is over its receiving threshold', 'Exchange'],
  ['too (many|much) ... (recipients|users|addresses|connections|messages|requests|mail)', '421 Too many different addresses'],
  ['(exceed*|over|reached|above) ... (rate|allowance|number of (messages|recipients|connections|e-mails|mails))', '452 You have reached the number of recipients'],
  ['(max|maximum|limit of|limit on|number of) ... (per (hour|day|minute|connection|session)|recipients|connections|sessions)', '450 The limit of 5 sessions'],
  ['(mail|message|smtp) (flood*|bomb*)', '450 Mail flooding'],
  // Other languages
  ['zu (viele|schnell|häufig|oft)', '421 Zu viele Verbindungen'],
  ['te (veel (berichten|verbindingen|ontvangers|mails|e-mails)|snel|vaak)', '450 Te veel berichten'],
  ['trop (de|rapidement|vite|souvent|fréquent*)', '421 Trop de connexions, veuillez verifier votre configuration', 'Orange'],
  ['(tropp(e|i)|troppo (spesso|velocement*|rapidament*))', '421 Troppe connessioni'],
  ['(demasiad(o|a)s|much(o|a)s (mensajes|conexiones|correos|destinatarios))', '421 Demasiadas conexiones'],
  ['(muit(o|a)s|excesso de)', '421 Muitas conexões simultâneas'],
  ['((zbyt|za) (wiele|dużo|często|szybko))', '421 Zbyt wiele połączeń'],
  ['przekroczono limit', '450 4.7.1 Przekroczono limit wiadomości', 'Onet'],
  ['(pro (stunde|minute|tag)|anzahl ... (überschritten|erreicht))', '450 20 Nachrichten pro Stunde'],
  ['(per (uur|minuut|dag)|(aantal|limiet) ... (overschreden|bereikt))', '450 20 berichten per uur'],
  ['par (heure|minute|jour)', '450 20 messages par heure'],
  ['(per ora|al minuto|al giorno)', '450 20 messaggi per ora'],
  ['por (hora|minuto|día|dia)', '450 20 mensajes por hora'],
  ['na (godzinę|minutę|dobę)', '450 20 wiadomości na godzinę'],
  ['(слишком (много|часто)|превышен лимит)', '450 Слишком много соединений'],
  ['(频率|频繁|太多|过多|过快)*', '450 发送频率过高'],
  ['(頻度|多すぎ|接続数|送信数)*', '450 接続数が多すぎます'],
];
