import { describe, expect, it } from 'vitest';
import { classifyFailure, type FailureCategory } from '../../lib/index.js';

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
