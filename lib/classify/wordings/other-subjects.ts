import type { Wording } from '../wording-syntax.js';

// biome-ignore format: one wording a line
/** Another possible reason: the reply does not say which. */
export const otherReasons: readonly Wording[] = [
  ['(or|or that|and or) ... (denied|disabled|full|blocked|suspended|inactive|deactivated|closed|locked|restricted|unwanted|refus*|reject*|prohibit*|permission|policy|quota|not (allowed|permitted|authori(s|z)ed|want*|welcome))', '550 User unknown or access denied'],
  ['(denied|disabled|full|blocked|suspended|inactive|deactivated|closed|locked|restricted|unwanted|refused|rejected|quota) or [is|has|does|the|that|a|his|her|no] [<recipient>] [is|has|does] (unknown|invalid|not|non-exist(e|a)nt|no such|wrong)', '550 Mailbox full or user unknown'],
  ['(for whatever|no|without|what|which|give a|gave no|not say) reason', '550 He gave no reason'],
  ['not (known|say|tell|clear|disclose*|decide) [you|here] (whether|if|which|why)', '550 It is not known whether he exists'],
  ['(unknown|invalid|not found|non-existent|not exist) (full|disabled|blocked|suspended|denied|refused|closed|locked|inactive) or', '554 Mailbox unknown, full or disabled'],
  ['or ... (chosen|not (want|wish|like)|prefer*|does not accept your|unable to verify)', '550 Unknown, or he has chosen to get no mail'],
  ['(possible (reason|reasons|cause|causes)|(may|might) (not|be)|if (the|this|that|your|you)|office|back on)', '550 Possible reasons: the address does not exist'],
  // Other languages: either of two reasons
  ['(oder|oppure|lub|albo|bądź|nebo|anebo|alebo|vagy|sau|veya|eller|или|либо|або)', '550 Empfänger unbekannt oder Zugriff verweigert'],
  ['(ou|o|of) [que|qu|il|elle|n|ne|ha|hat|heeft|is|está|est|si|se] [a|no|non|não|geen|niet] (choisi|scelto|elegido|escolheu|gekozen|souhaite|vuole|desea|deseja|wil)', '550 Destinataire inconnu ou a choisi de ne rien recevoir'],
  // German, Dutch
  ['(of|dan wel|hetzij) ... (geweigerd|geblokkeerd|vol|uitgeschakeld|gesloten|toegang|ongewenst|toegestaan|mag geen|wil geen|niet bereikbaar|accepteert geen)', '550 Ontvanger bestaat niet of mag geen post ontvangen'],
  ['(vol|geblokkeerd|uitgeschakeld|gesloten) of (bestaat|onbekend|niet|is)', '550 Mailbox vol of onbekend'],
  // French, Italian, Spanish, Portuguese
  ['ou ... (refus*|bloqué*|plein*|saturé*|désactivé*|fermé*|accès|interdit*|autoris*|droits|indisponible|n accepte)', '550 Utilisateur inconnu ou accès refusé'],
  ['(plein*|saturé*|désactivé*|bloqué*|fermé*|suspendu*|indisponible) ou', '550 Boîte pleine ou inexistante'],
  ['o ... (rifiut*|bloccat*|pien*|disabilitat*|disattivat*|sospes*|accesso|negato|autorizz*|permess*|non (accetta|disponibile|abilitat*))', '550 Utente sconosciuto o casella piena'],
  ['(pien*|disabilitat*|sospes*|bloccat*|disattivat*) (o|oppure)', '550 Casella piena o inesistente'],
  ['o ... (rechaz*|bloquead*|llen*|desactivad*|deshabilitad*|suspendid*|acceso|denegad*|permis*|autoriz*|no (acepta|disponible|permitid*))', '550 Usuario desconocido o buzón lleno'],
  ['(llen*|desactivad*|deshabilitad*|suspendid*|bloquead*) o', '550 Buzón lleno o inexistente'],
  ['ou ... (recus*|rejeit*|chei*|lotad*|desativad*|suspens*|acesso|negad*|permiss*|autoriz*|não (aceita|disponível|permitid*)|sem permissão)', '550 Usuário desconhecido ou caixa cheia'],
  ['(chei*|lotad*|desativad*|suspens*) ou', '550 Caixa cheia ou inexistente'],
  // Central and eastern Europe
  ['(ali|ili) ... (blok*|poln*|pun*|onemog*|dostop*|pristup*|zavrn*|odbi*)', '550 Predal ne obstaja ali je poln'],
  ['或 ... (拒绝|已满|禁用|停用|权限)', '550 用户不存在或被拒绝'],
];

// biome-ignore format: one wording a line
/** The sender, or a list or a desk that the sender may not write to. */
export const senderWords: readonly Wording[] = [
  ['(sender|senders|sender-address|mail from|return-path|return address|envelope-from|from-address|originator)', '550 The sender is unknown'],
  ['your [own|e-mail|mail|sending|return] (address|account|name|domain|user|login|organi(s|z)ation|server|host|network)', '550 Your address is unknown'],
  ['(ip-address (is|invalid|unknown|not)|ip-adresse|ip-adres|ip-adressen|adresse ip|dirección ip|indirizzo ip|endereço ip|adres ip|ip адрес|ip 地址|address literal)', '550 IP address invalid'],
  ['(you are|you were|you have) (not|no)', '550 You were not found'],
  ['(subscri*|members|membership|moderator*|(this|the|our) [mailing|distribution] list|list members|newsgroup|posting)', '550 No such address in the list of subscribers'],
  ['((in|of|this|our) [the|this|our] (help-desk|service-desk)|customer portal|portal|requester|register (at|first)|sign up|log in|logged in|login)', '550 Requester not found in this help desk'],
  ['(helo|ehlo|reverse|ptr|rdns|(unknown|no|your|client|sending) (hostname|host-name)|spf|dkim|dmarc|smtp auth)', '550 Unknown hostname'],
  ['(server|host) <ip>', '550 Unknown server 192.0.2.7'],
  ['<ip> [is] not', '550 192.0.2.7 is not known'],
  ['your postmaster', '550 Your postmaster address does not exist'],
  ['called <ip> sent', '550 Called: 192.0.2.7 Sent: RCPT TO:<jane@example.com>', 'Exim'],
  ['(postmaster|sender) (verification|verify)', '550 Postmaster verification failed', 'Exim'],
  // Other languages
  ['(sie sind|sie senden|absender*|rücksende*|ihre [e-mail] (adresse|domain|domäne|kennung)|ihr (server|konto|name|benutzername)|abonnenten|mitglieder|mitglied|verteiler|verteilers|mailingliste)', '550 Die Adresse des Absenders ist unbekannt'],
  ['(afzender*|verzender*|retour-adres|uw (adres|e-mail-adres|domein|server|account|naam)|abonnee|abonnees|leden|lid|mailing-lijst|verzendlijst|deze lijst|de lijst)', '550 Het adres van de afzender bestaat niet'],
  ['(expéditeur*|émetteur*|adresse de retour|votre (adresse|domaine|serveur|compte|nom)|abonnés|membres|liste de diffusion|cette liste|la liste)', '550 Votre adresse est inconnue'],
  ['(mittent*|indirizzo di ritorno|suo (indirizzo|dominio|server|account)|vostro (indirizzo|dominio|server)|iscritti|membri|lista)', '550 Il suo indirizzo non esiste'],
  ['(remitent*|dirección de retorno|su (dirección|dominio|servidor|cuenta)|suscriptores|miembros|lista|suscritos)', '550 Su dirección no existe'],
  ['(remetent*|endereço de retorno|seu (endereço|domínio|servidor|e-mail)|sua conta|assinantes|membros|inscritos|lista|grupo)', '550 Seu endereço não existe'],
  ['(nadawc*|twój|twoja|twojego|twojej|państwa|subskryb*|członk*|listy|liście|grupy)', '550 Adres nadawcy nie istnieje'],
  ['(odesílatel*|odosielateľ*|vaše|vaší|vaši|váš|vašej|členů|členov|členy|konference|konferencie|seznamu|zoznamu|reverzní*|reverzný*)', '550 Vaše adresa neexistuje'],
  ['(pošiljatelj*|feladó*|expeditor*|αποστολέα*|gönderen*|avsändar*|afsender*|avsender*|lähettäjä*)', '550 Naslov pošiljatelja ne obstaja'],
  ['(отправител*|ваш|ваша|ваше|вашего|вашей|подписчик*|рассылк*|участник*|відправник*)', '550 Адрес отправителя не существует'],
  ['(发件人|寄件人|送信者|送信元|差出人|逆引き|許可リスト|反向解析)', '550 发件人地址不存在'],
];

// biome-ignore format: one wording a line
/** A part of the message, or a number in it. */
export const messageWords: readonly Wording[] = [
  ['(header|headers|subject|message-id|body|attachment|attachments|link|links|url|urls|hyperlink*|html|footer|signature)', '550 Unknown address in the header'],
  ['(from|to|cc|bcc|date) (line|field|fields|raden|regel|feld|zeile|veld|pole|rad)', '550 Invalid address in the To field'],
  ['in (the|its|your) (to|from|cc|bcc)', '550 Invalid address in the To'],
  ['(from-raden|från-raden|rubrik*|bilaga*|vedhæft*|vedlegg*|melléklet*|csatolm*|tárgy*|fejléc*|ataş*|atașament*)', '550 Ogiltig adress i From-raden'],
  ['(ticket|case|order|reference|invoice|booking|dossier) [number|no|id] (<number>|not|unknown|invalid|is|does)', '550 Ticket 48213 does not exist'],
  ['(hoax|filter|filters|content|rfc-5322)', '550 Unknown user, says the filter'],
  // Other languages
  ['(betreff*|kopfzeile*|kopffeld*|anhang|anhänge|anhangs|ticket*|vorgangsnummer|aktenzeichen|inhalt|filter)', '550 Unbekannte Adresse in der Kopfzeile'],
  ['(onderwerp*|koptekst*|bijlage*|dossier*|zaaknummer|bestelnummer|inhoud)', '550 Dossiernummer in onderwerp bestaat niet'],
  ['(objet|en-tête*|pièce jointe|pièces jointes|numéro de|corps|contenu|filtre)', "550 Adresse invalide dans l'en-tête"],
  ['(oggetto|intestazione|intestazioni|allegat*|numero di|pratica|corpo|contenuto|filtro)', '550 Indirizzo non valido nella intestazione'],
  ['(asunto|cabecera|cabeceras|encabezado*|adjunt*|expediente|número de|cuerpo|contenido)', '550 Dirección inválida en el asunto'],
  ['(assunto|cabeçalho*|anexo*|chamado|protocolo|corpo|conteúdo)', '550 Endereço inválido no cabeçalho'],
  ['(temat|temacie|nagłów*|załącznik*|zgłoszeni*|treść|treści)', '550 Nieznany adres w nagłówku'],
  ['(předmět*|predmet*|hlavič*|příloh*|príloh*|tiket*|požadav*|obsah*)', '550 Neplatná adresa v hlavičce'],
  ['(тема|теме|заголов*|вложени*|заявк*|текст*|содержимо*)', '550 Неверный адрес в заголовке'],
];

// biome-ignore format: one wording a line
/** Something else is unknown: the reason, a key, or the address that this one forwards to. */
export const unknownReasons: readonly Wording[] = [
  ['(unknown|undefined|unspecified) (status|error|reason|reply|cause|failure|response|command|option|parameter)', '550 Recipient: unknown error'],
  ['(expanded from|generated from|forwarded to|forwards to|(the|this|its) forwarding address|journal)', '550 The address this is forwarded to does not exist'],
  ['(public key|encryption key|credentials|password|consent|contacts|unknown code)', '550 Recipient public key not found'],
  ['invalid (message|format|request|command)', '550 Recipient: invalid message format'],
  ['(reason|cause|status of the <recipient>) [is] unknown', '550 Status of the recipient unknown'],
];

// biome-ignore format: one wording a line
/** A part of the receiving system, of its network, or of its route. */
export const systemWords: readonly Wording[] = [
  ['(driver|spool*|sql (error|query|server)|relation|synchroni*|migrat*|being moved|(are|is) moving|quarantine|certificate*|tls|ssl|encryption key|license|licence|timed out|time-out|route|routing|next hop|next host|tunnel|proxy|milter|policy server|(ldap|sql|directory|database) server (not|is|was|error|fail*|down|unavailable|time-out)|temporar*|dns (error|failure|lookup|time-out|query))', '550 User not found in the certificate'],
  ['(database|table|map|directory|ldap|backend|back-end|look-up|index|volume|mount) (error|errors|fail*|down|unavailable|unreachable|corrupt*|locked|server|connection|timeout)', '550 User unknown: database error'],
  // Other languages
  ['(vorübergehend*|tijdelijk*|temporaire*|temporane*|temporal|temporário|temporária|tymczasow*|dočasn*|tillfällig*|midlertidig*|ideiglenes*|átmeneti*|временн*)', '451 Benutzer vorübergehend nicht gefunden'],
  ['((serveur|serwer|servidor|server) (ldap|sql|de directorio|de annuaire|d annuaire|katalogow*)|verzeichnisserver)', '451 Nie można sprawdzić: serwer LDAP'],
  ['(zertifikat*|datenbank*|leitweg|verzeichnisdienst|certificaat*|certificat|base de données|certificato|instradamento|certificado|ruta|rota|certyfikat*|baza|bazy|trasa|certifikát*|databáz*|сертификат*|маршрут*|баз*)', '550 Benutzer nicht gefunden: Datenbank'],
];
