import { describe, expect, it } from 'vitest';
import { explainFailure, type FailureCategory } from '../../lib/index.js';

type Report = Parameters<typeof explainFailure>[0];

const unknown = { code: 550, extended: '5.1.1' };

describe('labels of gateways are not read, the reply that they quote is', () => {
  const NO = '550 No';

  // With their labels, most of these would be about an unknown address.
  it.each<[FailureCategory, string]>([
    // Cisco
    ['unclassified', "5.9.0 - User unknown 550-'No'"],
    ['unclassified', "5.9.0 - User unknown ('550', ['No'])"],
    ['unclassified', '5.1.0 - Unknown address error'],
    ['reputation', "5.1.0 - Unknown address error 550-'Relaying denied'"],
    ['mailbox-unavailable', "5.1.0 - Unknown address error 550-'5.2.2 Mailbox full'"],
    ['invalid-address', "5.3.0 - Other mail system problem 550-'Unknown user'"],
    ['frequency', "5.4.7 - Delivery expired 451-'Too many connections'"],
    // Not the label of a gateway
    ['invalid-address', '550 5.1.1 - User unknown'],
    // Exchange
    ['unclassified', `550 5.1.351 Remote server returned unknown recipient or error -> ${NO}`],
    ['mailbox-unavailable', '550 5.4.300 Message expired -> 452 4.2.2 Mailbox full'],
    // Transcripts
    [
      'invalid-address',
      '>>> MAIL FROM:<news@example.net>\n<<< 250 Ok\n>>> RCPT TO:<jane@example.com>\n<<< 550 User unknown',
    ],
    ['invalid-address', '250 The sender is fine\n550 User unknown'],
    ['unclassified', `<<< ${NO}\n550 5.1.1 <jane@example.com>... User unknown`],
    ['unclassified', `<<< ${NO}\n554 5.0.0 Service unavailable`],
    ['invalid-address', '<<< 550 5.1.1 <jane@example.com>... User unknown'],
    // qmail
    [
      'unclassified',
      `192.0.2.7 does not like recipient.\nRemote host said: ${NO}\nGiving up on 192.0.2.7.`,
    ],
    // Google
    ['unclassified', `** Address not found **\nThe response was: ${NO}`],
    [
      'unclassified',
      `It was not delivered because the address couldn't be found, or is unable to receive mail. The response was: ${NO}`,
    ],
    // PowerMTA
    ['unclassified', `5.1.1 (bad destination mailbox address)\nsmtp;${NO}`],
    ['invalid-address', '5.1.1 (bad destination mailbox address)'],
    // Delivery status notifications
    ['unclassified', 'Final-Recipient: rfc822; jane@example.com\nStatus: 5.0.0'],
  ])('%s: %s', (category, description) => {
    expect(explainFailure({ description }).category).toBe(category);
  });

  it('nor are the codes of a report, which are those of the label', () => {
    const description = "5.1.1 - Bad destination email address 550-'No'";
    expect(explainFailure({ ...unknown, description }).category).toBe('unclassified');
    const quoted = "5.1.0 - Unknown address error 552-'5.2.2 No'";
    expect(explainFailure({ ...unknown, description: quoted })).toEqual({
      category: 'mailbox-unavailable',
      certain: false,
      field: 'description',
      evidence: '5.2.2',
    });
  });
});

describe('what is said before RCPT TO is about the sender', () => {
  it.each<Report>([
    { state: 'mailfrom', code: 550, description: '550 Unrouteable address' },
    { state: 'mailfrom', code: 550, description: '550 Benutzer unbekannt' },
    { state: 'auth', code: 535, description: '535 5.7.8 User unknown' },
    { code: 550, extended: '5.1.8', description: '550 5.1.8 No MX for example.net' },
    { code: 550, extended: '5.7.1', description: '550 5.7.1 Host unknown' },
  ])('%o', (report) => {
    expect(explainFailure(report)).toMatchObject({ category: 'reputation', certain: false });
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
    ['reputation', '554 Unknown user rate too high'],
    ['reputation', '550 5.1.1 IP address invalid'],
    ['reputation', '550-Verification failed for <news@example.net>\n550-No such user here'],
    ['reputation', '550 5.1.1 User does not wish to receive your letters'],
    ['unclassified', '550 The address this is forwarded to does not exist'],
    ['content', '550 附件不存在'],
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
    [
      false,
      {
        code: 554,
        extended: '5.7.1',
        description: '554 5.7.1 Recipient address rejected: Access denied',
      },
    ],
    [
      true,
      {
        code: 550,
        extended: '5.4.1',
        description: '550 5.4.1 Recipient address rejected: Access denied',
      },
    ],
    [false, { description: '450 4.2.0 Greylisted\n550 5.1.1 User unknown' }],
    [false, unknown],
    [false, { state: 'dns' }],
    [false, {}],
  ])('%s: %o', (certain, report) => {
    expect(explainFailure(report).certain).toBe(certain);
  });
});
