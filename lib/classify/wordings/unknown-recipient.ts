// wording.ts explains the notation.
import type { Wording } from '../wording.js';

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
  ['was not found at', "Your message couldn't be delivered. jane wasn't found at example.com.", 'Exchange Online'],
  ['no recipient found', '550 No recipient found here'],
];

// biome-ignore format: one wording a line
/** The same in German and Dutch. */
export const unknownRecipientInGermanAndDutch: readonly Wording[] = [
  // German
  ['(empfänger|empfängers|empfängeradresse|benutzer|benutzername|postfach|adresse|e-mail-adresse|mailadresse|mailbox|konto|nutzer|account|person|teilnehmer) ... (unbekannt|existiert [hier|leider|bei uns] nicht|nicht [mehr|hier|bei uns] (existiert|gefunden|bekannt|vorhanden|registriert|gültig|eingerichtet|vergeben|in gebrauch|zu finden)|ungültig|gelöscht|entfernt|aufgelöst)', '550 Benutzer nicht bekannt', 'web.de'],
  ['(kein|keinen|keine) [solches|solcher|solchen|solche|gültige|gültiger|gültiges|passendes] (postfach|benutzer|empfänger|konto|account|nutzer|adresse|e-mail-adresse)', '550 Kein Benutzer mit diesem Namen'],
  ['(empfänger|benutzer|postfach|adresse|konto|nutzer) ... gibt es', '550 Den Empfänger gibt es nicht'],
  ['(unbekannt*|ungültig*|falsche) (empfänger*|benutzer*|adresse|e-mail-adresse|postfach|nutzer*)', '550 Unbekannter Benutzer'],
  // Dutch
  ['(gebruiker|ontvanger|geadresseerde|adres|e-mail-adres|mail-adres|mailbox|postvak|postbus|account|gebruikersnaam) ... (onbekend|ongeldig|bestaat [hier|helaas] niet|niet [meer|langer|bij ons|hier] (bestaat|bestaand|gevonden|bekend|geldig|aanwezig|geregistreerd|in gebruik|vinden|worden gevonden)|verwijderd|opgeheven|opgezegd)', '550 5.1.1 Dit e-mailadres bestaat niet'],
  ['(onbekende|ongeldige|onbekend|ongeldig|onjuist|niet-bestaande|niet-bestaand) (gebruiker|ontvanger|geadresseerde|e-mail-adres|mailadres|mailbox|account|adres)', '550 Onbekende gebruiker'],
  ['geen [geldige|geldig|bestaande|dergelijke] (mailbox|postvak|postbus|gebruiker|account|ontvanger|e-mail-adres) (met|op|voor|gevonden|bekend|hier)', '550 Geen mailbox met deze naam'],
];

// biome-ignore format: one wording a line
/** The same in other languages. */
export const unknownRecipientInOtherLanguages: readonly Wording[] = [
  // French
  ['(utilisateur|destinataire|adresse|boîte|compte|e-mail|courriel|messagerie|usager|abonné) ... (inconnu*|invalide*|inexistant*|introuvable*|incorrect*|erroné*|supprimé*|non (trouvé*|valide|reconnu*)|pas (trouvé*|été trouvé*|connu*|valide|reconnu*|existant*))', '550 5.1.1 Adresse d au moins un destinataire invalide. OFR_416 [416]', 'Orange'],
  ["(utilisateur|destinataire|adresse|boîte|compte|e-mail|courriel|messagerie|usager|abonné) ... (n'existe|n existe|n'a pas été trouvé*)", "550 L'utilisateur n'existe pas"],
  ["(aucun|pas (d'|de)) (utilisateur|destinataire|compte|boîte|abonné)", '550 Aucun utilisateur de ce nom'],
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
  ['(用户|帐号|账号|邮箱|收件人|地址)*(未找到|无效|已注销|被注销|找不到)', '550 用户未找到'],
  ['(找不到|无效|无效的|未知|没有此|没有该)(收件人|用户|地址|邮箱|帐号|账号)*', '550 找不到收件人'],
  ['(不存在|无此用户|無此用戶|查无此)', '550 收件人不存在', 'QQ'],
  ['(リスト|ディレクトリ|名簿|一覧|アドレス帳)に(ありません|リストされていません|見つかりません|登録されていません)', '550 ユーザー jane は Domino ディレクトリのリストにありません', 'Domino'],
  ['(リストされていません|存在し(ません|ない)|宛先不明*|(宛先|ユーザー|アドレス|メールボックス|受信者)*見つかりません|登録されていません|(無効|不明)な(宛先|ユーザー|アドレス|受信者)*)', '550 宛先不明です'],
];
