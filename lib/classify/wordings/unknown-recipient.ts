// The notation is explained where Wording is.
import type { Wording } from '../rule.js';

// biome-ignore format: one wording a line
/** There is no such mailbox. */
export const unknownRecipient: readonly Wording[] = [
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
  ['(resolver.adr.*|recip*notfound)', '550 5.1.1 RESOLVER.ADR.RecipNotFound; not found', 'Exchange'],
  ['address rejected access denied', '550 5.4.1 Recipient address rejected: Access denied', 'Exchange Online'],
  ['in name directory', 'jane is not in Name Directory', 'Domino'],
  ['check [if|that|the] [if|that|the] [recipient|e-mail|destination] (address|domain)', 'Unable to deliver message. Please check if the address is correct.'],
  ['not deliver mail for <address>', '550 I cannot deliver mail for <jane@example.com>', 'Haraka'],
  ['no longer (employed|works|working|with)', '550 5.1.0 Jane is no longer employed here'],
  ['person unknown', '550 Person unknown at this location'],
  ['has (left|retired|moved to)', '550 5.1.6 Jane has left the company'],
  ['no recipient found', '550 No recipient found here'],
  // German
  ['(empfänger|empfängeradresse|benutzer|postfach|adresse|e-mail-adresse|konto|nutzer) ... (unbekannt|existiert nicht|nicht (gefunden|bekannt|vorhanden)|ungültig)', '550 Benutzer nicht bekannt', 'web.de'],
  ['(unbekannter|ungültiger) (empfänger|benutzer)', '550 Unbekannter Benutzer'],
  // Dutch
  ['(gebruiker|ontvanger|geadresseerde|adres|e-mail-adres|mailbox|postvak) ... (onbekend|ongeldig|bestaat niet|niet (gevonden|bekend|geldig))', '550 5.1.1 Dit e-mailadres bestaat niet'],
  ['(onbekende|ongeldige) (gebruiker|ontvanger)', '550 Onbekende gebruiker'],
  ['geen (mailbox|postvak|gebruiker|account) (met|op|voor|gevonden)', '550 Geen mailbox met deze naam'],
  // French
  ['(utilisateur|destinataire|adresse|boîte|compte) ... (inconnu|inconnue|invalide|inexistant|inexistante)', '550 5.1.1 Adresse d au moins un destinataire invalide. OFR_416 [416]', 'Orange'],
  ["(utilisateur|destinataire|adresse|boîte|compte) ... (n'existe|n existe|introuvable|incorrecte)", "550 L'utilisateur n'existe pas"],
  // Italian
  ['(utente|destinatario|indirizzo|casella) ... (sconosciut*|inesistente|non (esiste|trovat*|valid*))', '550 RCPT TO: casella di posta inesistente', 'Libero'],
  ['nessun utente', '550 Nessun utente con questo nome'],
  // Spanish
  ['(usuario|destinatario|dirección|buzón|cuenta|casilla) ... (desconocid*|inexistente|no (existe|encontrad*|válid*))', '550 5.1.1 Usuario desconocido', 'Terra'],
  // Portuguese
  ['(usuário|destinatário|endereço|conta|caixa) ... (desconhecid*|inexistente|inválid*|não (existe|encontrad*))', '550 5.1.1 Destinatário não encontrado', 'UOL'],
  // Polish
  ['nie ma (takiego|takiej) (użytkownika|adresata|odbiorcy|konta|skrzynki|adresu)', '550 5.1.1 Nie ma takiego konta'],
  ['(adresat|odbiorca|użytkownik|konto|skrzynka|adres) ... (nieznany|nieznana|nie istnieje|niepoprawny)', '550 5.1.1 Adresat nieznany'],
  ['nieznany (adresat|odbiorca|użytkownik)', '550 Nieznany adresat'],
  // Russian
  ['(пользователь|ящик|адрес) ... не (найден|существует)', '550 Пользователь не найден'],
  // Chinese and Japanese
  ['(不存在|无此用户|無此用戶|查无此)', '550 收件人不存在', 'QQ'],
  ['(リスト|ディレクトリ|名簿|一覧|アドレス帳)に(ありません|リストされていません|見つかりません|登録されていません)', '550 ユーザー jane は Domino ディレクトリのリストにありません', 'Domino'],
  ['(リストされていません|存在し(ません|ない)|宛先不明|宛先が見つかりません|登録されていません)', '550 宛先不明です'],
];
