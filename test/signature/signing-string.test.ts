import { describe, expect, it } from 'vitest';
import { buildSigningString, collectHeaders } from '../../lib/signature/signing-string.js';
import { fastest } from '../helpers/fastest.js';

const INCOMPLETE = {
  name: 'FailureReportError',
  code: 'COPERNICA_SIGNATURE_INCOMPLETE',
  status: 401,
};
const MALFORMED = {
  name: 'FailureReportError',
  code: 'COPERNICA_SIGNATURE_MALFORMED',
  status: 401,
};
const NAMES = ['(request-target)', 'host', 'date', 'x-copernica-id', 'digest'];
const RAW = [
  'Host',
  'example.com',
  'Date',
  'today',
  'X-Copernica-ID',
  'account-1',
  'Digest',
  'SHA-256=x',
];

describe('collectHeaders', () => {
  it('names them in lower case', () => {
    expect([...collectHeaders(['X-Copernica-ID', 'a'])]).toEqual([['x-copernica-id', 'a']]);
  });

  it.each([
    ['twice', ['Date', 'a', 'Date', 'b']],
    ['twice with the same value', ['Date', 'a', 'Date', 'a']],
    ['twice in different letter case', ['Date', 'a', 'DATE', 'b']],
    ['three times', ['Date', 'a', 'date', 'b', 'dAte', 'c']],
    ['twice, empty at first', ['Date', '', 'Date', 'b']],
  ])('tells that one was sent %s', (_, raw) => {
    expect(collectHeaders(raw).get('date')).toBeNull();
  });

  it.each([
    ['blanks', '  a b  ', 'a b'],
    ['tabs', '\t a\t', 'a'],
    ['nothing but blanks', ' \t ', ''],
    ['no other white space: 0xa0 is a byte of some text', '\xa0a\xa0', '\xa0a\xa0'],
    ['no vertical tab or form feed', '\v\fa\f', '\v\fa\f'],
  ])('takes away %s around a value', (_, sent, value) => {
    expect(collectHeaders(['a', sent]).get('a')).toBe(value);
  });

  it('has no headers that were not sent', () => {
    expect(collectHeaders([]).get('constructor')).toBeUndefined();
  });

  it.each([
    ['blanks before a value', `${' '.repeat(8000)}a`],
    ['blanks after a value', `a${' '.repeat(8000)}`],
    ['blanks in a value', `a${' '.repeat(8000)}a`],
  ])('is done with 8 KiB of %s in well under a millisecond', (_, value) => {
    expect(fastest(() => collectHeaders(['a', value]))).toBeLessThan(1);
  });
});

function build(names: string[], raw = RAW, endpoint: { host?: string; target?: string } = {}) {
  return buildSigningString(
    names,
    'POST',
    collectHeaders(raw),
    { target: '/a/b?c=d', ...endpoint },
    5,
  );
}

describe('buildSigningString', () => {
  it('has a line for each listed header, in the order of the list', () => {
    expect(build([...NAMES, 'x-nonce'], [...RAW, 'X-Nonce', 'n'])).toBe(
      '(request-target): post /a/b?c=d\nhost: example.com\ndate: today\nx-copernica-id: account-1\ndigest: SHA-256=x\nx-nonce: n',
    );
    expect(build([...NAMES].reverse())).toBe(
      'digest: SHA-256=x\nx-copernica-id: account-1\ndate: today\nhost: example.com\n(request-target): post /a/b?c=d',
    );
  });

  it('takes host and target of the registered address where there is one', () => {
    const text = build(NAMES, RAW, { host: 'hooks.example.org', target: '/registered' });
    expect(text.split('\n').slice(0, 2)).toEqual([
      '(request-target): post /registered',
      'host: hooks.example.org',
    ]);
  });

  it('takes the method of the request', () => {
    expect(buildSigningString(NAMES, 'PUT', collectHeaders(RAW), { target: '/' }, 5)).toMatch(
      /^\(request-target\): put \/\n/,
    );
  });

  it.each(NAMES)('refuses a list without %s', (missing) => {
    expect(() => build(NAMES.filter((name) => name !== missing))).toThrow(
      expect.objectContaining(INCOMPLETE),
    );
  });

  it('refuses an empty list', () => {
    expect(() => build([])).toThrow(expect.objectContaining(INCOMPLETE));
  });

  it.each(['host', 'date', 'x-copernica-id', 'digest'])('refuses a call without %s', (name) => {
    const without = RAW.filter((_, i) => RAW[i - (i % 2)]?.toLowerCase() !== name);
    expect(without).toHaveLength(RAW.length - 2);
    expect(() => build(NAMES, without)).toThrow(expect.objectContaining(INCOMPLETE));
  });

  it.each([
    ['absent', []],
    ['empty', ['X-Nonce', '']],
    ['blank', ['X-Nonce', ' \t ']],
  ])('refuses a listed header that is %s', (_, sent) => {
    expect(() => build([...NAMES, 'x-nonce'], [...RAW, ...sent])).toThrow(
      expect.objectContaining(INCOMPLETE),
    );
  });

  it('counts the bytes that arrived if a listed Content-Length is absent', () => {
    expect(
      build([...NAMES, 'content-length'])
        .split('\n')
        .at(-1),
    ).toBe('content-length: 5');
  });

  it('takes a listed Content-Length as it was sent, and refuses an empty one', () => {
    const names = [...NAMES, 'content-length'];
    const lines = build(names, [...RAW, 'Content-Length', '7']).split('\n');
    expect(lines.at(-1)).toBe('content-length: 7');
    expect(() => build(names, [...RAW, 'Content-Length', ''])).toThrow(
      expect.objectContaining(INCOMPLETE),
    );
  });

  it.each(['Host', 'Date', 'X-Copernica-ID', 'Digest'])('refuses %s sent twice', (name) => {
    expect(() => build(NAMES, [...RAW, name, 'example.com'])).toThrow(
      expect.objectContaining(MALFORMED),
    );
  });

  it('refuses any other listed header sent twice', () => {
    const raw = [...RAW, 'X-Nonce', 'a', 'x-nonce', 'a'];
    expect(() => build([...NAMES, 'x-nonce'], raw)).toThrow(expect.objectContaining(MALFORMED));
  });

  it('does not mind headers sent twice that are not listed', () => {
    expect(build(NAMES, [...RAW, 'Via', 'a', 'Via', 'b'])).toBe(build(NAMES));
  });

  it.each(['(created)', '(expires)', '(request-line)', '()', '(host)'])(
    'refuses %s, even if there were a header of that name',
    (name) => {
      expect(() => build([...NAMES, name], [...RAW, name, 'a'])).toThrow(
        expect.objectContaining(MALFORMED),
      );
    },
  );
});
