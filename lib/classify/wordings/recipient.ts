import type { FailureCategory } from '../category.js';
import {
  isDirectoryStatus,
  isLasting,
  isMailboxStatus,
  isMessageStatus,
  isRecipientStatus,
  isRefusedAddress,
  isRefusedMailbox,
  isRefusedRecipient,
  isTemporary,
  isUnattributedDomain,
  NO_REASON,
} from '../conditions.js';
import type { Rule } from '../rule.js';
import type { Wording } from '../wording-syntax.js';
import { messageWords, systemWords, unknownReasons } from './other-subjects.js';

// biome-ignore format: one wording a line
/** There is no such mailbox. */
const unknownRecipient: readonly Wording[] = [
  ['<recipient> ... (unknown|invalid|moved|replaced|non-exist(e|a)nt|no longer (exist*|valid|a valid|available|here|in use|used|known|on|with|at|part|registered|listed))', '550 5.1.1 User unknown', 'Postfix'],
  ['<recipient> ... not (exist|found|known|ok|present|recogni(s|z)ed|local|listed|be found)', '550 Recipient not found'],
  ['not [an|a|our] (valid|known|active|local|existing) <recipient>', '554 delivery error: dd Not a valid recipient', 'Yahoo'],
  ['not [a|our|of our] customer', '550 That is not our customer'],
  ['not have (a|an) ... account', "554 delivery error: dd This user doesn't have an example.com account", 'Yahoo'],
  ['not exist', '553 5.3.0 jane@example.com does not exist'],
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
  ['in name directory', 'jane is not in Name Directory', 'Domino'],
  ['not deliver mail for <address>', '550 I cannot deliver mail for <jane@example.com>', 'Haraka'],
  ['no longer (employed|works|working|with)', '550 5.1.0 Jane is no longer employed here'],
  ['person unknown', '550 Person unknown at this location'],
  ['has (left|retired|moved to)', '550 5.1.6 Jane has left the company'],
  ['was not found at', "Your message couldn't be delivered. jane wasn't found at example.com.", 'Exchange Online'],
  ['no recipient found', '550 No recipient found here'],
  ['no longer (valid|a valid|in use|in service|used|accepted here|a (customer|user|member|student|employee))', '554 delivery error: dd jane@example.com is no longer valid. [-20]', 'Yahoo'],
  ['not a member of [the|this|our] (domain|organi(s|z)ation)', '550 User not a member of domain'],
  ['(restricted|illegal|forbidden|invalid) (character|characters) in [the] [recipient|local] (address|part|recipient|mail-box)', '550 Restricted characters in address', 'Exim'],
  ['(no-reply|un-monitored|un-attended) (address|addresses|mail-box|mail-boxes|box|boxes|account)', '550 Email sent to noreply address', 'SimpleLogin'],
  ['<recipient> ... (un-allocated|not [been] (allocated|assigned|provisioned|created)|un-provisioned)', '550 5.1.1 recipient mailbox unallocated', 'Comcast'],
  ['blank mailhost', '550 5.2.1 blank mailhost', 'AT&T'],
  ['(nobody|no one|noone) [here] [by|with|of|at] (that|this) (name|address)', '550 Nobody here by that name'],
  ['not [known|recogni(s|z)ed] (here|at this (site|domain|address|host|location))', '550 5.1.1 He is not known here'],
  ['(deceased|passed away)', '550 Jane has passed away'],
  ['(nobody|no one|noone|none) [here] has [a|an|this|that] ... (account|mail-box|address|name)', '554 Nobody has an example.com account by this name'],
  ['(left us|nobody reads|no longer reads|no longer here|gone away)', '551 Jane left us in March'],
  ['(sending only|send-only)', '550 This address is for sending only'],
  ['(nobody|no one|noone) (named|called|by the name)', '550 We have nobody named jane'],
  ['moved away', '551 5.1.6 Jane moved away from this server'],
  ['(no|not) exist(s|ed)', '550 The account does no exists'],
  ['<address> not (used|in use|active here)', '550 jane@example.com not used', 'ukr.net'],
  ['<recipient> ... not in (my|our|the) (local|user|recipient) list', '550 The recipient address is not in my local list', 'qmail'],
  ['graduated', '550 5.1.1 Jane graduated in 2019'],
  ['no (account|user|mail-box|recipient|one) answers', '550 5.1.1 No account answers to that address'],
  ['not route to <address>', '550 Cannot route to <jane@example.com>', 'IONOS'],
  ['<address> [is] (unknown|invalid|not (found|known|valid))', '550 jane@example.com unknown'],
  ['not in the name and address book', '550 Jane is not in the Name and Address Book', 'Domino'],
  // German
  ['(empfänger|empfängers|empfängeradresse|benutzer|benutzername|postfach|adresse|e-mail-adresse|mailadresse|mailbox|konto|nutzer|account|person|teilnehmer) ... (unbekannt|existiert [hier|leider|bei uns] nicht|nicht [mehr|hier|bei uns] (existiert|gefunden|bekannt|vorhanden|registriert|gültig|eingerichtet|vergeben|in gebrauch|zu finden)|ungültig|gelöscht|entfernt|aufgelöst)', '550 Benutzer nicht bekannt', 'web.de'],
  ['(kein|keinen|keine) [solches|solcher|solchen|solche|gültige|gültiger|gültiges|passendes] (postfach|benutzer|empfänger|konto|account|nutzer|adresse|e-mail-adresse)', '550 Kein Benutzer mit diesem Namen'],
  ['(empfänger|benutzer|postfach|adresse|mailadresse|e-mail-adresse|konto|nutzer) ... gibt es', '550 Den Empfänger gibt es nicht'],
  ['(unbekannt*|ungültig*|falsche) (empfänger*|benutzer*|adresse|e-mail-adresse|postfach|nutzer*)', '550 Unbekannter Benutzer'],
  // Dutch
  ['(gebruiker|ontvanger|geadresseerde|adres|e-mail-adres|mail-adres|mailbox|postvak|postbus|account|gebruikersnaam) ... (onbekend|ongeldig|bestaat [hier|helaas] niet|niet [meer|langer|bij ons|hier] (bestaat|bestaand|gevonden|bekend|geldig|aanwezig|geregistreerd|in gebruik|vinden|worden gevonden)|verwijderd|opgeheven|opgezegd)', '550 5.1.1 Dit e-mailadres bestaat niet'],
  ['(onbekende|ongeldige|onbekend|ongeldig|onjuist|niet-bestaande|niet-bestaand) (gebruiker|ontvanger|geadresseerde|e-mail-adres|mailadres|mailbox|account|adres)', '550 Onbekende gebruiker'],
  ['geen [geldige|geldig|bestaande|dergelijke] (mailbox|postvak|postbus|gebruiker|account|ontvanger|e-mail-adres) (met|op|voor|gevonden|bekend|hier)', '550 Geen mailbox met deze naam'],
  // French
  ['(utilisateur|destinataire|adresse|boîte|compte|messagerie|usager|abonné) ... (inconnu*|invalide*|inexistant*|introuvable*|incorrect*|erroné*|supprimé*|non (trouvé*|valide|reconnu*)|pas (trouvé*|été trouvé*|connu*|valide|reconnu*|existant*))', '550 5.1.1 Adresse d au moins un destinataire invalide', 'Orange'],
  ['(utilisateur|destinataire|adresse|boîte|compte|messagerie|usager|abonné) ... (n existe|n a pas été trouvé*)', "550 L'utilisateur n'existe pas"],
  ['(aucun|pas (d|de)) (utilisateur|destinataire|compte|boîte|abonné)', '550 Aucun utilisateur de ce nom'],
  // Italian
  ['(utente|destinatario|indirizzo|casella|mailbox|account) ... (sconosciut*|inesistent*|errat*|cancellat*|eliminat*|non [è|è stato|è stata|più] (esiste*|trovat*|valid*|presente|riconosciut*|registrat*))', '550 RCPT TO: casella di posta inesistente', 'Libero'],
  ['(nessun|nessuna|non esiste|non esiste (un|una|questo|l|il|la|alcun)) (utente|destinatario|account|casella|indirizzo)', '550 Nessun utente con questo nome'],
  ['non (risulta|figura)', "550 L'utente non risulta"],
  // Spanish
  ['(usuario|destinatario|dirección|buzón|cuenta|casilla|receptor) ... (desconocid*|inexistente|incorrect*|inválid*|eliminad*|borrad*|no (existe*|encontrad*|válid*|fue encontrad*|ha sido encontrad*|se (encuentra|encontró|ha encontrado)|es válid*|está registrad*))', '550 5.1.1 Usuario desconocido', 'Terra'],
  ['no (existe|existen|se encontró|se encuentra|se ha encontrado|hay) [el|la|un|una|ningún|ninguna|ese|esa|dicho|tal] (usuario|destinatario|buzón|cuenta|dirección|casilla)', '550 No existe el usuario'],
  ['(ha sido|fue) (eliminada|borrada|dada de baja)', '550 La cuenta que busca, jane, ya fue eliminada'],
  ['no está (dad* de alta|registrad*)', '550 La cuenta no está dada de alta'],
  // Portuguese
  ['(usuário|destinatário|endereço|conta|caixa) ... (desconhecid*|inexistente|inválid*|incorret*|excluíd*|removid*|não [foi|está|é|mais] (existe*|encontrad*|localizad*|válid*|cadastrad*|reconhecid*))', '550 5.1.1 Destinatário não encontrado', 'UOL'],
  ['não (existe|existem|há|foi encontrad*|foi possível encontrar) [o|a|um|uma|esse|este|nenhum] (usuário|destinatário|conta|endereço|caixa)', '550 Não existe esse usuário'],
  // Polish
  ['(nie ma|brak) [tutaj|tu] [takiego|takiej] (użytkownika|adresata|odbiorcy|konta|skrzynki|adresu)', '550 5.1.1 Nie ma takiego konta'],
  ['(adresat|adresata|odbiorca|odbiorcy|użytkownik|użytkownika|konto|skrzynka|skrzynki|adres) ... (nieznan*|niepoprawn*|nieprawidłow*|błędny|usunięt*|nieistniejąc*|nie (istnieje|znaleziono|odnaleziono|został* znalezion*|jest znan*|figuruje))', '550 5.1.1 Adresat nieznany'],
  ['(nieznan*|niepoprawn*|nieprawidłow*|nieistniejąc*|nie (istnieje|znaleziono|odnaleziono|znamy)) [taki|takiego|takie] (adresat*|odbiorc*|użytkownik*|kont*|skrzynk*|adres|adresu)', '550 Nieznany adresat'],
  ['nie można (znaleźć|odnaleźć) ... (adresu|adresata|odbiorcy|skrzynki)', 'Nie można odnaleźć wprowadzonego adresu e-mail', 'Exchange'],
  // Russian
  ['(пользовател*|ящик|адрес|получател*|адресат*|аккаунт) ... не (найден*|существует|зарегистрирован*|обнаружен*|известен)', '550 Пользователь не найден'],
  ['(неизвестн*|несуществующ*|неверн*|нет так*) (пользовател*|получател*|адрес*|ящик*)', '550 Нет такого пользователя'],
  ['(адресата|пользователя|ящика|получателя|адреса) ... нет', '550 Адресата на нашем сервере нет'],
  // Chinese and Japanese
  ['(用户|帐号|账号|邮箱|收件人|地址) ... (未找到|无效|已注销|被注销|找不到)', '550 用户未找到'],
  ['(找不到|无效|无效的|未知|没有此|没有该) (收件人|用户|地址|邮箱|帐号|账号)', '550 找不到收件人'],
  ['(用户|用戶|帐号|账号|账户|邮箱|郵箱|信箱|收件人|地址) ... 不存在', '550 收件人不存在', 'QQ'],
  ['(无此用户|無此用戶|查无此|没有这个用户|没有这个邮箱)', '550 无此用户', 'QQ'],
  ['(リスト|ディレクトリ|名簿|一覧|アドレス帳) に (ありません|リストされていません|見つかりません|登録されていません)', '550 ユーザー jane は Domino ディレクトリのリストにありません', 'Domino'],
  ['(リストされていません|宛先不明|(宛先|ユーザー|アドレス|メールボックス|受信者) ... 見つかりません|登録されていません|(無効|不明) な (宛先|ユーザー|アドレス|受信者))', '550 宛先不明です'],
  // Central, southern and northern Europe
  ['(uživatel|adresát|příjemce|schránka|účet|adresa|používateľ|príjemca) ... (neexistuje|neznám*|nenalezen*|nebyl* nalezen*|neplatn*|nenájden*|zrušen*|nie je známy)', '550 5.1.1 Uživatel neexistuje', 'Seznam'],
  ['(neznám*|neexistující|neexistujúci|neplatn*) (uživatel*|adresát*|příjemce|schránka|účet|adresa|používateľ|príjemca)', '550 Neznámý uživatel'],
  ['(uporabnik*|prejemnik*|naslov*|predal*|nabiralnik*) ... (ne obstaja|neznan*|ni (najden*|znan*|veljav*)|ukinjen*|neveljav*|ni (mogoče|bilo mogoče) najti)', '550 Elektronski naslov ne obstaja'],
  ['(ne obstaja|neznan*|neveljav*|ni mogoče najti|ni bilo mogoče najti) (uporabnik*|prejemnik*|naslov*|predal*|nabiralnik*)', '550 Neznan prejemnik'],
  ['(korisnik*|primatelj*|primalac|adresa|sandučić|pretinac|nalog) ... (ne postoji|nepoznat*|nije (pronađen*|poznat*|valjan*|ispravn*)|nevažeć*|neispravn*|ukinut*|obrisan*|izbrisan*)', '550 Korisnik ne postoji'],
  ['(nepoznat*|nepostojeć*|neispravn*) (korisnik|primatelj|primalac|adresa|sandučić|pretinac)', '550 Nepoznat primatelj'],
  ['(felhasználó*|címzett*|postafiók*|cím|postaláda|e-mail-cím) ... (nem (létezik|található|ismert|érvényes)|ismeretlen|érvénytelen|megszűnt|törölve|törölték)', '550 A címzett nem létezik'],
  ['(ismeretlen|érvénytelen|nem létező|nincs ilyen) (felhasználó|címzett|postafiók|cím|e-mail-cím)', '550 Ismeretlen felhasználó'],
  ['(utilizator*|destinatar*|adresa|căsuța|contul) ... (inexistent*|necunoscut*|nu (există|a fost găsit*|este valid*)|șters*)', '550 Utilizatorul nu există'],
  ['nu există (utilizator*|destinatar*|adresa|contul|căsuța)', '550 Nu există utilizatorul'],
  ['(потребител*|получател*|адрес|адресът|кутия|акаунт) ... (не съществува|не е намерен*|непознат*|невалид*|изтрит*)', '550 Потребителят не съществува'],
  ['(няма такъв|няма такава|непознат) (потребител|получател|адрес|кутия)', '550 Няма такъв потребител'],
  ['(користувач*|одержувач*|скриньк*|адресу|адреси) ... (не (існує|знайден*|зареєстрован*)|невідом*|видален*)', '550 Користувача не знайдено'],
  ['(невідом*|неіснуюч*) (користувач*|одержувач*|адрес*|скриньк*)', '550 Невідомий користувач'],
  ['(χρήστης|παραλήπτης|διεύθυνση|γραμματοκιβώτιο|λογαριασμός|θυρίδα) ... (δεν (υπάρχει|βρέθηκε)|άγνωστος|άγνωστη|άκυρη|άκυρος|διαγραφ*)', '550 Ο χρήστης δεν υπάρχει'],
  ['(άγνωστος|άγνωστη|άκυρος|άκυρη) (χρήστης|παραλήπτης|διεύθυνση)', '550 Άγνωστος χρήστης'],
  ['δεν (υπάρχει|βρέθηκε) [ο|η|το|τέτοιος] (χρήστης|παραλήπτης|διεύθυνση|γραμματοκιβώτιο|λογαριασμός)', '550 Δεν υπάρχει τέτοιος χρήστης'],
  ['(kullanıcı|kullanıcısı|alıcı|adres|adresi|kutusu|hesap|hesabı) ... (bulunamadı|mevcut değil|yok|geçersiz|bilinmiyor|tanınmıyor|silinmiş)', '550 Kullanıcı bulunamadı'],
  ['(bilinmeyen|geçersiz) (kullanıcı|alıcı|adres|hesap)', '550 Bilinmeyen kullanıcı'],
  ['(användare*|mottagare*|adressen|e-postadressen|brevlådan|kontot|brugeren|modtageren|postkassen|kontoen|mottakeren|brukeren) ... (finns inte|existerar inte|okänd|kunde inte hittas|hittades inte|findes ikke|eksisterer ikke|ikke fundet|ikke funnet|finnes ikke|ukendt|ukjent|ogiltig|ugyldig)', '550 Mottagaren finns inte'],
  ['(okänd|ukendt|ukjent|ogiltig|ugyldig|ingen sådan|ingen slik) (användare|mottagare|bruger|modtager|bruker|mottaker|adress|adresse)', '550 Okänd användare'],
  ['(käyttäjä*|vastaanottaja*|osoite|osoitetta|postilaatikko*) ... (ei (ole olemassa|löydy|löytynyt|tunneta)|tuntematon|virheellinen)', '550 Käyttäjää ei löydy'],
  ['(tuntematon|virheellinen) (käyttäjä|vastaanottaja|osoite)', '550 Tuntematon käyttäjä'],
  ['(사용자*|수신자*|계정*|주소*|받는*) ... (존재하지|찾을)', '550 사용자를 찾을 수 없습니다'],
  ['(존재하지 않는|없는) (사용자*|메일주소*|계정*|수신자*|주소*)', '550 존재하지 않는 사용자입니다'],
  ['(使われておりません|使われていません|使用されておりません|使用されていません)', '550 ご指定のメールアドレスは使われておりません'],
  ['(宛先|ユーザー|アドレス|メールボックス|受信者|アカウント) ... 存在し (ません|ない)', '550 アカウントは存在しません'],
  // No longer there, in several languages
  ['(arbeitet nicht mehr|nicht mehr beschäftigt|werkt niet (meer|langer)|niet meer werkzaam|ne travaille plus|ne fait plus partie|non lavora più|ya no trabaja|já não trabalha|não trabalha mais|już nie pracuje|už nepracuje|больше не работает)', '550 Frau Muster arbeitet nicht mehr hier'],
];

// biome-ignore format: one wording a line
/** The domain of the recipient does not exist, or accepts no mail. */
export const unknownDomain: readonly Wording[] = [
  ['nxdomain', 'Domain lookup failed (NXDOMAIN)', 'PowerMTA'],
  ['null-mx', '556 5.1.10 Recipient address has null MX', 'RFC 7505'],
  ['name or service not known', 'mx.example.com: Name or service not known'],
  ['unroute-able (address|domain)', '550 Unrouteable address', 'Exim'],
  ['(no (mx|mail exchanger|usable mx)|indicated no smtp service)', 'an MX or SRV record indicated no SMTP service', 'Exim'],
  ['(mx|mx records|mx record) ... (non-existent|nonexistent|not exist|not found)', 'all relevant MX records point to non-existent hosts', 'Exim'],
  ['not find (a|any) (mail exchanger|host)', "Sorry, I couldn't find any host named example.com. (#5.1.2)", 'qmail'],
  ['host unknown', '550 Host unknown', 'sendmail'],
  ['(not able to|unable to|not) (find|locate) the recipient domain', "553 5.1.2 We weren't able to find the recipient domain", 'Gmail'],
  ['bad destination system', '550 5.1.2 Bad destination system address', 'RFC 3463'],
  ['(enotfound|enodata)', 'queryMx ENOTFOUND example.com', 'Node.js'],
];

// biome-ignore format: one wording a line
/** A domain does not exist: that of the recipient, or that of the sender. */
export const missingDomain: readonly Wording[] = [
  ['(host|domain) ... (unknown|not (found|be found|exist)|must exist)', '5.4.4 Host or domain name not found', 'Postfix'],
  ['(no such|unknown|invalid|illegal|non-existent|bad) [destination|recipient] (host|domain)', 'No such domain.', 'Courier'],
  ['domain ... (nonexistent|has no mx)', '550 5.4.310 DNS domain example.com is nonexistent', 'Exchange'],
  ['domain ... (not registered|not active|expired)', '550 5.1.2 The domain example.com is not registered'],
  ['domain ... (closed down|no longer exists|uses no (e-mail|mail)|never accepts)', '550 5.1.2 The domain example.com was closed down'],
  // German, Dutch, French
  ['domain ... (existiert nicht|unbekannt)', '550 5.1.2 Die Domain existiert nicht'],
  ['domein ... (bestaat niet|onbekend)', '550 5.1.2 Domein bestaat niet'],
  ['domaine ... (inconnu|inexistant)', '550 5.1.2 Domaine inconnu'],
  // Italian, Spanish, Portuguese, Polish
  ['dominio ... (inesistente|sconosciuto|inexistente|no existe)', '550 5.1.2 Dominio inesistente'],
  ['domínio ... (inexistente|desconhecido)', '550 5.1.2 Domínio inexistente'],
  ['domena ... (nie istnieje|nieznana)', '550 5.1.2 Domena nie istnieje'],
  // Central, southern and northern Europe
  ['(doména|domény) ... (neexistuje|nenalezen*|neznám*)', '550 5.1.2 Doména example.com neexistuje'],
  ['domena ... (ne obstaja|ne postoji|neznan*|nepoznat*)', '550 5.1.2 Domena example.com ne obstaja'],
  ['(tartomány|domain) ... (nem létezik|nem található|ismeretlen)', '550 5.1.2 A tartomány nem létezik'],
  ['domeniul ... (nu există|inexistent|necunoscut)', '550 5.1.2 Domeniul nu există'],
  ['(домен|домейн|домейнът|домена) ... (не (существует|найден|съществува|існує|знайдено))', '550 5.1.2 Домен не существует'],
  ['(alan adı|etki alanı) ... (bulunamadı|yok|geçersiz)', '550 5.1.2 Alan adı bulunamadı'],
  ['(domänen|domænet|domenet) ... (finns inte|findes ikke|finnes ikke)', '550 5.1.2 Domänen finns inte'],
  ['(域名|域) ... 不存在', '550 5.1.2 域名不存在'],
];

// biome-ignore format: one wording a line
/** Access to the recipient is denied. */
const deniedRecipient: readonly Wording[] = [
  ['address rejected access denied', '550 5.4.1 Recipient address rejected: Access denied', 'Exchange Online'],
];

const UNKNOWN = [unknownRecipient, unknownDomain, missingDomain];

/** The rules for an unknown recipient or domain, beside some words or in some replies. */
export function unknownRules(
  category: FailureCategory,
  limit: Pick<Rule, 'beside'> | Pick<Rule, 'when'>,
): Rule[] {
  return UNKNOWN.map((wordings) => ({ category, wordings, ...limit, vague: true }));
}

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
      ['(inactive|suspended|locked|frozen|dormant) (user|account|mail-box|m-box|mail-address)', '550 5.2.1 Inactive account'],
      ['(account|user|mail-box) [<be>] blocked', '550 Account blocked'],
      ['tried to reach is (inactive|disabled)', '550 5.2.1 The account that you tried to reach is inactive', 'Gmail'],
      ['due to [1|extended|prolonged|long] inactivity', '550 Closed due to extended inactivity'],
      ['<recipient> ... (inactive|locked|frozen|expired|closed|restricted|terminated|dormant|not (active|activated|currently active)|no longer active)', '550 5.2.1 The user is inactive', 'GMX'],
      ['(marked|flagged|set) [as|to] (inactive|disabled|suspended|closed)', '406 It was marked as inactive', 'Postmark'],
      ['<recipient> ... (on hold|switched off|turned off|put on hold|quarantined|deactivat*|not enabled|not yet active)', '550 5.2.1 The mailbox is switched off'],
      ['(paused|parked) (this|the|his|her|their) (mail-box|account|address)', '550 Jane has paused this mailbox'],
      ['<recipient> ... (paused|parked|hibernat*)', '550 5.1.1 The mailbox is hibernated'],
      // German
      ['(konto|postfach|benutzer*|mailbox|account|empfänger|kunde|nutzer) ... (gesperrt|deaktiviert|stillgelegt|inaktiv|geschlossen|abgeschaltet|eingefroren|suspendiert|blockiert|nicht [mehr] (aktiv|aktiviert|freigeschaltet))', '550 Das Konto ist gesperrt'],
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
      // Central, southern and northern Europe
      ['(schránka|účet|uživatel|používateľ) ... (zablokovan*|zablokován*|blokován*|deaktivován*|deaktivovan*|pozastaven*|uzavřen*|neaktivn*)', '550 Účet byl zablokován'],
      ['(račun|predal|nabiralnik|uporabnik) ... (onemogočen*|blokiran*|deaktiviran*|zaklenjen*|neaktiv*)', '550 Račun je onemogočen'],
      ['(račun|korisnik|nalog|sandučić|pretinac) ... (onemogućen*|suspendiran*|suspendovan*|zaključan*)', '550 Korisnik je suspendiran'],
      ['(fiók|fiókja|postafiók|felhasználó) ... (letiltva|letiltott|letiltották|felfüggesztve|felfüggesztett|zárolva|zárolt|inaktív)', '550 A fiók zárolva van'],
      ['(contul|cont|căsuța|utilizatorul) ... (dezactivat*|suspendat*|blocat*|inactiv*|închis*)', '550 Contul este suspendat'],
      ['(акаунт|акаунтът|кутия|кутията|потребител|потребителят) ... (деактивиран*|спрян*|заключен*|неактив*|блокиран*)', '550 Акаунтът е деактивиран'],
      ['(скринька|обліковий запис|користувач) ... (заблокован*|вимкнен*|неактив*|призупинен*)', '550 Обліковий запис заблоковано'],
      ['(λογαριασμός|θυρίδα|γραμματοκιβώτιο) ... (απενεργοποι*|ανεστάλη|ανασταλεί|κλειδωμέν*|ανενεργ*)', '550 Ο λογαριασμός είναι ανενεργός'],
      ['(hesap|hesabı|kutusu|kullanıcı) ... (devre dışı|askıya|kapatıl*|kilitl*|pasif|dondurul*)', '550 Kullanıcı hesabı askıya alındı'],
      ['(kontot|konto|kontoen|brevlådan|postkassen) ... (inaktiver*|avstängt|avstängd|spärrat|låst|lukket|spærret|suspendert|stängt|deaktiver*)', '550 Kontot är spärrat'],
      ['(tili|käyttäjä|postilaatikko) ... (suljettu|lukittu|jäädytetty|poistettu käytöstä)', '550 Tili on suljettu'],
      ['(계정*|메일함*|사용자*) ... (정지*|중지*|비활성*)', '550 계정이 정지되었습니다'],
      ['휴면 (계정*|사용자*|전환*|상태*)', '550 휴면 계정입니다'],
    ],
  },
  // Something within the message is unknown, or the reason is.
  ...unknownRules('content', { beside: messageWords }),
  ...unknownRules('unclassified', { beside: unknownReasons }),
  {
    // After a temporary failure, the domain may come back.
    category: 'technical',
    when: isTemporary,
    wordings: unknownDomain,
  },
  {
    // These words are about the domain that the message goes to.
    category: 'invalid-address',
    when: isRecipientStatus,
    wordings: unknownDomain,
  },
  {
    // Without a word or a status for recipients, a missing domain may be the sender's.
    category: 'unclassified',
    when: isUnattributedDomain,
    wordings: missingDomain,
  },
  {
    // RFC 3463: X.6.X is about the message.
    category: 'content',
    when: isMessageStatus,
    vague: true,
    wordings: unknownRecipient,
  },
  {
    // A part of the system is missing.
    category: 'technical',
    wordings: unknownRecipient,
    beside: systemWords,
  },
  {
    // By now, the unknown address is the recipient's.
    category: 'invalid-address',
    when: isRecipientStatus,
    wordings: unknownRecipient,
  },
  {
    // Only the state of the mailbox is named, beside a status for mailboxes.
    category: 'mailbox-unavailable',
    when: isMailboxStatus,
    vague: true,
    // biome-ignore format: one wording a line
    wordings: [
      ['(inactive|suspended|disabled|locked|full|quota|expired|blocked|dormant|frozen|closed)', '550 5.1.1 Quota problem'],
    ],
  },
  {
    // The mailbox is unavailable, for whatever reason.
    category: 'invalid-address',
    when: isRefusedMailbox,
    vague: true,
    // biome-ignore format: one wording a line
    wordings: [
      ['mail-box name (not allowed|invalid)', '553 Requested action not taken: mailbox name not allowed', 'RFC 5321'],
      ['(mail-box|account) [is] (unavailable|not available)', '550 Requested action not taken: mailbox unavailable', 'GMX'],
    ],
  },
  {
    // The host takes no mail at all.
    category: 'invalid-address',
    when: isLasting,
    // biome-ignore format: one wording a line
    wordings: [
      ['not accepting network messages', '521 5.3.2 System not accepting network messages', 'RFC 3463'],
      ['(not|no longer) accept* [any] (mail|e-mail)', '550 This host no longer accepts mail', 'qmail'],
    ],
  },
  {
    // Exchange Online: the directory of the domain does not have the recipient.
    category: 'invalid-address',
    when: isDirectoryStatus,
    wordings: deniedRecipient,
  },
  {
    // Postfix: the recipient has a rule of its own, or a policy server gave no reason.
    category: 'invalid-address',
    vague: true,
    wordings: deniedRecipient,
  },
  {
    // The recipient is refused without a reason.
    category: 'invalid-address',
    when: isRefusedRecipient,
    followedBy: NO_REASON,
    vague: true,
    // biome-ignore format: one wording a line
    wordings: [
      ['recipient [address] [is|was] (rejected|refused|denied|declined)', '550 5.1.1 The recipient was rejected.'],
      ['rejected recipients', '550 5.1.0 No mail today for rejected recipients'],
    ],
  },
  {
    // An address is refused. The status tells whose.
    category: 'invalid-address',
    when: isRefusedAddress,
    vague: true,
    // biome-ignore format: one wording a line
    wordings: [
      ['address rejected', '550 5.1.0 Address rejected', 'Postfix'],
    ],
  },
  {
    // After a temporary failure, the domain may come back.
    category: 'technical',
    when: isTemporary,
    wordings: missingDomain,
  },
  {
    // A word or a status says that the domain is the recipient's.
    category: 'invalid-address',
    when: isRecipientStatus,
    wordings: missingDomain,
  },
];
