// The notation is explained where Wording is.
import type { Wording } from '../rule.js';

// biome-ignore format: one wording a line
/** The mailbox is there, and closed: disabled, suspended, locked, unused for too long. */
export const disabledMailbox: readonly Wording[] = [
  ['(disabled|deactivated|discontinued)', '550 5.2.1 The email account is disabled', 'Gmail'],
  ['suspended', '550 Account suspended for this user'],
  ['suspend the', '550 We had to suspend the account'],
  ['archived', '550 Archived recipient', 'Orange'],
  ['inactive (user|account|mail-box)', '550 5.2.1 Inactive account'],
  ['(account|user|mail-box) [<be>] blocked', '550 Account blocked'],
  ['tried to reach is (inactive|disabled)', '550 5.2.1 The account that you tried to reach is inactive', 'Gmail'],
  ['due to [1|extended|prolonged|long] inactivity', '550 Closed due to extended inactivity'],
  ['<recipient> ... (inactive|locked|frozen|expired|closed|restricted|terminated|dormant|not active|no longer active|not activated)', '550 5.2.1 The user is inactive', 'GMX'],
  // German
  ['(konto|postfach|benutzer|mailbox) ... (gesperrt|deaktiviert|stillgelegt|inaktiv)', '550 Das Konto ist gesperrt'],
  // Dutch
  ['(account|mailbox|postvak|adres|gebruiker) ... (geblokkeerd|uitgeschakeld|opgeschort|gesloten|gedeactiveerd)', '550 5.2.1 Dit postvak is uitgeschakeld'],
  // French
  ['(boîte|compte|adresse) ... (archivée|désactivée|désactivé|bloquée|bloqué|suspendue|suspendu|fermé|fermée)', '552 5.1.1 Boite du destinataire archivee', 'Orange'],
  // Italian
  ['(casella|account|utente|indirizzo) ... (disabilitat*|disattivat*|sospes*|bloccat*)', '550 Casella disattivata'],
  // Spanish
  ['(cuenta|buzón|usuario|casilla) ... (desactivad*|deshabilitad*|suspendid*|bloquead*|inactiv*)', '550 5.2.1 La cuenta está suspendida'],
  // Portuguese
  ['(conta|caixa|usuário) ... (desativad*|desabilitad*|suspens*|bloquead*|inativ*)', '550 Conta desativada'],
  // Polish
  ['(konto|skrzynka) ... (zablokowan*|zawieszon*|nieaktywn*|wyłączon*)', '550 Konto zostało zawieszone'],
];
