import { describe, expect, it } from 'vitest';
import { explainFailure, type FailureExplanation } from '../../lib/index.js';

type Report = Parameters<typeof explainFailure>[0];

describe('explainFailure', () => {
  it.each<[string, FailureExplanation]>([
    [
      '550 5.1.1 User unknown',
      {
        category: 'invalid-address',
        certain: true,
        field: 'description',
        evidence: 'User unknown',
      },
    ],
    [
      '550 MAILBOX IS FULL!',
      {
        category: 'mailbox-unavailable',
        certain: true,
        field: 'description',
        evidence: 'MAILBOX IS FULL',
      },
    ],
    [
      "550 User doesn't exist",
      {
        category: 'invalid-address',
        certain: true,
        field: 'description',
        evidence: "User doesn't exist",
      },
    ],
    [
      '550 User can’t be found',
      {
        category: 'invalid-address',
        certain: true,
        field: 'description',
        evidence: 'User can’t be found',
      },
    ],
    [
      "552 The user's mailbox   is\tfull",
      {
        category: 'mailbox-unavailable',
        certain: true,
        field: 'description',
        evidence: "user's mailbox   is\tfull",
      },
    ],
    [
      '550-5.1.1 That account does\r\n550-5.1.1 not\r\n550 5.1.1 exist.',
      {
        category: 'invalid-address',
        certain: true,
        field: 'description',
        evidence: 'account does\r\n550-5.1.1 not\r\n550 5.1.1 exist',
      },
    ],
    [
      '550 I cannot deliver mail for <Jane.Doe@Example.COM> today',
      {
        category: 'invalid-address',
        certain: true,
        field: 'description',
        evidence: 'cannot deliver mail for <Jane.Doe@Example.COM>',
      },
    ],
    [
      '550 see https://www.SpamHaus.org/query?ip=1',
      {
        category: 'reputation',
        certain: true,
        field: 'description',
        evidence: 'https://www.SpamHaus.org/query?ip=1',
      },
    ],
    [
      '552 Boîte de l’utilisateur pleine',
      {
        category: 'mailbox-unavailable',
        certain: true,
        field: 'description',
        evidence: 'Boîte de l’utilisateur pleine',
      },
    ],
    [
      '550 İİİ user unknown İ',
      {
        category: 'invalid-address',
        certain: true,
        field: 'description',
        evidence: 'user unknown',
      },
    ],
    [
      '550 Message to mail.example.com was refused: User unknown',
      {
        category: 'invalid-address',
        certain: true,
        field: 'description',
        evidence: 'User unknown',
      },
    ],
    [
      'Connection to spam-gateway.example.com timed out',
      {
        category: 'technical',
        certain: false,
        field: 'description',
        evidence: 'timed out',
      },
    ],
    [
      'said: 5.1.1',
      { category: 'invalid-address', certain: false, field: 'description', evidence: '5.1.1' },
    ],
    [
      '550 对方邮箱已满',
      {
        category: 'mailbox-unavailable',
        certain: true,
        field: 'description',
        evidence: '邮箱已满',
      },
    ],
  ])('of %j', (description, explanation) => {
    expect(explainFailure({ description })).toEqual(explanation);
  });

  it.each<[Report, FailureExplanation]>([
    [
      { extended: '#5.1.1', code: 550 },
      { category: 'invalid-address', certain: false, field: 'extended', evidence: '5.1.1' },
    ],
    [
      { extended: 'x', code: 552 },
      { category: 'mailbox-unavailable', certain: false, field: 'code', evidence: '552' },
    ],
    [
      { state: 'Connect' },
      { category: 'technical', certain: false, field: 'state', evidence: 'Connect' },
    ],
    [
      { state: 'mail from', code: 550 },
      { category: 'reputation', certain: false, field: 'state', evidence: 'mail from' },
    ],
    [
      { state: 'mailfrom', code: 450 },
      { category: 'unclassified', certain: false, field: 'none', evidence: '' },
    ],
    [{}, { category: 'unclassified', certain: false, field: 'none', evidence: '' }],
  ])('of %j', (report, explanation) => {
    expect(explainFailure(report)).toEqual(explanation);
  });

  it('finds the words at the end of a long text, and none across what it leaves out', () => {
    const description = `${'a '.repeat(5000)}User unknown`;
    expect(explainFailure({ description }).evidence).toBe('User unknown');
    const broken = `${'a '.repeat(2046)}user${' a'.repeat(5000)} ${'unknown '.repeat(512)}`;
    expect(explainFailure({ description: broken }).evidence).not.toContain('user');
  });
});

describe('several replies in one text', () => {
  it.each<[FailureExplanation['category'], string, string, certain?: boolean]>([
    ['invalid-address', 'No such user', '450 4.2.0 Greylisted, wait\n550 5.1.1 No such user'],
    ['mailbox-unavailable', 'Mailbox full', '550 5.1.1 User unknown\n452 4.2.2 Mailbox full'],
    ['invalid-address', 'User unknown', '452 4.2.2 Mailbox full 550 5.1.1 User unknown'],
    ['invalid-address', 'User unknown', '550 5.1.1 User unknown\n421 Connection timed out'],
    [
      'mailbox-unavailable',
      'mailbox full',
      '452 4.2.2 mailbox full\n554 5.4.7 Delivery time expired',
    ],
    [
      'invalid-address',
      'unknown user',
      '550 unknown user 503-All RCPT commands were rejected',
      true,
    ],
    [
      'reputation',
      'Sender address rejected',
      '550 5.1.0 Sender address rejected: host mx.example.com[192.0.2.7] said: 550 5.1.1 No such user',
      true,
    ],
    [
      'invalid-address',
      'No such user',
      '450 4.1.1 Recipient: host mx.example.com[192.0.2.7] said: 550 5.1.1 No such user',
    ],
    ['technical', 'Greylisted', '450 4.2.0 Greylisted\n421 4.4.2 Connection lost'],
    [
      'reputation',
      'blocked',
      '550 5.1.1 Hello\n554 5.7.1 Your IP is blocked'.replace('Your IP is ', ''),
    ],
  ])('%s by %j: %s', (category, evidence, description, certain = false) => {
    expect(explainFailure({ description })).toEqual({
      category,
      certain,
      field: 'description',
      evidence,
    });
  });
});

describe('any value in any field', () => {
  const values = [
    undefined,
    null,
    true,
    {},
    [],
    ['User unknown'],
    Symbol('x'),
    5n,
    Number.NaN,
    () => 'x',
  ];

  it.each(values)('%o is no reason', (value) => {
    const report = { description: value, extended: value, code: value, state: value };
    expect(explainFailure(report as never)).toEqual({
      category: 'unclassified',
      certain: false,
      field: 'none',
      evidence: '',
    });
  });

  it.each([undefined, null, 5, 'x'])('%o is no report', (report) => {
    expect(explainFailure(report as never).category).toBe('unclassified');
  });
});
