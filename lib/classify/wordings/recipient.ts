import {
  isAddressStatus,
  isNotPolicy,
  isTemporary,
  mayBeRecipient,
  NO_REASON,
} from '../conditions.js';
import type { Rule } from '../rule.js';
import type { Wording } from '../wording-syntax.js';

// biome-ignore format: one wording a line
/** The domain does not exist, or accepts no mail. */
export const unknownDomain: readonly Wording[] = [
  ['(host|domain) ... (unknown|not (found|be found|exist)|must exist)', '5.4.4 Host or domain name not found', 'Postfix'],
  ['nxdomain', 'Domain lookup failed (NXDOMAIN)', 'PowerMTA'],
  ['null-mx', '556 5.1.10 Recipient address has null MX', 'RFC 7505'],
  ['(no such|unknown|invalid|illegal|non-existent|bad) [destination|recipient] (host|domain)', 'No such domain.', 'Courier'],
  ['domain ... (nonexistent|has no mx)', '550 5.4.310 DNS domain example.com is nonexistent', 'Exchange'],
  ['domain ... (not registered|not active|expired)', '550 The domain example.com is not registered'],
  ['domain ... (closed down|no longer exists|uses no (e-mail|mail)|never accepts)', '550 The domain example.com was closed down'],
  ['name or service not known', 'mx.example.com: Name or service not known'],
  ['unroute-able (address|domain)', '550 Unrouteable address', 'Exim'],
  ['(no (mx|mail exchanger|usable mx)|indicated no smtp service)', 'an MX or SRV record indicated no SMTP service', 'Exim'],
  ['(mx|mx records|mx record) ... (non-existent|nonexistent|not exist|not found)', 'all relevant MX records point to non-existent hosts', 'Exim'],
  ['not find (a|any) (mail exchanger|host)', "Sorry, I couldn't find any host named example.com. (#5.1.2)", 'qmail'],
  ['(not|no longer) accept* [any] (mail|e-mail)', '550 This host no longer accepts mail', 'qmail'],
  ['bad destination system', '550 5.1.2 Bad destination system address', 'RFC 3463'],
  // German, Dutch, French
  ['domain ... (existiert nicht|unbekannt)', '550 Die Domain existiert nicht'],
  ['domein ... (bestaat niet|onbekend)', '550 Domein bestaat niet'],
  ['domaine ... (inconnu|inexistant)', '550 Domaine inconnu'],
  // Italian, Spanish, Portuguese, Polish
  ['dominio ... (inesistente|sconosciuto|inexistente|no existe)', '550 Dominio inesistente'],
  ['domínio ... (inexistente|desconhecido)', '550 Domínio inexistente'],
  ['domena ... (nie istnieje|nieznana)', '550 Domena nie istnieje'],
];

/** By now, these words can only refer to the recipient. */
export const RECIPIENT_REFUSED: readonly Rule[] = [
  {
    // The mailbox exists, but is closed: disabled, suspended, locked, unused for too long.
    category: 'mailbox-unavailable',
    // biome-ignore format: one wording a line
    wordings: [
      ['(disabled|deactivated|discontinued)', '550 5.2.1 The email account is disabled', 'Gmail'],
      ['suspended', '550 Account suspended for this user'],
      ['suspend the', '550 We had to suspend the account'],
      ['archived', '550 Archived recipient', 'Orange'],
      ['inactive (user|account|mail-box)', '550 5.2.1 Inactive account'],
      ['(account|user|mail-box) [<be>] blocked', '550 Account blocked'],
      ['tried to reach is (inactive|disabled)', '550 5.2.1 The account that you tried to reach is inactive', 'Gmail'],
      ['due to [1|extended|prolonged|long] inactivity', '550 Closed due to extended inactivity'],
      ['<recipient> ... (inactive|locked|frozen|expired|closed|restricted|terminated|dormant|not (active|activated|currently active)|no longer active)', '550 5.2.1 The user is inactive', 'GMX'],
      ['(marked|flagged|set) [as|to] (inactive|disabled|suspended|closed)', '406 It was marked as inactive', 'Postmark'],
      ['<recipient> ... (on hold|switched off|turned off|put on hold|quarantined|deactivat*|not enabled|not yet active)', '550 5.2.1 The mailbox is switched off'],
      // German
      ['(konto|postfach|benutzer|mailbox|account|empfänger|kunde|nutzer) ... (gesperrt|deaktiviert|stillgelegt|inaktiv|geschlossen|abgeschaltet|eingefroren|suspendiert|blockiert|nicht [mehr] (aktiv|aktiviert|freigeschaltet))', '550 Das Konto ist gesperrt'],
      // Dutch
      ['(account|mailbox|postvak|postbus|adres|e-mail-adres|gebruiker|ontvanger) ... (geblokkeerd|uitgeschakeld|opgeschort|gesloten|afgesloten|gedeactiveerd|inactief|vergrendeld|stopgezet|buiten (gebruik|werking)|niet [meer|langer] actief)', '550 5.2.1 Dit postvak is uitgeschakeld'],
      // French
      ['(boîte|compte|adresse|utilisateur|destinataire|messagerie) ... (archivé*|désactivé*|bloqué*|suspendu*|fermé*|inactif|inactive|verrouillé*|résilié*|clôturé*|expiré*)', '552 5.1.1 Boite du destinataire archivee', 'Orange'],
      // Italian
      ['(casella|account|utente|indirizzo|mailbox|destinatario) ... (disabilitat*|disattivat*|sospes*|bloccat*|chius*|inattiv*|scadut*|non [è|più] attiv*)', '550 Casella disattivata'],
      // Spanish
      ['(cuenta|buzón|usuario|casilla|correo|destinatario) ... (desactivad*|deshabilitad*|inhabilitad*|suspendid*|bloquead*|inactiv*|cerrad*|caducad*|expirad*|no está activ*)', '550 5.2.1 La cuenta está suspendida'],
      // Portuguese
      ['(conta|caixa|usuário|e-mail|destinatário) ... (desativad*|desabilitad*|suspens*|bloquead*|inativ*|encerrad*|expirad*|congelad*|não está ativ*)', '550 Conta desativada'],
      // Polish
      ['(konto|skrzynka|skrzynki|użytkownik|odbiorca) ... (zablokowan*|zawieszon*|nieaktywn*|wyłączon*|zamknięt*|dezaktywowan*|wygas*)', '550 Konto zostało zawieszone'],
      // Russian, Chinese and Japanese
      ['(ящик|аккаунт|пользователь|учетная запись) ... (заблокирован*|отключен*|неактив*|приостановлен*)', '550 Почтовый ящик отключен'],
      ['(账号|帐号|账户|邮箱|用户) ... (停用|禁用|冻结|锁定|关闭)', '550 该账号已被停用'],
      ['(アカウント|メールボックス) ... (無効|停止|ロック|凍結)', '550 メールボックスは停止されています'],
    ],
  },
  {
    // There is no such mailbox.
    category: 'invalid-address',
    when: mayBeRecipient,
    // biome-ignore format: one wording a line
    wordings: [
      ['<recipient> ... (unknown|invalid|moved|replaced|no longer|non-exist(e|a)nt)', '550 5.1.1 User unknown', 'Postfix'],
      ['<recipient> ... not (exist|found|known|ok|present|recogni(s|z)ed|local|listed|be found)', '550 Recipient not found'],
      ['not [an|a|our] (valid|known|active|local|existing) <recipient>', '554 delivery error: dd Not a valid recipient', 'Yahoo'],
      ['not [a|our|of our] customer', '550 That is not our customer'],
      ['not have (a|an) ... account', "554 delivery error: dd This user doesn't have an example.com account", 'Yahoo'],
      ['not exist', '553 5.3.0 jane at example.com does not exist'],
      ['not (find|locate) [a|the|any|your] [such|matching] <recipient>', '550 We could not find the user'],
      ['unable to (find|locate) [a|the|any] [such] <recipient>', '550 Unable to find the recipient'],
      ['<recipient> ... (deleted|removed|cancelled|not in use|obsolete)', '550 This account has been deleted'],
      ['not (on|in) [this|our|the] [recipient] (server|system|directory|database)', '550 He is not on this server'],
      ['no <box> ... (associated|with)', '550 There is no mailbox associated with this name', 'Cyrus'],
      ['unknown local', '550 Unknown local part jane in the address', 'web.de'],
      ['(no such|unknown|invalid|non-exist(e|a)nt|malformed|bad|wrong|illegal|no valid) [or illegal|or invalid|local|virtual|e-mail|destination|recipient|to|mail] <recipient>', '550 5.1.1 No such user here', 'sendmail'],
      ['(no such|unknown) [local|mailing] (person|part|list|group|customer)', '550 No such person at this address', 'Domino'],
      ['(bad|valid)-(rcpt|recipient)*', '553 this recipient is in my badrcptto list', 'qmail'],
      ['no (account|mail-box|user|one|person) ... (by that|at this|for this|here|found)', '550 Sorry, no mailbox here by that name. (#5.1.1)', 'qmail'],
      ['(recipnotfound|recipientnotfound|exrecipnotfound)', '550 5.1.1 RESOLVER.ADR.RecipNotFound; not found', 'Exchange'],
      ['address rejected access denied', '550 5.4.1 Recipient address rejected: Access denied', 'Exchange Online'],
      ['in name directory', 'jane is not in Name Directory', 'Domino'],
      ['check [if|that|the] [if|that|the] [recipient|e-mail|destination] (address|domain)', 'Unable to deliver message. Please check if the address is correct.'],
      ['not deliver mail for <address>', '550 I cannot deliver mail for <jane@example.com>', 'Haraka'],
      ['no longer (employed|works|working|with)', '550 5.1.0 Jane is no longer employed here'],
      ['person unknown', '550 Person unknown at this location'],
      ['has (left|retired|moved to)', '550 5.1.6 Jane has left the company'],
      ['was not found at', "Your message couldn't be delivered. jane wasn't found at example.com.", 'Exchange Online'],
      ['no recipient found', '550 No recipient found here'],
      // German
      ['(empfänger|empfängers|empfängeradresse|benutzer|benutzername|postfach|adresse|e-mail-adresse|mailadresse|mailbox|konto|nutzer|account|person|teilnehmer) ... (unbekannt|existiert [hier|leider|bei uns] nicht|nicht [mehr|hier|bei uns] (existiert|gefunden|bekannt|vorhanden|registriert|gültig|eingerichtet|vergeben|in gebrauch|zu finden)|ungültig|gelöscht|entfernt|aufgelöst)', '550 Benutzer nicht bekannt', 'web.de'],
      ['(kein|keinen|keine) [solches|solcher|solchen|solche|gültige|gültiger|gültiges|passendes] (postfach|benutzer|empfänger|konto|account|nutzer|adresse|e-mail-adresse)', '550 Kein Benutzer mit diesem Namen'],
      ['(empfänger|benutzer|postfach|adresse|konto|nutzer) ... gibt es', '550 Den Empfänger gibt es nicht'],
      ['(unbekannt*|ungültig*|falsche) (empfänger*|benutzer*|adresse|e-mail-adresse|postfach|nutzer*)', '550 Unbekannter Benutzer'],
      // Dutch
      ['(gebruiker|ontvanger|geadresseerde|adres|e-mail-adres|mail-adres|mailbox|postvak|postbus|account|gebruikersnaam) ... (onbekend|ongeldig|bestaat [hier|helaas] niet|niet [meer|langer|bij ons|hier] (bestaat|bestaand|gevonden|bekend|geldig|aanwezig|geregistreerd|in gebruik|vinden|worden gevonden)|verwijderd|opgeheven|opgezegd)', '550 5.1.1 Dit e-mailadres bestaat niet'],
      ['(onbekende|ongeldige|onbekend|ongeldig|onjuist|niet-bestaande|niet-bestaand) (gebruiker|ontvanger|geadresseerde|e-mail-adres|mailadres|mailbox|account|adres)', '550 Onbekende gebruiker'],
      ['geen [geldige|geldig|bestaande|dergelijke] (mailbox|postvak|postbus|gebruiker|account|ontvanger|e-mail-adres) (met|op|voor|gevonden|bekend|hier)', '550 Geen mailbox met deze naam'],
      // French
      ['(utilisateur|destinataire|adresse|boîte|compte|e-mail|courriel|messagerie|usager|abonné) ... (inconnu*|invalide*|inexistant*|introuvable*|incorrect*|erroné*|supprimé*|non (trouvé*|valide|reconnu*)|pas (trouvé*|été trouvé*|connu*|valide|reconnu*|existant*))', '550 5.1.1 Adresse d au moins un destinataire invalide. OFR_416 [416]', 'Orange'],
      ['(utilisateur|destinataire|adresse|boîte|compte|e-mail|courriel|messagerie|usager|abonné) ... (n existe|n existe|n a pas été trouvé*)', "550 L'utilisateur n'existe pas"],
      ['(aucun|pas (d|de)) (utilisateur|destinataire|compte|boîte|abonné)', '550 Aucun utilisateur de ce nom'],
      // Italian
      ['(utente|destinatario|indirizzo|casella|mailbox|account|e-mail) ... (sconosciut*|inesistent*|errat*|cancellat*|eliminat*|non [è|è stato|è stata|più] (esiste*|trovat*|valid*|presente|riconosciut*|registrat*))', '550 RCPT TO: casella di posta inesistente', 'Libero'],
      ['(nessun|nessuna|non esiste|non esiste (un|una|questo|l|il|la|alcun)) (utente|destinatario|account|casella|indirizzo)', '550 Nessun utente con questo nome'],
      // Spanish
      ['(usuario|destinatario|dirección|buzón|cuenta|casilla|correo|receptor) ... (desconocid*|inexistente|incorrect*|inválid*|eliminad*|borrad*|no (existe*|encontrad*|válid*|fue encontrad*|ha sido encontrad*|se (encuentra|encontró|ha encontrado)|es válid*|está registrad*))', '550 5.1.1 Usuario desconocido', 'Terra'],
      ['no (existe|existen|se encontró|se encuentra|se ha encontrado|hay) [el|la|un|una|ningún|ninguna|ese|esa|dicho|tal] (usuario|destinatario|buzón|cuenta|dirección|casilla)', '550 No existe el usuario'],
      ['(ha sido|fue) (eliminada|borrada|dada de baja)', '550 La cuenta que busca, jane, ya fue eliminada'],
      // Portuguese
      ['(usuário|destinatário|endereço|conta|caixa|e-mail|correio) ... (desconhecid*|inexistente|inválid*|incorret*|excluíd*|removid*|não [foi|está|é|mais] (existe*|encontrad*|localizad*|válid*|cadastrad*|reconhecid*))', '550 5.1.1 Destinatário não encontrado', 'UOL'],
      ['não (existe|existem|há|foi encontrad*|foi possível encontrar) [o|a|um|uma|esse|este|nenhum] (usuário|destinatário|conta|endereço|caixa)', '550 Não existe esse usuário'],
      // Polish
      ['(nie ma|brak) [tutaj|tu] [takiego|takiej] (użytkownika|adresata|odbiorcy|konta|skrzynki|adresu)', '550 5.1.1 Nie ma takiego konta'],
      ['(adresat|adresata|odbiorca|odbiorcy|użytkownik|użytkownika|konto|skrzynka|skrzynki|adres) ... (nieznan*|niepoprawn*|nieprawidłow*|błędny|usunięt*|nieistniejąc*|nie (istnieje|znaleziono|odnaleziono|został* znalezion*|jest znan*|figuruje))', '550 5.1.1 Adresat nieznany'],
      ['(nieznan*|niepoprawn*|nieprawidłow*|nieistniejąc*|nie (istnieje|znaleziono|odnaleziono|znamy)) [taki|takiego|takie] (adresat*|odbiorc*|użytkownik*|kont*|skrzynk*|adres|adresu)', '550 Nieznany adresat'],
      ['nie można (znaleźć|odnaleźć) ... (adresu|adresata|odbiorcy|skrzynki)', 'Nie można odnaleźć wprowadzonego adresu e-mail', 'Exchange'],
      // Russian
      ['(пользовател*|ящик|адрес|получател*|адресат*|аккаунт) ... не (найден*|существует|зарегистрирован*|обнаружен*|известен)', '550 Пользователь не найден'],
      ['(неизвестн*|несуществующ*|неверн*|нет так*) (пользовател*|получател*|адрес*|ящик*)', '550 Нет такого пользователя'],
      // Chinese and Japanese
      ['(用户|帐号|账号|邮箱|收件人|地址) ... (未找到|无效|已注销|被注销|找不到)', '550 用户未找到'],
      ['(找不到|无效|无效的|未知|没有此|没有该) (收件人|用户|地址|邮箱|帐号|账号)', '550 找不到收件人'],
      ['(不存在|无此用户|無此用戶|查无此)', '550 收件人不存在', 'QQ'],
      ['(リスト|ディレクトリ|名簿|一覧|アドレス帳) に (ありません|リストされていません|見つかりません|登録されていません)', '550 ユーザー jane は Domino ディレクトリのリストにありません', 'Domino'],
      ['(リストされていません|存在し (ません|ない)|宛先不明|(宛先|ユーザー|アドレス|メールボックス|受信者) ... 見つかりません|登録されていません|(無効|不明) な (宛先|ユーザー|アドレス|受信者))', '550 宛先不明です'],
    ],
  },
  {
    // The mailbox is unavailable, for whatever reason.
    category: 'invalid-address',
    when: isNotPolicy,
    vague: true,
    // biome-ignore format: one wording a line
    wordings: [
      ['(mail-box|account) [is] (unavailable|not available)', '550 Requested action not taken: mailbox unavailable', 'GMX'],
      ['not accepting network messages', '521 5.3.2 System not accepting network messages'],
    ],
  },
  {
    // The recipient is refused without a reason.
    category: 'invalid-address',
    when: isNotPolicy,
    followedBy: NO_REASON,
    vague: true,
    // biome-ignore format: one wording a line
    wordings: [
      ['recipient [address] [is|was] (rejected|refused|denied|declined)', '550 5.1.1 The recipient was rejected.'],
      ['rejected recipients', '550 5.5.0 No mail today for rejected recipients'],
    ],
  },
  {
    // An address is refused. The status tells whose.
    category: 'invalid-address',
    when: isAddressStatus,
    vague: true,
    // biome-ignore format: one wording a line
    wordings: [
      ['address <refused>', '550 5.1.0 Address rejected', 'Postfix'],
    ],
  },
  {
    // After a temporary failure, the domain may come back.
    category: 'technical',
    when: isTemporary,
    wordings: unknownDomain,
  },
  {
    // The domain does not exist.
    category: 'invalid-address',
    when: mayBeRecipient,
    wordings: unknownDomain,
  },
];
