import { describe, expect, it } from 'vitest';
import { classifyFailure, type FailureCategory, rules } from '../lib/classify.js';

type Reply = readonly [expected: FailureCategory, description: string];

describe('replies in the wording of common servers', () => {
  it.each<Reply>([
    // Gmail, "SMTP error codes and messages" of Google Workspace help
    ['invalid-address', '550 5.1.1 The email account that you tried to reach does not exist.'],
    ['mailbox-unavailable', '550 5.2.1 The email account that you tried to reach is disabled.'],
    ['mailbox-unavailable', "452 4.2.2 The recipient's inbox is out of storage space."],
    ['frequency', '450 4.2.1 The user you are trying to contact is receiving mail too quickly.'],
    ['frequency', '421 4.7.28 Gmail has detected an unusual rate of email.'],
    ['reputation', '550 5.7.26 This mail is unauthenticated: SPF and DKIM did not pass.'],
    ['reputation', '550 5.7.25 The IP address sending this message has no PTR record.'],
    ['content', '552 5.3.4 Your message exceeded the message size limits of Google.'],
    ['content', '552 5.7.0 The message was blocked because its content presents a risk.'],
    ['technical', '451 4.4.2 Timeout - closing connection.'],
    // Exchange and Outlook.com, Microsoft Learn, "Non-delivery reports in Exchange Online"
    ['invalid-address', '550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found'],
    ['content', '550 5.2.3 RESOLVER.RST.RecipSizeLimit; message too large for this recipient'],
    ['reputation', '550 5.7.511 Access denied, banned sender[192.0.2.7]'],
    ['reputation', '550 5.7.1 Part of your network is on our block list (S3150)'],
    ['reputation', '451 4.7.650 The mail server has been rate limited due to IP reputation.'],
    ['technical', '554 5.4.14 Hop count exceeded - possible mail loop'],
    // Yahoo, Sender Hub, "SMTP error codes"
    ['invalid-address', "554 delivery error: dd This user doesn't have a yahoo.com account"],
    ['mailbox-unavailable', '554 30 Sorry, this mailbox is disabled'],
    ['reputation', '553 5.7.1 [BL21] Connections will not be accepted from 192.0.2.7'],
    ['content', '554 5.7.9 Message not accepted for policy reasons'],
    // Postfix, postconf(5) and the *_README files
    ['invalid-address', '550 5.1.1 <a@example.com>: Recipient address rejected: User unknown'],
    ['reputation', '450 4.1.8 <a@example.com>: Sender address rejected: Domain not found'],
    ['reputation', '504 5.5.2 <mail>: Helo command rejected: need fully-qualified hostname'],
    ['reputation', '450 4.7.25 Client host rejected: cannot find your hostname, [192.0.2.7]'],
    ['frequency', '450 4.7.1 Error: too many recipients from 192.0.2.7'],
    ['technical', '450 4.2.0 <a@example.com>: Recipient address rejected: Greylisted'],
    [
      'technical',
      '450 4.1.1 <a@example.com>: unverified address: Address verification in progress',
    ],
    // Exim, specification, chapter "Access control lists"
    ['invalid-address', '550 Unrouteable address'],
    ['reputation', '550 Sender verify failed'],
    ['technical', '451 Temporary local problem - please try later'],
    // sendmail, operations guide and cf/README
    ['invalid-address', '550 5.1.1 <a@example.com>... User unknown'],
    ['invalid-address', '550 5.1.2 <a@example.com>... Host unknown (Name server: host not found)'],
    ['reputation', '553 5.1.8 <a@example.com>... Domain of sender address does not exist'],
    ['technical', '452 4.3.1 Insufficient system storage'],
    // qmail, qmail-send(8) and qmail-remote(8)
    ['invalid-address', 'Sorry, no mailbox here by that name. (#5.1.1)'],
    ['invalid-address', "Sorry, I couldn't find any host named example.com. (#5.1.2)"],
    ['technical', "Sorry, I wasn't able to establish an SMTP connection: timed out. (#4.4.1)"],
    // Domino, Apple, QQ, Amazon SES, GMX: their postmaster and help pages
    ['invalid-address', 'User a (a@example.com) not listed in Domino Directory'],
    ['invalid-address', '550 5.1.6 Recipient no longer on server'],
    ['mailbox-unavailable', '552 5.2.2 <a@icloud.com>: user is over quota'],
    ['frequency', '550 Connection frequency limited'],
    ['content', '550 Mail content denied'],
    ['frequency', '454 Throttling failure: Maximum sending rate exceeded.'],
    ['reputation', '554 Message rejected: Email address is not verified.'],
    ['invalid-address', '550 Requested action not taken: mailbox unavailable'],
    ['reputation', '554-No SMTP service\r\n554-IP address is block listed.'],
  ])('%s: %s', (expected, description) => {
    const code = Number(/^[245]\d\d/.exec(description)?.[0] ?? Number.NaN);
    expect(classifyFailure(code ? { code, description } : { description })).toBe(expected);
  });
});

describe('wordings that servers share', () => {
  it.each<Reply>([
    ['invalid-address', '550 no account by that name here'],
    ['invalid-address', "550 a@example.com isn't a valid mailbox"],
    ['invalid-address', '550 That is not a known user'],
    ['invalid-address', "550 The recipient's mailbox wasn't found"],
    ['invalid-address', '553 this recipient is in my badrcptto list'],
    ['invalid-address', '550 5.1.0 Address rejected'],
    ['invalid-address', '550 5.1.1 The recipient was rejected.'],
    ['invalid-address', '550 The account or domain may not exist'],
    ['invalid-address', '550 This host no longer accepts mail'],
    ['invalid-address', "The domain example.com couldn't be found"],
    ['mailbox-unavailable', '550 5.7.1 The mail file exceeds its size'],
    ['mailbox-unavailable', "552 Mail folder doesn't have enough space"],
    ['mailbox-unavailable', 'Command output: maildrop: maildir over quota.'],
    ['mailbox-unavailable', '554 STOREDRV.Deliver.Exception:QuotaExceededException'],
    ['mailbox-unavailable', '550 Closed due to extended inactivity'],
    ['reputation', '550 5.1.8 a@example.com does not exist'],
    ['reputation', '550 No MX record for the sender domain'],
    ['unclassified', '550 Please check your own address book'],
    ['reputation', '550 Mail from dynamic IP addresses is refused'],
    ['reputation', '550 You are sending spam'],
    ['reputation', '550 Backscatter protection: invalid address'],
    ['reputation', '553 your envelope sender is in my badmailfrom list'],
    ['reputation', "550 You don't have permission to post here"],
    ['reputation', '550 You are not a member of this list'],
    ['reputation', 'refused to talk to me: 554 no'],
    ['reputation', 'after initial connection: 554 connections not accepted here'],
    ['reputation', '550 Sorry (in reply to MAIL FROM command)'],
    ['reputation', '550 Your mail server is rejected by us'],
    ['content', '554 5.7.0 Reject, id=1-1 - BANNED: .exe'],
    ['content', '550 The message was blocked'],
    ['content', '550 It failed several antispam checks'],
    ['content', '550 Executable files are refused'],
    ['content', 'Taille limite du message atteinte'],
    ['frequency', '454 Daily message quota exceeded'],
    ['technical', '452 4.3.1 Insufficient disk space'],
    ['technical', 'X-Unix; 127'],
    ['technical', 'Command died with status 1: "/bin/filter"'],
    ['technical', 'Malformed name server reply'],
    ['technical', 'The server did not respond'],
    ['technical', 'Your message could not be delivered for 5 days'],
    ['technical', 'Given up after 5 attempts'],
    ['content', '552 The message is larger than allowed'],
    ['content', '550 Invalid address in the To: header'],
    ['frequency', '450 Too many unknown users from your host'],
    ['reputation', '550 envelope-from user unknown'],
    ['technical', '451 Unknown host: server failure'],
    ['technical', '452 4.3.1 System storage full'],
    // Not enough to tell that the address is dead
    ['unclassified', '550 5.7.1 Relay host unknown'],
    ['unclassified', '550 Rejected'],
    ['unclassified', 'host mx.example.com [192.0.2.7]: 550 Rejected'],
    ['content', '550 mailbox unavailable, policy restrictions'],
    ['unclassified', '550 5.7.1 Recipient rejected'],
    ['unclassified', '550 IP address rejected'],
  ])('%s: %s', (expected, description) => {
    expect(classifyFailure({ description })).toBe(expected);
  });
});

describe('known traps', () => {
  it.each<[FailureCategory, Parameters<typeof classifyFailure>[0]]>([
    // Exchange Online says access denied of a recipient that its directory does not have.
    [
      'invalid-address',
      {
        code: 550,
        extended: '5.4.1',
        description: '<a@example.com>: Recipient address rejected: Access denied',
      },
    ],
    [
      'invalid-address',
      { code: 450, extended: '4.1.1', description: 'User unknown in virtual alias table' },
    ],
    ['mailbox-unavailable', { extended: '5.1.1', description: 'Boîte du destinataire pleine' }],
    ['mailbox-unavailable', { extended: '5.1.1', description: 'Bo\uFFFDte pleine' }],
    ['invalid-address', { extended: '5.7.1', description: 'No such user here' }],
    ['reputation', { extended: '5.7.1', description: 'Blocked by our DNSBL' }],
    ['content', { extended: '5.7.1', description: 'Message looks like spam' }],
    ['frequency', { extended: '5.7.1', description: 'Too many messages, slow down' }],
    ['unclassified', { code: 550, extended: '5.7.1', description: 'Delivery not possible' }],
    ['unclassified', { code: 550, extended: '5.7.1' }],
    ['mailbox-unavailable', { code: 550, extended: '5.2.1', description: 'Account is disabled' }],
    ['frequency', { code: 550, extended: '5.2.1', description: 'User gets mail too quickly' }],
    ['technical', { extended: '4.4.7', description: 'Message expired' }],
    ['technical', { extended: '5.4.7', description: 'Delivery time expired' }],
    ['invalid-address', { extended: '4.4.7', description: 'Expired. Last reply: user unknown' }],
    ['mailbox-unavailable', { extended: '5.4.7', description: 'Expired: mailbox is full' }],
    ['invalid-address', { state: 'dns' }],
    ['invalid-address', { state: 'dns', description: 'NXDOMAIN' }],
    ['technical', { state: 'dns', description: 'SERVFAIL' }],
    ['technical', { extended: '4.4.3', description: 'Domain name not found (NXDOMAIN)' }],
    ['technical', { state: 'connect' }],
    ['technical', { state: 'intro' }],
    ['reputation', { state: 'mailfrom', code: 550, description: 'Domain not found' }],
    ['reputation', { description: '550 No such domain (in reply to MAIL FROM command)' }],
    ['unclassified', { code: 554, extended: '5.7.1', description: 'Relay access denied by MX' }],
    ['unclassified', { code: 550, extended: '5.7.1', description: 'Mailbox unavailable' }],
  ])('%s: %o', (expected, report) => {
    expect(classifyFailure(report)).toBe(expected);
  });
});

describe('relays, lines and addresses', () => {
  it.each<Reply>([
    ['invalid-address', 'host mx.example.com[192.0.2.7] said: 550 5.1.1 User unknown'],
    ['invalid-address', 'host spam-filter.example.com[192.0.2.7] said: 550 5.1.1 Nobody here'],
    ['invalid-address', '550-5.1.1 That account does\r\n550-5.1.1 not\r\n550 5.1.1 exist.'],
    ['invalid-address', '550-5.1.1 That account does\n550 not exist.'],
    ['invalid-address', 'That account does\n   not exist.'],
    ['invalid-address', '550 <spam.quota.full@example.com>: no such user'],
    ['content', '550 <user.unknown@example.com>: message contains a virus'],
    ['unclassified', '550 <user.unknown@example.com>: no'],
    ['invalid-address', '550 5.1.1 Nie ma takiego konta'],
    ['mailbox-unavailable', `421 hello\n${'550-more words\n'.repeat(2000)}550 mailbox full`],
  ])('%s: %.60s', (expected, description) => {
    expect(classifyFailure({ description })).toBe(expected);
  });
});

describe('languages', () => {
  it.each<Reply>([
    ['invalid-address', 'Empfängeradresse: Empfänger unbekannt'],
    ['invalid-address', 'Dieses Postfach existiert nicht'],
    ['mailbox-unavailable', 'Das Postfach des Kunden ist voll'],
    ['mailbox-unavailable', 'Quota dépassé'],
    ['invalid-address', 'Utilisateur inconnu'],
    ['frequency', 'Trop de connexions'],
    ['invalid-address', 'El usuario no existe'],
    ['mailbox-unavailable', 'El buzón está lleno'],
    ['invalid-address', 'Utente sconosciuto'],
    ['mailbox-unavailable', 'La casella è piena'],
    ['invalid-address', 'Usuário desconhecido'],
    ['mailbox-unavailable', 'Caixa postal cheia'],
    ['invalid-address', 'Gebruiker onbekend'],
    ['invalid-address', '宛先不明です'],
    ['mailbox-unavailable', 'メールボックスの容量を超えています'],
    ['invalid-address', '收件人不存在'],
    ['mailbox-unavailable', '对方邮箱已满'],
  ])('%s: %s', (expected, description) => {
    expect(classifyFailure({ description })).toBe(expected);
  });
});

describe('codes without a text', () => {
  it.each<[FailureCategory, string]>([
    ['invalid-address', '5.1.1'],
    ['invalid-address', '5.1.10'],
    ['invalid-address', '5.7.17'],
    ['unclassified', '5.1.0'],
    ['unclassified', '4.1.1'],
    ['reputation', '5.1.8'],
    ['mailbox-unavailable', '4.2.2'],
    ['mailbox-unavailable', '5.7.13'],
    ['content', '5.2.3'],
    ['content', '5.6.0'],
    ['technical', '4.3.2'],
    ['technical', '5.4.6'],
    ['frequency', '5.5.3'],
    ['unclassified', '5.7.1'],
    ['unclassified', '5.5.0'],
    ['technical', '5.5.1'],
    ['technical', '5.7.19'],
    ['reputation', '5.7.20'],
    ['reputation', '5.7.27'],
    ['frequency', '4.7.28'],
    ['reputation', '5.7.29'],
    ['technical', '5.7.30'],
    ['reputation', '5.7.606'],
    ['unclassified', '5.99.1'],
  ])('%s: %s', (expected, extended) => {
    expect(classifyFailure({ extended })).toBe(expected);
    expect(classifyFailure({ description: `said: ${extended}` })).toBe(expected);
  });

  it.each<[FailureCategory, number]>([
    ['technical', 421],
    ['technical', 451],
    ['unclassified', 450],
    ['unclassified', 550],
    ['unclassified', 554],
    ['mailbox-unavailable', 552],
    ['reputation', 535],
    ['invalid-address', 556],
    ['unclassified', Number.NaN],
    ['unclassified', -1],
  ])('%s: %d', (expected, code) => {
    expect(classifyFailure({ code })).toBe(expected);
  });
});

describe('missing and contradictory fields', () => {
  it('is unclassified without any field', () => {
    expect(classifyFailure({})).toBe('unclassified');
  });

  it.each([undefined, null, { code: undefined, state: undefined, description: undefined }])(
    'takes %o from JavaScript',
    (report) => {
      expect(classifyFailure(report as never)).toBe('unclassified');
    },
  );

  it('takes null, as read back from a database, for a missing value', () => {
    const report = { state: null, code: null, extended: null, description: null };
    expect(classifyFailure(report as never)).toBe('unclassified');
    expect(classifyFailure({ ...report, extended: '5.1.1' } as never)).toBe('invalid-address');
  });

  it('is unclassified for empty and unknown values', () => {
    const report = { state: 'later', code: 0, extended: 'x', description: '\u0000\uD800' };
    expect(classifyFailure(report)).toBe('unclassified');
  });

  it('prefers the text to the enhanced status code', () => {
    const report = { state: 'dns', code: 421, extended: '5.1.1', description: 'Mailbox full' };
    expect(classifyFailure(report)).toBe('mailbox-unavailable');
  });

  it('prefers the enhanced status code to the reply code', () => {
    expect(classifyFailure({ state: 'dns', code: 421, extended: '5.2.2' })).toBe(
      'mailbox-unavailable',
    );
  });

  it('prefers the reply code to the state', () => {
    expect(classifyFailure({ state: 'dns', code: 421 })).toBe('technical');
  });
});

describe('rules', () => {
  const examples = Object.entries(rules).flatMap(([field, list]) =>
    list.map((rule) => ({ field, category: rule[0], example: rule[1], rule, list })),
  );

  it.each(examples)('$field "$example" is $category', ({ field, category, example }) => {
    const value = field === 'code' ? Number(example) : example;
    expect(classifyFailure({ [field]: value })).toBe(category);
  });

  it.each(examples)('$field "$example" meets its own rule first', ({ example, rule, list }) => {
    expect(list.find(([, , pattern]) => pattern.test(example.toLowerCase()))).toBe(rule);
  });

  it('gives every category but unclassified', () => {
    expect(new Set(examples.map(({ category }) => category)).size).toBe(6);
  });
});

describe('time', () => {
  const near = rules.description.flatMap(([, example]) => {
    const text = example.replace(/^[\d. ]+/, '');
    return [`${text.slice(0, -2)} `, `${text.split(' ')[0]} `, `${text.slice(0, -2)}\n550-`];
  });
  const hostile = ['a', ' ', '<', '>', '0', '1.2.', '[1.1.1.1] ', '.', '\n', '\r\n550-5.1.1 ', 'é']
    .concat(['user ', 'mailbox ', 'mailbox mailbox ', 'user a b c d ', 'user user unknow '])
    .concat(['not not not ', 'no such ', 'sender ', "sender's ", 'your ip a b c d e ', 'the ip '])
    .concat(['host ', 'host a', '<a@', 'exceeded a b c d ', 'quota x y z ', 'boite ', 'spf', '邮'])
    .concat(['mailbox unavailable ', 'recipient rejected. ', '5.1.1 address rejected ', "can't "])
    .concat(['helo ', 'after mail from ', 'mail from', 'check the the the ', 'temporar', '\u0000']);

  it.each([...hostile, ...near])('judges 64 kB of %j in under 5 ms', (part) => {
    const description = part.repeat(Math.ceil(65_536 / part.length)).slice(0, 65_536);
    const times = Array.from({ length: 10 }, () => {
      const start = performance.now();
      classifyFailure({ description, code: 550 });
      return performance.now() - start;
    });
    expect(Math.min(...times)).toBeLessThan(5);
  });
});
