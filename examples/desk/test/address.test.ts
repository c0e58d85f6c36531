import type { FailureReport } from 'copernica-failures';
import { describe, expect, it } from 'vitest';
import {
  addressProblem,
  addressToSuppress,
  canSuppress,
  domainOf,
  normalizeAddress,
  parseAddress,
} from '../suppressions/address.js';
import { unknownUser } from './reports.js';

describe('the rule', () => {
  const rule = (changes: Partial<FailureReport>, category = 'invalid-address' as const) =>
    addressToSuppress(unknownUser(changes), category);

  it.each<[string, string | undefined, Partial<FailureReport>]>([
    ['a permanent failure', 'Jane@example.com', { recipient: ' Jane@Example.COM' }],
    ['a temporary failure', undefined, { severity: 'temporary' }],
    ['a failure of unknown severity', undefined, { severity: 'unknown' }],
    ['a recipient without an @', 'jane doe', { recipient: 'jane doe' }],
    ['an empty recipient', undefined, { recipient: ' \t' }],
    ['a recipient of 320 characters', 'x'.repeat(320), { recipient: 'x'.repeat(320) }],
    ['a longer recipient', undefined, { recipient: 'x'.repeat(321) }],
  ])('for %s of an invalid address suppresses %j', (_, address, changes) => {
    expect(rule(changes)).toBe(address);
  });

  it('suppresses nothing for another category', () => {
    expect(addressToSuppress(unknownUser(), 'reputation')).toBeUndefined();
    expect(addressToSuppress(unknownUser(), 'mailbox-unavailable')).toBeUndefined();
  });

  it('takes no address for longer than its normal form', () => {
    expect(canSuppress(normalizeAddress(` ${'x'.repeat(320)} `))).toBe(true);
    expect(canSuppress('')).toBe(false);
  });
});

describe('an address', () => {
  it.each([
    [' Jane@Example.COM\t', 'Jane@example.com', 'example.com'],
    ['A@B@C.De', 'A@B@c.de', 'c.de'],
    ['"x@Y"@Example.com', '"x@Y"@example.com', 'example.com'],
    ['\u00a0jane@ÉCOLE.fr\ufeff', 'jane@École.fr', 'École.fr'],
    ['a@B\u0130\u212a.X', 'a@b\u0130\u212a.x', 'b\u0130\u212a.x'],
    ['\u200bx@Y', '\u200bx@y', 'y'],
    ['No At', 'No At', ''],
    ['@', '@', ''],
    ['X@', 'X@', ''],
    ['jane@ Example.com ', 'jane@ example.com', 'example.com'],
    ['a\0b\x1f@x.y', 'a\u2400b\u241f@x.y', 'x.y'],
    ['a\r\nb@X\x7f.y', 'a\u240d\u240ab@x\u2421.y', 'x\u2421.y'],
    ['\x85a\x80b\x9f@x\u2028.y\u2029', '\ufffda\ufffdb\ufffd@x\ufffd.y', 'x\ufffd.y'],
  ])('is stored in one form: %j', (recipient, address, domain) => {
    expect(normalizeAddress(recipient)).toBe(address);
    expect(normalizeAddress(address)).toBe(address);
    expect(domainOf(address)).toBe(domain);
  });

  it('has a domain of at most 253 characters', () => {
    expect(domainOf(`jane@${'X'.repeat(9000)}`)).toBe('x'.repeat(253));
  });
});

describe('a text that a person typed or imported', () => {
  it.each([
    ['Jane Doe <Jane@Example.com>', 'Jane@Example.com'],
    ['"Doe, Jane @ work" <jane@example.com> ', 'jane@example.com'],
    ['Doe, Jane <jane@example.com>', 'jane@example.com'],
    ['jane@example.com <jane@example.com>', 'jane@example.com'],
    ['<jane@example.com>', 'jane@example.com'],
    ['mailto:jane@example.com', 'jane@example.com'],
    ['MAILTO:jane%2Bnews@example.com?subject=Hello', 'jane+news@example.com'],
    ['Jane < mailto:jane@example.com >', 'jane@example.com'],
    [' jane@example.com\t', 'jane@example.com'],
    ['"jane doe <x>"@example.com', '"jane doe <x>"@example.com'],
    ['"a@b"@example.com', '"a@b"@example.com'],
    ["o'neil+news@example.com", "o'neil+news@example.com"],
    ['jörg@bücher.example', 'jörg@bücher.example'],
  ])('holds one address: %s', (text, address) => {
    expect(parseAddress(text)).toBe(address);
    expect(addressProblem(address)).toBeUndefined();
  });

  const NONE = /^An address has an @$/;
  const MANY = /^That is more than one address$/;
  const MALFORMED = /^An address is like jane@example\.com: /;
  it.each([
    ['noat', NONE],
    ['"Jane"', NONE],
    ['two@a.example, three@b.example', MANY],
    ['two@a.example;three@b.example', MANY],
    ['two@a.example three@b.example', MANY],
    ['two@a.example, Three <three@b.example>', MANY],
    ['two@a.example <three@b.example>', MANY],
    ['<two@a.example> <three@b.example>', MANY],
    ['<html><body>jane@example.com</body></html>', MALFORMED],
    ['jane@example.com (Jane)', MALFORMED],
    ['jane@example.com;', MALFORMED],
    ['jane doe@example.com', MALFORMED],
    ['jane@', MALFORMED],
    ['@example.com', MALFORMED],
    ['"jane@example.com"', MALFORMED],
    ["'jane@example.com'", MALFORMED],
    ['Jane <jane@example.com', MALFORMED],
  ])('is refused if it is not one address: %s', (text, problem) => {
    expect(addressProblem(parseAddress(text))).toMatch(problem);
  });
});
