import { isPermanent, isSystemStatus } from '../conditions.js';
import type { Rule } from '../rule.js';
import type { Wording } from '../wording-syntax.js';
import { otherReasons } from './other-subjects.js';
import { unknownRules } from './recipient.js';

// biome-ignore format: one wording a line
/** The mailbox, or the space of its user, is full. */
const fullMailbox: readonly Wording[] = [
  ['<recipient> ... (full|over-quota|over-limit|over [its|the|their] quota)', '552 5.2.2 Mailbox full', 'Postfix'],
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
  ['used <number> of [the|her|his|its|their] (storage|space|quota|mail-box)', '422 Jane has used 100% of her storage'],
  ['(reached|exceeded) the message count', '550 User has reached the message count'],
  // German
  ['(postfach|postfachs|posteingang|mailbox|briefkasten|konto|speicher) ... (voll|überfüllt|gefüllt|überschritten|erschöpft|ausgeschöpft)', '550 Das Postfach des Kunden ist voll'],
  ['(speicherplatz|speichervolumen|speicherlimit|speichergrenze|speicherkontingent|kontingent|quota|quote|postfachgröße) ... (überschritten|überschreitet|erreicht|erschöpft|aufgebraucht|voll)', '550 Benutzer hat das Speichervolumen ueberschritten', 'web.de'],
  ['(kein|keinen|nicht (genug|genügend|ausreichend)|zu wenig) [freier|freien|mehr] (speicherplatz|speicher|platz)', '552 Nicht genug Speicherplatz'],
  ['(volles|überfülltes) (postfach|konto)', '552 Volles Postfach'],
  ['nachrichten im postfach (erreicht|überschritten)', '550 Zulässige Zahl an Nachrichten im Postfach erreicht'],
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
  ['(plus|pas) [assez] (de|d espace|d espace de) (place|espace|stockage|disponible)', '552 Plus de place dans la BAL'],
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
  ['(邮箱|郵箱|信箱|空间|容量|用户) ... (已满|已滿|空间不足|容量|满了)', '552 对方邮箱已满', 'QQ'],
  ['(空间不足|容量不足|超出配额|配额|容量超|容量を|容量が|容量制限|容量オーバー)', '552 メールボックスの容量を超えています'],
  ['(いっぱい|満杯)', '552 メールボックスがいっぱいです'],
  // Central, southern and northern Europe
  ['(schránka|schránky|kvóta|kapacita|účet) ... (plná|zaplněn*|přeplněn*|překročen*|vyčerpán*|preplnen*|prekročen*)', '552 Schránka příjemce je plná'],
  ['(překročen*|prekročen*|vyčerpán*) (kvóta|kapacita|velikost schránky)', '552 Překročena kvóta'],
  ['(predal|nabiralnik|kvota|predala|nabiralnika) ... (poln*|presežen*|zapolnjen*)', '552 Poštni predal je poln'],
  ['(sandučić|sanduče|pretinac|kvota) ... (pun|puna|puno|popunjen*|prekoračen*|premašen*)', '552 Poštanski sandučić je pun'],
  ['(postafiók|postafiókja|postaláda|kvóta|tárhely|fiók) ... (megtelt|tele van|betelt|túllépte|túllépve|elfogyott)', '552 A címzett postafiókja megtelt'],
  ['(cutia|căsuța|cota|spațiul|contul) ... (plin*|depășit*|epuizat*)', '552 Căsuța poștală este plină'],
  ['(кутия|кутията|квота|квотата) ... (пълн*|препълн*|надвишен*|превишен*)', '552 Пощенската кутия е пълна'],
  ['(скринька|скриньки|квота|квоту) ... (переповнен*|заповнен*|перевищен*)', '552 Поштова скринька переповнена'],
  ['(γραμματοκιβώτιο|θυρίδα|όριο|χώρος) ... (γεμάτο|γεμάτη|πλήρες|πλήρης|υπέρβαση|εξαντλ*)', '552 Το γραμματοκιβώτιο είναι γεμάτο'],
  ['(kutusu|kota|kotası|kotasını|alanı) ... (dolu|doldu|dolmuş|aşıldı|aştı|aşıyor|yetersiz)', '552 Posta kutusu dolu'],
  ['(brevlådan|brevlåda|inkorgen|inkorg|kvoten|postkassen|postkasse|innboksen|indbakken|kvote) ... (full|fullt|fuld|fyldt|överskriden|överskridits|overskredet|oversteget)', '552 Mottagarens brevlåda är full'],
  ['(postilaatikko|kiintiö|levytila) ... (täynnä|täysi|ylitetty|ylittynyt|loppu)', '552 Postilaatikko on täynnä'],
  ['(메일함*|용량*|편지함*|사서함*) ... (초과*|가득*|부족*)', '552 메일함 용량이 초과되었습니다'],
];

/** Words that mean the same, whatever else the reply says. */
export const CLEAR_WORDS: readonly Rule[] = [
  {
    // The disk of the receiving system is full, not a mailbox.
    category: 'technical',
    // biome-ignore format: one wording a line
    wordings: [
      ['system (storage|disk|space|resources)', '452 4.3.1 Insufficient system storage', 'Postfix'],
      ['(system|disk|file system) [is] full', '452 4.3.1 Mail system full', 'RFC 3463'],
      ['insufficient disk space', '452 4.4.5 Insufficient disk space; try again later', 'sendmail'],
      ['no space left on', 'write error: No space left on device'],
      ['(spazio esaurito sul (device|dispositivo)|kein speicherplatz mehr auf dem gerät|espace insuffisant sur le périphérique|no queda espacio en el dispositivo)', '421 4.3.2 Spazio esaurito sul device'],
    ],
  },
  {
    // The words for mailboxes, with a status of the receiving system.
    category: 'technical',
    when: isSystemStatus,
    wordings: fullMailbox,
  },
  {
    // A quota of messages over a time, not of the space of a mailbox.
    category: 'frequency',
    // biome-ignore format: one wording a line
    wordings: [
      ['(relay|sending|message|hourly|daily|monthly|rate) quota', '454 Throttling failure: Daily message quota exceeded', 'Amazon SES'],
      ['nombre [maximum|maximal] de (messages|destinataires|connexions)', '451 Nombre de messages par heure dépassé'],
      ['(sending|hourly|daily|send|submission|receiving|messages) [relay|message|sending] limit*', '550 5.4.5 Daily user sending limit exceeded', 'Gmail'],
      ['(quota|limit) of [invalid|unknown|daily] (messages|recipients|mails|e-mails|connections)', '450 4.2.2 quota of messages exceeded'],
      ['unusual rate', '421 4.7.28 Gmail has detected an unusual rate of unsolicited mail', 'Gmail'],
      ['(organization|tenant|domain|queue|outbound|sender|recipient rate|connection|hour|day|envelope) [queue|sending|message] quota', '450 4.7.3 Organization queue quota exceeded', 'Exchange'],
      ['(cota|quota|cuota|límite|limite|limiet|limit) (de|di|van|op) [envio|envío|invio] [de|di] (mensagens|mensajes|messaggi|messages|envio|envío|envíos|invio|correos|e-mails|berichten|conexões|conexiones|connessioni)', '421 Limite de mensagens excedido'],
      ['too (quick*|fast|frequent*)', '450 4.2.1 The user is receiving mail too quickly', 'Gmail'],
      ['sent too many (messages|mails|e-mails|mail)', '550 You have sent too many e-mails'],
      ['number of [allowed] (outgoing|sent) (messages|mails|e-mails)', '550 The number of allowed outgoing messages was exceeded'],
      ['(submission|message|mail|sending) (rate|count) ... (exceed*|reached)', '421 4.4.2 Message submission rate has exceeded the limit'],
      ['(batch|hourly|daily) limit', '452 4.5.3 Batch limit reached'],
      ['per (day|hour|minute|second)', '550 5.7.1 Max 500 per day'],
      ['(stundenlimit|tageslimit|daglimiet|uurlimiet|limite horaire|limite quotidienne|limite (orario|giornaliero)|límite (diario|horario)|limite (diário|horário)|limit (dzienny|godzinowy|denní))', '450 Stundenlimit überschritten'],
      ['(receive|receiving|sending|rcpt|recipient|recipients) limit', '554 5.2.121 Mailbox receive limit reached', 'Exchange'],
      ['<number> (rcpts|recipients|messages|mails) per <number> (hours|minutes|seconds|days)', '550 Limit of 50 rcpts per 24 hours'],
      ['too many (recipient|rcpt|delivery|connection) attempts', '450 Too many recipient attempts'],
      ['(numero massimo di|número máximo de|nombre maximum de|maximale aantal|höchstzahl von) (destinatari|messaggi|destinatarios|mensajes|mensagens|messages|destinataires|berichten|ontvangers|nachrichten|connessioni|conexiones|connexions|verbindingen)', '450 Superato il numero massimo di destinatari'],
    ],
  },
  {
    // The server asked the sender's own server. The reply that it quotes is about the sender, and can
    // have any words for mailboxes.
    category: 'reputation',
    // biome-ignore format: one wording a line
    wordings: [
      ['sender address rejected (undeliverable|unverified) address host', '550 5.1.0 Sender address rejected: undeliverable address: host mx.example.com[192.0.2.7] said: 552 Mailbox full', 'Postfix'],
      ['sender [address] (verify|verification|call-back|call-out|check|validation) [has] (fail*|rejected|error)', '550 Sender verify failed: mailbox is full', 'Exim'],
      ['(call-back|call-out) (check|fail*)', '550 Callback failed: no such user'],
      ['(call-back verif*|sender call-out verif*)', '550 Callback verification: no such user'],
      ['(during|by|in|after) [the|a] (call-back|call-out)', '550 User not found on your mail server during callback'],
      ['(verify|verifying|validate|validating|verification of|validation of) [the|your] [envelope] (sender|return-path|from-address|reply-address)', '550 Could not verify the sender: no such user'],
      ['verification failed for <address>', '550-Verification failed for <jane@example.com>', 'Exim'],
      ['not verify that <address>', '550 Could not verify that jane@example.com exists'],
    ],
  },
  // The reply leaves open whether the address is dead.
  ...unknownRules('unclassified', { beside: otherReasons }),
  {
    // With other statuses, no other reply has these words.
    category: 'mailbox-unavailable',
    wordings: fullMailbox,
  },
  {
    // Nobody has used the mailbox for long.
    category: 'mailbox-unavailable',
    // biome-ignore format: one wording a line
    wordings: [
      ['not [been] (logged in|signed in|used|accessed|logged on) (for|since)', '550 Recipient has not logged in for 12 months'],
    ],
  },
  {
    // A loop, a deliberate delay, DNS, or the receiving system itself: about no one.
    category: 'technical',
    // biome-ignore format: one wording a line
    wordings: [
      ['(too many|maximum|<number>) hops', '554 5.4.6 Too many hops', 'sendmail'],
      ['hop count', '554 5.4.14 Hop count exceeded', 'Exchange'],
      ['(mail|routing|forwarding|delivery) [forwarding] loop*', '554 5.4.6 Routing loop detected', 'Exchange'],
      ['(looping|loop|loops|looped) back', 'mail for example.com loops back to myself', 'Postfix'],
      ['gr(a|e)y-list*', '450 4.2.0 Recipient address rejected: Greylisted', 'Postfix'],
      ['(not|unable to|failed to) (create|open|write|lock|connect)', 'Unable to open mailbox file mail/jane.nsf', 'Domino'],
      ['verification in progress', '450 4.1.1 unverified address: Address verification in progress', 'Postfix'],
      ['not found try again', '454 4.4.0 example.com not found, try again', 'Postfix'],
      ['(server failure|servfail)', '451 Name server: server failure', 'sendmail'],
      ['name-server (reply|failure|error|timeout|timed out)', 'Malformed or unexpected name server reply', 'Postfix'],
      ['(host-name|temporary) [lookup] failure', 'Deferred: host name lookup failure', 'sendmail'],
      ['lookup failed temporarily', 'CNAME lookup failed temporarily. (#4.4.3)', 'qmail'],
      ['(mx|address) (lookup|resolution) (failed|failure|error)', '451 MX lookup failed'],
      ['name resolution', '451 Name resolution did not work'],
      ['too many received', '554 Too many Received headers', 'Domino'],
      ['duplicate[d] message-id', 'Duplicated Message-ID', 'fml'],
      ['no dns server[s]', 'No DNS server could be reached'],
      ['dns server returned', '554 5.4.4 DNS server returned answer with no data', 'Exchange'],
      ['unroute-able mail domain', '451 Unrouteable mail domain'],
      ['ldap (server|error)', '451 4.3.0 LDAP server is down', 'Postfix'],
      ['(wrong|bad) (uid|gid|owner|ownership|file mode)', 'mailbox jane has wrong uid', 'Exim'],
      ['locked by [another|a] (process|program|session|client)', '450 4.2.0 Mailbox is locked by another process'],
      ['looping', 'The message is looping'],
      ['qmail file', 'Uh-oh: .qmail file does not exist, but the home directory is writable. (#4.7.0)', 'qmail'],
      ['control locals file', "Although I'm listed as a best-preference MX, it isn't in my control/locals file", 'qmail'],
      ['(child|child process|pipe|piped|transport|program|programme|script|agent|mda|lda|mailer|process|daemon|plugin|autoresponder|autoreply|procmail|maildrop|sieve) ... (returned|fail*|terminat*|exit*|died|crash*|abort*|killed|timed out|error*)', 'Child process of address_pipe transport returned 127', 'Exim'],
      ['command (failed|timed out|time limit)', 'Command time limit exceeded', 'Postfix'],
      ['(command|filter|milter) ... (exited|died|terminated|killed|crashed|aborted|exit (code|status|value))', 'Command died with status 127: "/usr/local/bin/deliver"', 'Postfix'],
      ['(exited|died|terminated|killed|ended|returned) [abnormally|unexpectedly] [with|by|on] [a|an|exit|error|non-zero|return] (status|signal|exit code|return code)', 'It exited with status 1'],
      ['(not|unable to|error|failed to|failure) (run|running|execut*|exec|start|spawn|spawning|invoke|fork|launch)', 'unable to run preline', 'qmail'],
      ['(file|files|folder|directory|home|maildir|delivery|program|command|script|pipe|spool|filter|open|opening|write|writing|execut*) ... permission denied', 'Delivery of the mail: permission denied'],
      ['(user|users|recipient|alias|aliases|account|virtual|address|address book|mail-box) [look-up] (driver|spool file|database|databases|table|tables|map|maps|backend|store|storage|server) ... (error|fail*|unavailable|unreachable|down|locked|missing|corrupt*|not (found|present|available|readable|responding|reachable))', '451 4.3.0 User database unavailable'],
      ['(tlsa|dane|dnssec|mta-sts)', '551 The TLSA record is not valid'],
      ['(no (name-server|name-servers)|unknown host key)', '451 4.4.3 There is no name server for it'],
      ['dns error (when|while|in|resolving|during)', '550 DNS error when resolving the MX server for example.com'],
      ['local delivery failed', 'local delivery failed', 'Exim'],
      ['(procmail|x-unix|mailer error)', 'X-Unix; 127', 'Postfix'],
      ['(schleife|mailschleife|boucle|bucle|ciclo di posta|laço|pętl*|smyčk*|lus verbroken|mail-lus|петл*)', '554 5.4.6 Ciclo di posta trovato'],
      ['not accept* [any|your] (mail|messages|e-mail|mails) (right now|at this time|at the moment|today|now|yet|currently)', '451 We do not accept mail right now'],
    ],
  },
  {
    // The sender guesses addresses.
    category: 'reputation',
    // biome-ignore format: one wording a line
    wordings: [
      ['(dictionary|harvest*|directory harvest) (attack|attacks)', '550 Dictionary attack detected'],
      ['(address harvesting|namespace mining|probing for (addresses|e-mail addresses|users))', '550 You are probing for addresses'],
      ['(unknown|invalid|bad) (user|users|recipient|recipients|address) (rate|ratio|limit|percentage|count|quota)', '554 Unknown user rate too high'],
    ],
  },
  {
    // The same, where it is no passing limit.
    category: 'reputation',
    when: isPermanent,
    // biome-ignore format: one wording a line
    wordings: [
      ['number of [many] (unknown|invalid|bad|non-existent) (users|recipients|addresses)', '550 Blocked due to high number of unknown users'],
      ['too many (invalid|unknown|bad|non-existent|failed) (recipients|users|addresses|rcpts)', '550 Too many invalid recipients', 'GoDaddy'],
    ],
  },
  {
    // Spam from the sending address, domain or network, rather than this message.
    category: 'reputation',
    // biome-ignore format: one wording a line
    wordings: [
      ['(ip|ips|ip address|ip range|<ip>|sender|sender address|domain|network|net-block|server|host|subnet|isp|region|country) [<be>] [temporarily] <listed> ... (spam|spamming)', '550 Domain blocked due to spam'],
      ['your (ip|ip address|domain|network|address) ... <listed> ... (spam|spamming)', '550 Your domain example.com is blocked because of spam'],
      ['spam (complaint|complaints|reports)', '550 Due to spam complaints'],
      ['(you|host|server|domain|ip) (are|is) [a] (spamming|spammer|known spammer)', '554 You are a known spammer'],
      ['spam (detected|seen|received) from (ip|ips|<ip>|your)', '550 5.7.1 Spam detected from IP 192.0.2.7'],
      ['(domain|ip|host|server|network) ... (known for|notorious for) (spam|spamming)', '550 The domain example.com is known for spam'],
      ['(spam|junk|unsolicited) [content|messages|mail|e-mail] [is|was|being] [originating|coming|sent|received] from [your|this|the|that] (ip|ips|network|net-block|domain|host|server|range|address|<ip>)', '550 5.7.1 Our system has detected unsolicited mail originating from your IP Netblock', 'Gmail'],
      ['(spam-trap|spam-traps|honey-pot|honey-pots)', '554 5.7.1 Your host hits our spamtrap addresses'],
      ['(block|blocks|blocked|blocking|listed|listing) for (spam|spamming|sending spam)', '554 192.0.2.7 Comcast block for spam', 'Comcast'],
      ['(source|sources|origin|sender|senders|network|history) of [known] (spam|unsolicited|junk)', '554 Known source of spam'],
      ['spam (domain|domains|source|sources|network|emitter|activity|host|hosts|origin)', '550 192.0.2.7 is a spam source'],
      ['(because of|due to) [the|your] (ip|ips|domain|sender|network|host|server) reputation', '554 5.7.1 Under suspicion of spam because of the IP reputation', 'Yandex'],
      ['(suspected|known|possible) spam (sender|senders|ip|source|domain|host|server)', '550 Suspected spam sender', 'QQ'],
      ['(policy|restrictions) (ip|domain|sender|host|client) based', '550 Reject due to policy restrictions (IP based)', 'web.de'],
      ['policy rejection abuse', '450 4.7.1 Policy Rejection- Abuse. Go away.', 'Barracuda'],
      ['rejected by recipients', '550 Mail is rejected by recipients', 'QQ'],
      // Other languages
      ['(ip|ip-adresse|ip-adres|adresse ip|indirizzo ip|dirección ip|endereço ip|adres ip|<ip>) ... (gesperrt|blockiert|geblokkeerd|bloqué*|bloccat*|bloquead*|zablokowan*) ... spam*', '550 IP-adres geblokkeerd vanwege spam'],
    ],
  },
  {
    // A filter has judged this message.
    category: 'content',
    // biome-ignore format: one wording a line
    wordings: [
      ['(as|like|be|contain*|consider*|probabl(e|y)|due to|because of|likely|suspicion of|suspected) [a|an|being|possible] (spam|unsolicited|junk)', '550 5.7.1 Message looks like spam'],
      ['infected', '554 5.7.0 Reject, INFECTED', 'amavis'],
      ['(spam|virus|malware) (detected|found|content|classification)', '550 5.7.0 Virus detected', 'amavis'],
      ['(duplicate|multiple|missing|malformed|invalid|illegal) ... header[s]', '554 Transaction failed: Duplicate header', 'Amazon SES'],
      ['reject id <number>', '554 5.7.0 Reject, id=1234-01 - SPAM', 'amavis'],
      ['sc-001', '550 SC-001 Rejected for spam-like characteristics or reputation', 'Outlook.com'],
      ['uribl', '554 5.7.1 Blocked using multi.uribl.com', 'URIBL'],
      ['(black|block)-listed (url|urls|link|links|content)', '554 5.7.1 Message contains a blacklisted URL'],
      ['(forbidden|prohibited|suspicious|malicious|dangerous) (link|links|url|content|attachment[s]|file[s])', '550 It contains a forbidden link'],
      ['(url|link) ... (black|block|deny)-list*', '554 5.7.1 The message contains a link that is on a blocklist'],
      ['(score|scored|scores|points|rating) ... (threshold|above|exceed*|over|too high)', '550 5.7.1 The score of 18.3 is above the threshold', 'Rspamd'],
      ['(spam|junk|phishing|virus|malware) (message|mail|score|pattern|signature|mail rejected|e-mail rejected)', '550 Spam message rejected', 'mail.ru'],
      ['(lack|lacks|lacking|missing|has no|without) [a|an|the] [valid|proper] (from|date|message-id|subject|cc|reply-to)', '550 5.6.0 Message lacks a Date header'],
      ['(gtube|eicar)', '554 5.7.1 GTUBE', 'Rspamd'],
      ['(classified|categori(s|z)ed|identified|recogni(s|z)ed|flagged|marked|tagged|regarded|treated|rated|deemed|judged) [as|to be] [a|an|possible|probable|likely|being] (spam|bulk|junk|unwanted|unsolicited|phishing|marketing|malicious|suspicious|suspect|virus|malware|dangerous|harmful)', '550 5.7.1 The mail was classified as bulk'],
      ['(header|headers|subject) [field|line] [is|was|has|does] [an] (unknown|invalid|illegal|malformed|missing|duplicate|not (exist|valid|known|allowed|accepted|wanted))', '550 Subject not wanted'],
      ['(header|headers) ... (address|user|domain|recipient) ... (not exist|unknown|invalid)', '550 The header has an address that does not exist'],
      ['(unknown|non-existent) [address|user|sender|recipient|domain|field] header[s]', '554 5.6.0 It has an unknown field header'],
      ['attachment[s] ... (unknown|invalid|not (known|exist|found|allowed|accepted)|<refused>)', '550 5.7.1 Attachment is of an unknown type'],
      ['(link|links|url|urls|pointing|points|hyperlink|hyperlinks) [to|with|of|at] [a|an|the] (unknown|invalid|bad|non-existent|black-listed|listed|blocked|unsafe|malicious) (domain|domains|host|hosts|site|sites|address)', '552 5.7.0 It has links to unknown hosts'],
      ['(html|script|scripts|macro|macros|iframe|javascript) (part|parts|form|forms|content|body|message|tag|tags|code)', '550 5.7.1 It has HTML forms'],
      ['not accept* [any|your] (mail|mails|e-mail|e-mails|message|messages) (with|containing|larger|bigger|over|in|that|without|having|encoded|written|using|of more|unless)', '550 This host does not accept mail with that character set'],
      ['(spam|spamming) (not [be] (allowed|accepted|permitted|tolerated|welcome)|block|rejected|refused|denied|reject)', '550 Spamming not allowed'],
      ['(length|size) of [the] (data|message|mail|e-mail)', '557 The length of DATA content is above the limit', 'Aliyun'],
      ['(invalid|illegal|malformed|bad|corrupt) (data|content|characters) in [the] (message|mail|body|data|header*)', '554 5.5.2 Invalid data in message'],
      ['(wrongly|badly|incorrectly) formatted', '550 Wrongly formatted subject'],
      ['(messages|mail|mails|e-mail) without [a|an|the] (to|from|date|subject|message-id|cc|reply-to)', '550 Messages without To: fields are refused'],
      ['(policy|restrictions) (header|content|url|body) based', '550 Reject due to policy restrictions (header based)', 'web.de'],
      ['exceed* [the|our] [maximum] (mail-size|message-size)', '552 exceeded mailsize limit', 'Coremail'],
      ['(fraud|fraudulent|phishing|phish|scam|golpe|betrug|betrugsversuch|oplichting|truffa|estafa|fraude|frode|oszustwo|мошенничеств*|arnaque|hameçonnage)', '554 Tratado como fraude'],
      ['(kopfzeile|kopfzeilen|en-tête|en-têtes|intestazione|cabecera|encabezado|cabeçalho|nagłówek|nagłówka|заголов*|koptekst) [from|de|message-id|date|to] ... (invalid*|ungültig*|inválid*|non valid*|nieprawidłow*|неверн*|ongeldig*|inexistant*|fehlt|ontbreekt|manquant*)', '554 En-tête Message-ID invalide'],
      ['(date|datum|data|fecha) (invalide|invalid|ungültig|ongeldig|inválida)', '554 Date invalide'],
      ['(body|text|corps|corpo|cuerpo|contenuto|contenido|conteúdo|inhalt|inhoud|treść|текст|содержимое) [of|contains|links|has|enlaza|contiene|contém|enthält|bevat|contient|reconhecido|zawiera|содержит] (a|an|link|links|un|ein|einen|een|como|ссылк*)', '550 El cuerpo contiene un enlace'],
      ['(from header|from-kopfzeile)', '550 Its From: header is wrong'],
      ['intent check', '550 Intent check', 'Barracuda'],
      ['(surbl|cmae|fuzzy-hash)', '554 5.7.1 [cmae] CMAE analysis', 'GoDaddy'],
      ['(zip|archive|attachment|file|document) ... (password|encrypted|not be scanned)', '550 The zip file is password protected'],
      ['<number> (mb|kb|bytes|megabytes|kilobytes|mib) (long|large|big)', '523 The message is 42 MB long'],
      ['size <number> declared', '552 SIZE=31457280 declared'],
      ['(mcspamsignature*|spamsignature*)', '550 Rejected by MCSpamSignature.sa.14.1', 'Mimecast'],
      ['by [the|our|your|a] [recipient] (spam|content|junk) (filter|filters)', '550 Rejected by the spam filter'],
      ['(sensitive|forbidden|illegal|banned|bad|prohibited) (word|words|keyword|keywords|phrase|phrases)', '553 5.7.1 Sensitive words detected'],
      ['(vba|office) (macros|macro)', '552 It contains VBA macros'],
      ['not (conform|comply) (to|with) [the] (standards|standard|rfc|rfcs)', '554 Message does not conform to standards'],
      ['unknown (mime|encoding|charset|character set)', '550 Unknown MIME encoding'],
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
      ['(被识别为|疑似|包含|含有|判定为) ... (垃圾|病毒|广告)', '554 邮件疑似垃圾邮件'],
      ['(迷惑メール|スパム|ウイルス|ウィルス)', '554 迷惑メールと判定されました'],
      ['als (werbemüll|werbung|massenmail|spammail|unerwünschte) (eingestuft|erkannt|bewertet|abgelehnt)', '550 Vom Filter als Werbemuell eingestuft'],
      ['(uznan*|zaklasyfikowan*|rozpoznan*|oznaczon*) (za|jako) [niechcian*|niepożądan*] (reklam*|spam|niechcian*)', '550 Treść uznana za niechcianą reklamę'],
      ['(антиспам*|spamszűrő*|spam-filtr*|filtro-antispam|spamvermoeden)', '550 Сообщение отклонено антиспам-фильтром'],
      ['(inhaltsfilter*|inhoudsfilter|filtre de contenu|filtro di contenuto|filtro de contenido|filtro de conteúdo|filtr treści|(vom|door het|door de|par le|dal|por el|pelo) (spam-filter|spamfilter|filtre-antispam|filtro-antispam))', '554 Vom Inhaltsfilter abgewiesen'],
    ],
  },
];
