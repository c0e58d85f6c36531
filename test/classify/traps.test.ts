import { describe, expect, it } from 'vitest';
import { classifyFailure, type FailureCategory } from '../../lib/index.js';

type Reply = readonly [expected: FailureCategory, description: string];

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
    ['invalid-address', { state: 'dns', code: 550, description: '550 Domain unknown' }],
    ['technical', { state: 'connect' }],
    ['technical', { state: 'intro' }],
    ['reputation', { state: 'mailfrom', code: 550, description: 'Domain not found' }],
    ['reputation', { description: '550 No such domain (in reply to MAIL FROM command)' }],
    ['reputation', { code: 554, extended: '5.7.1', description: 'Relay access denied by MX' }],
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
    ['unclassified', '450 4.0.9 Hello\n550 5.0.9 Goodbye'],
    ['invalid-address', 'delivery temporarily suspended: 550 User unknown'],
    ['invalid-address', '550 User unknown\n554 5.5.1 Error: no valid recipients'],
    ['content', '550 5.7.1 RESOLVER.RST.RecipSizeLimit; message too large for this recipient'],
    ['invalid-address', '550 5.1.1 Nie ma takiego konta'],
    ['mailbox-unavailable', `421 hello\n${'550-more words\n'.repeat(2000)}550 mailbox full`],
  ])('%s: %.60s', (expected, description) => {
    expect(classifyFailure({ description })).toBe(expected);
  });
});
