import { describe, expect, it } from 'vitest';
import { parseSignatureHeader } from '../../lib/signature/signature-header.js';
import { fastest } from '../helpers/fastest.js';

const MALFORMED = {
  name: 'FailureReportError',
  code: 'COPERNICA_SIGNATURE_MALFORMED',
  status: 401,
};
const PARTS = {
  keyId: 'keyId="one._domainkey.copernica.com"',
  algorithm: 'algorithm="rsa-sha256"',
  headers: 'headers="(request-target) Host date"',
  signature: 'signature="AAECAw=="',
};
const PARSED = {
  keyId: 'one._domainkey.copernica.com',
  names: ['(request-target)', 'host', 'date'],
  signature: Buffer.from([0, 1, 2, 3]),
};

/** A header with some of its parts spelled differently. */
function header(parts: Partial<typeof PARTS> = {}, separator = ',') {
  return Object.values({ ...PARTS, ...parts })
    .filter(Boolean)
    .join(separator);
}

describe('reads', () => {
  it.each([
    ['commas', header()],
    ['commas and blanks', header({}, ', ')],
    ['blanks before commas', header({}, ' ,')],
    ['a blank', header({}, ' ')],
    ['runs of blanks', header({}, '   ')],
    ['tabs', header({}, '\t')],
    ['runs of blanks and tabs around commas', header({}, ' \t , \t ')],
    ['blanks after the last one', `${header()}  `],
    ['another order', Object.values(PARTS).reverse().join()],
    ['RSA-SHA256 in capitals', header({ algorithm: 'algorithm="RSA-SHA256"' })],
    ['an unknown parameter', `${header()},ext="1"`],
    ['an empty unknown parameter', `ext="",${header()}`],
    ['numbers without quotes, as the draft has them', `${header()},created=1402170695,expires=1`],
    ['a list in capitals', header({ headers: 'headers="(REQUEST-TARGET) HOST DATE"' })],
    [
      'runs of blanks in the list',
      header({ headers: 'headers="  (request-target)   host\tdate "' }),
    ],
    ['blanks in the base64', header({ signature: 'signature="AAE  CA w= ="' })],
    ['names of properties every object has', `__proto__="x",constructor="y",${header()}`],
  ])('%s', (_, text) => {
    expect(parseSignatureHeader(text)).toEqual(PARSED);
  });

  it.each([
    ['missing', ''],
    ['empty', 'headers=""'],
    ['blank', 'headers="  "'],
  ])('a list that is %s as an empty one, for which there is no default', (_, headers) => {
    expect(parseSignatureHeader(header({ headers })).names).toEqual([]);
  });

  it('a header of 8 KiB', () => {
    const text = header();
    const padded = `${text},ext="${'x'.repeat(8192 - text.length - 7)}"`;
    expect(padded).toHaveLength(8192);
    expect(parseSignatureHeader(padded)).toEqual(PARSED);
  });
});

describe('refuses', () => {
  it.each([
    ['a header over 8 KiB', `${header()},ext="${'x'.repeat(8192)}"`],
    ['no key', header({ keyId: '' })],
    ['an empty key', header({ keyId: 'keyId=""' })],
    ['a key that is a number', header({ keyId: 'keyId=1' })],
    ['no signature', header({ signature: '' })],
    ['an empty signature', header({ signature: 'signature=""' })],
    ['a blank signature', header({ signature: 'signature="  "' })],
    ['a foreign character in the base64', header({ signature: 'signature="AAEC*w=="' })],
    ['a signature in base64url', header({ signature: 'signature="-_-_"' })],
    ['a signature without padding', header({ signature: 'signature="AAECAw"' })],
    ['bytes after the padding', header({ signature: 'signature="AAECAw==AAAA"' })],
    ['an unterminated quote', header({ signature: 'signature="AAECAw==' })],
    ['no quotes', header({ keyId: 'keyId=one._domainkey.copernica.com' })],
    ['single quotes', header({ keyId: "keyId='one._domainkey.copernica.com'" })],
    ['an escaped quote', header({ keyId: 'keyId="one\\"._domainkey.copernica.com"' })],
    ['a backslash', header({ keyId: 'keyId="one\\._domainkey.copernica.com"' })],
    ['nothing between two parameters', header({}, '')],
    ['a semicolon between parameters', header({}, ';')],
    ['two commas between parameters', header({}, ',,')],
    ['a comma at the end', `${header()},`],
    ['a comma and a blank at the end', `${header()}, `],
    ['a comma at the start', `,${header()}`],
    ['the scheme of an Authorization header', `Signature ${header()}`],
    ['words after it', `${header()} and more`],
    ['a blank before the value', header({ keyId: 'keyId= "one._domainkey.copernica.com"' })],
    ['a blank after the name', header({ keyId: 'keyId ="one._domainkey.copernica.com"' })],
    ['a line break between parameters', header({}, '\n')],
    ['a no-break space between parameters', header({}, '\u00a0')],
    [
      'a parameter of another letter case',
      header({ keyId: 'keyid="one._domainkey.copernica.com"' }),
    ],
    ['an empty header', ''],
  ])('%s', (_, text) => {
    expect(() => parseSignatureHeader(text)).toThrow(expect.objectContaining(MALFORMED));
  });

  it.each(Object.entries(PARTS))('%s given twice', (_, part) => {
    expect(() => parseSignatureHeader(`${header()},${part}`)).toThrow(
      expect.objectContaining(MALFORMED),
    );
  });

  it('an unknown parameter given twice', () => {
    expect(() => parseSignatureHeader(`ext="1",${header()},ext="2"`)).toThrow(
      expect.objectContaining(MALFORMED),
    );
  });

  it.each([
    'hs2019',
    'hmac-sha256',
    'hmac-md5',
    'rsa-sha1',
    'rsa-sha512',
    'rsa-md5',
    'rsa-sha256 ',
    'rsa-sha-256',
    'rsa-pss-sha256',
    'ecdsa-sha256',
    'ed25519',
    'none',
    '',
  ])('the algorithm %j', (algorithm) => {
    expect(() => parseSignatureHeader(header({ algorithm: `algorithm="${algorithm}"` }))).toThrow(
      expect.objectContaining(MALFORMED),
    );
  });

  it('no algorithm', () => {
    expect(() => parseSignatureHeader(header({ algorithm: '' }))).toThrow(
      expect.objectContaining(MALFORMED),
    );
  });

  it.each(['host host', 'host Host', '(request-target) date (Request-Target)'])(
    'the list %j, which has a name twice',
    (list) => {
      expect(() => parseSignatureHeader(header({ headers: `headers="${list}"` }))).toThrow(
        expect.objectContaining(MALFORMED),
      );
    },
  );
});

/** Fills 8 KiB with one thing after another. */
function fill(unit: string, start = '', end = '') {
  const room = 8192 - start.length - end.length;
  return start + unit.repeat(Math.floor(room / unit.length)) + end;
}

const names = Array.from({ length: 2000 }, (_, i) => i.toString(36)).join(' ');
const parameters = Array.from({ length: 1000 }, (_, i) => `${i.toString(36)}=""`).join();

describe('judges 8 KiB in well under a millisecond:', () => {
  it.each([
    ['letters', fill('a')],
    ['blanks', fill(' ')],
    ['tabs and blanks', fill(' \t')],
    ['commas', fill(',')],
    ['commas and blanks', fill(', ')],
    ['quotes', fill('"')],
    ['equals signs', fill('=')],
    ['backslashes', fill('\\')],
    ['starts of parameters', fill('a="')],
    ['names without value', fill('a,')],
    ['one parameter many times', fill('a="",')],
    ['parameters of different names', parameters.slice(0, 8190)],
    ['an unterminated quote', fill('a', 'keyId="')],
    ['a name and blanks', fill(' ', 'a=""')],
    ['a name and blanks and a comma', fill(' ', 'a=""', ',')],
    ['blanks between parameters', fill(`a=""${' '.repeat(500)}`)],
    ['an endless number', fill('1', 'a=')],
    ['a number and no end', fill('1', 'a=', 'x')],
    ['blanks in the base64', fill(' ', `${header({ signature: 'signature="AAEC' })}`, '"')],
    ['base64 and blanks by turns', fill('A ', `${header({ signature: 'signature="' })}`, '"')],
    ['base64 and nothing else', fill('AAAA', `${header({ signature: 'signature="' })}`, '"')],
    ['blanks in the list', fill(' ', header({ headers: 'headers="date' }), '"')],
    ['a list of one name', fill('a ', `${header({ headers: '' })},headers="`, '"')],
    ['a list of different names', `${header({ headers: '' })},headers="${names.slice(0, 8000)}"`],
    ['a long key', fill('a.', `${header({ keyId: '' })},keyId="`, '"')],
    ['a long algorithm', fill('A', `${header({ algorithm: '' })},algorithm="`, '"')],
  ])('%s', (_, text) => {
    expect(text.length).toBeLessThanOrEqual(8192);
    const judge = () => {
      try {
        return parseSignatureHeader(text);
      } catch (error) {
        return error;
      }
    };
    judge();
    expect(fastest(judge)).toBeLessThan(1);
  });
});
