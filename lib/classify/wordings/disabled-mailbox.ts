// wording.ts explains the notation.
import type { Wording } from '../wording.js';

// biome-ignore format: one wording a line
/** The mailbox exists, but is closed: disabled, suspended, locked, unused for too long. */
export const disabledMailbox: readonly Wording[] = [
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
];

// biome-ignore format: one wording a line
/** The same in other languages. */
export const disabledMailboxInOtherLanguages: readonly Wording[] = [
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
  ['(账号|帐号|账户|邮箱|用户)*(停用|禁用|冻结|锁定|关闭)', '550 该账号已被停用'],
  ['(アカウント|メールボックス)*(無効|停止|ロック|凍結)*', '550 メールボックスは停止されています'],
];
