import { describe, expect, it } from 'vitest';
import { explainFailure, type FailureCategory } from '../../lib/index.js';

type Report = Parameters<typeof explainFailure>[0];

const unknown = { code: 550, extended: '5.1.1' };

describe('labels of gateways are not read, the reply that they quote is', () => {
  it.each<[FailureCategory, Report]>([
    // Cisco
    [
      'reputation',
      {
        ...unknown,
        extended: '5.1.0',
        description: "5.1.0 - Unknown address error 550-'Relaying denied'",
      },
    ],
    ['content', { description: "5.1.0 - Unknown address error 554-'Message contains a virus'" }],
    [
      'mailbox-unavailable',
      { description: "5.1.0 - Unknown address error 550-'5.2.2 Mailbox full'" },
    ],
    ['invalid-address', { description: "5.3.0 - Other mail system problem 550-'Unknown user'" }],
    ['frequency', { description: "5.4.7 - Delivery expired 451-'Too many connections'" }],
    [
      'invalid-address',
      { description: "5.1.0 - Unknown address error ('550', ['5.1.1 User unknown'])" },
    ],
    ['unclassified', { ...unknown, description: '5.1.0 - Unknown address error' }],
    // Not the label of a gateway
    ['invalid-address', { ...unknown, description: '550 5.1.1 - User unknown' }],
    // Exchange
    [
      'reputation',
      {
        ...unknown,
        description:
          '550 5.1.351 Remote server returned unknown recipient or mailbox unavailable -> 550 5.7.1 Your IP is blocked',
      },
    ],
    [
      'mailbox-unavailable',
      { description: '550 5.4.300 Message expired -> 452 4.2.2 Mailbox full' },
    ],
    // sendmail writes the second line after any refusal.
    [
      'reputation',
      {
        ...unknown,
        description:
          '<<< 550 5.7.1 Relaying denied\n550 5.1.1 <jane@example.com>... User unknown\n<<< 503 5.0.0 Need RCPT (recipient)',
      },
    ],
    [
      'invalid-address',
      { ...unknown, description: '<<< 550 5.1.1 <jane@example.com>... User unknown' },
    ],
    // qmail writes this after any refusal of a recipient.
    [
      'technical',
      {
        description:
          '192.0.2.7 does not like recipient.\nRemote host said: 451 4.7.1 Greylisted\nGiving up on 192.0.2.7.',
      },
    ],
    // Google
    [
      'reputation',
      {
        description:
          "** Address not found **\nYour message wasn't delivered to jane@example.com because the address couldn't be found, or is unable to receive mail.\nThe response was:\n550 5.7.1 You are not subscribed to this group",
      },
    ],
    // Mimecast, Oracle, PowerMTA
    [
      'content',
      {
        description:
          'The problem appears to be :\n-- Recipient email address is possibly incorrect\nAdditional information follows :\n-- 554 Message contains a virus',
      },
    ],
    [
      'reputation',
      { description: '5.1.1 (Remote SMTP server has rejected address)\nsmtp;550 No relaying' },
    ],
    [
      'content',
      { description: '5.1.1 (bad destination mailbox address)\nsmtp;554 5.7.1 Spam detected' },
    ],
  ])('%s: %o', (category, report) => {
    expect(explainFailure(report).category).toBe(category);
  });
});

describe('after DATA, only plain words are about the recipient', () => {
  it.each<[FailureCategory, Report]>([
    ['invalid-address', { code: 550, state: 'data', description: '550 User not found' }],
    ['unclassified', { ...unknown, state: 'message' }],
    ['unclassified', { ...unknown, state: 'data', description: '550 5.1.1 Address rejected' }],
    ['reputation', { code: 553, state: 'message', description: '553 Invalid domain' }],
    ['reputation', { description: '553 Invalid domain (in reply to end of DATA command)' }],
    [
      'unclassified',
      { description: '550 5.1.1 Recipient rejected (in reply to end of DATA command)' },
    ],
  ])('%s: %o', (category, report) => {
    expect(explainFailure(report).category).toBe(category);
  });
});

describe('what else can be unknown, or not accepted, is not the address', () => {
  it.each<[FailureCategory, string]>([
    ['reputation', '553 relay check domain fail'],
    ['reputation', '550 5.1.1 Unknown user on this list: only subscribers may post'],
    ['reputation', '550 5.1.1 Your address was not found in our customer portal'],
    ['reputation', '553 5.1.1 The domain of the sender does not exist'],
    ['reputation', '550 5.1.1 Die Adresse des Absenders ist unbekannt'],
    [
      'reputation',
      '550-Postmaster verification failed while checking <news@example.net>\n550-Called: 192.0.2.7\n550-Sent: RCPT TO:<postmaster@example.net>\n550-Response: 550 User unknown',
    ],
    ['content', '550 This server does not accept mail with such character sets'],
    ['content', '550 5.1.1 Invalid address in the From: header'],
    ['content', '550 5.1.1 The number in the subject line was not found: ticket 4711 is unknown'],
    ['content', '550 5.1.1 Ungültige Adresse in der Kopfzeile'],
    ['technical', '451 4.3.0 User unknown: LDAP server error'],
    ['technical', '550 5.1.1 No such user in the certificate'],
    ['unclassified', '550 5.1.1 Recipient not delivered, reason unknown: user not found'],
    ['unclassified', '550 The domain example.com does not exist'],
    ['unclassified', '550 5.7.1 Recipient rejected'],
    ['unclassified', '550 Recipient rejected'],
    [
      'unclassified',
      '550 5.1.1 Ein langer Satz, dessen Wörter hier niemand kennt, sagt wer weiß was',
    ],
  ])('%s: %s', (category, description) => {
    const extended = /\d\.\d\.\d/.exec(description)?.[0];
    expect(explainFailure({ code: 550, extended, description }).category).toBe(category);
  });
});

describe('what leaves open whether the address exists is unclassified', () => {
  it.each([
    '550 5.1.1 User unknown or mailbox full',
    '550 5.1.1 Mailbox full or user unknown',
    '550 5.1.1 No such user, or access denied',
    '550 5.1.1 Empfänger unbekannt oder Zugriff verweigert',
    '550 5.1.1 Gebruiker onbekend of mailbox vol',
    '550 5.1.1 Utilisateur inconnu ou accès refusé',
    '550 5.1.1 Utente sconosciuto oppure casella piena',
    '550 5.1.1 Usuario desconocido o buzón lleno',
    '550 5.1.1 Usuário desconhecido ou caixa cheia',
    '550 5.1.1 Użytkownik nieznany lub skrzynka pełna',
    '550 5.1.1 Uživatel neexistuje, nebo je schránka plná',
    '550 5.1.1 Пользователь не найден или ящик переполнен',
  ])('%s', (description) => {
    expect(explainFailure({ ...unknown, description })).toEqual({
      category: 'unclassified',
      certain: false,
      field: 'none',
      evidence: '',
    });
  });

  it('but not what gives two words for the same', () => {
    const description = '550 5.1.1 unknown or illegal alias: jane@example.com';
    expect(explainFailure({ ...unknown, description }).category).toBe('invalid-address');
  });
});

describe('the state of a mailbox counts more than 5.1.1', () => {
  it.each([
    '550 5.1.1 Inactive mbox',
    '550 5.1.1 Account suspended',
    '552 5.1.1 Mailbox full',
    '550 5.1.1 Quota',
    '552 5.1.1 Mailbox van gebruiker jane@example.com is vol',
    '550 5.1.1 Учётная запись заблокирована',
  ])('%s', (description) => {
    expect(explainFailure({ ...unknown, description }).category).toBe('mailbox-unavailable');
  });
});

describe('certain', () => {
  it.each<[boolean, Report]>([
    [true, { ...unknown, description: '550 5.1.1 User unknown' }],
    [true, { code: 552, description: '552 Mailbox full' }],
    // Vague words, several replies, a code, a step, nothing
    [false, { ...unknown, description: '550 5.1.0 Address rejected' }],
    [false, { description: '450 4.2.0 Greylisted\n550 5.1.1 User unknown' }],
    [false, unknown],
    [false, { state: 'dns' }],
    [false, {}],
  ])('%s: %o', (certain, report) => {
    expect(explainFailure(report).certain).toBe(certain);
  });
});
