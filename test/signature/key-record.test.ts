import { generateKeyPairSync } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseKeyRecord } from '../../lib/signature/keys.js';
import { fastest } from '../helpers/fastest.js';
import { KEY, keyRecord } from '../helpers/signed-calls.js';

const { keys } = JSON.parse(
  readFileSync(new URL('../vectors/signatures.json', import.meta.url), 'utf8'),
) as { keys: Record<string, { publicKey: string }> };

/** The base64 of a public key of the known answers. */
function base64Of(name: string): string {
  return keys[name]?.publicKey.replace(/-----[^-]+-----|\s/g, '') ?? '';
}

const P = keyRecord(KEY, '').slice('p='.length);

describe('takes', () => {
  it.each([
    ['all tags', `v=DKIM1;k=rsa;p=${P}`],
    ['blanks around tags and values', ` v = DKIM1 ; k = rsa ; p = ${P} `],
    ['a semicolon at the end', `v=DKIM1; p=${P};`],
    ['a semicolon and a blank at the end', `v=DKIM1; p=${P}; `],
    ['no k=', `v=DKIM1;p=${P}`],
    ['no v=', `k=rsa;p=${P}`],
    ['nothing but p=', `p=${P}`],
    ['blanks in the base64', `p=${P.replace(/.{60}/g, '$& \t')}`],
    ['unknown tags, whatever they hold', `v=DKIM1;n=a note = b;t=y;x==;p=${P}`],
    ['names of properties every object has', `__proto__=x;constructor=y;p=${P}`],
    ['SHA-256 as the only hash', `h=sha256;p=${P}`],
    ['SHA-256 beside other hashes', `h=sha1 : sha256;p=${P}`],
  ])('a record with %s', (_, record) => {
    expect(parseKeyRecord(record)?.asymmetricKeyType).toBe('rsa');
  });

  it.each([
    ['rsa1024', 1024],
    ['main', 2048],
    ['rsa4096', 4096],
  ])('a key of the size of %s', (name, bits) => {
    const key = parseKeyRecord(`v=DKIM1; p=${base64Of(name)}`);
    expect(key?.asymmetricKeyDetails?.modulusLength).toBe(bits);
  });
});

function spki(type: 'ec' | 'ed25519' | 'rsa-pss') {
  const { publicKey } =
    type === 'ec'
      ? generateKeyPairSync('ec', { namedCurve: 'P-256' })
      : type === 'ed25519'
        ? generateKeyPairSync('ed25519')
        : generateKeyPairSync('rsa-pss', { modulusLength: 1024 });
  return publicKey.export({ format: 'der', type: 'spki' }).toString('base64');
}

function rsaOf(bits: number) {
  const { publicKey } = generateKeyPairSync('rsa', { modulusLength: bits });
  return publicKey.export({ format: 'der', type: 'spki' }).toString('base64');
}

/** DER SubjectPublicKeyInfo of an RSA key of 8192 bits; the number itself does not matter. */
function hugeKey() {
  const der = (tag: number, ...parts: Buffer[]) => {
    const content = Buffer.concat(parts);
    const length = Buffer.from([0x82, content.length >> 8, content.length & 0xff]);
    return Buffer.concat([Buffer.from([tag]), length, content]);
  };
  const modulus = Buffer.concat([Buffer.from([0]), Buffer.alloc(1024, 0xff)]);
  const numbers = der(0x30, der(0x02, modulus), Buffer.from('0203010001', 'hex'));
  const rsa = Buffer.from('300d06092a864886f70d0101010500', 'hex');
  return der(0x30, rsa, der(0x03, Buffer.from([0]), numbers)).toString('base64');
}

const DER = Buffer.from(P, 'base64');
const PKCS1 = DER.subarray(DER.indexOf(Buffer.from('0381', 'hex')) + 4).toString('base64');

describe('gives nothing for', () => {
  it.each([
    ['an empty record', ''],
    ['another TXT record', 'google-site-verification=abc'],
    ['an SPF record', 'v=spf1 include:copernica.com ~all'],
    ['a key that is revoked', 'v=DKIM1; k=rsa; p='],
    ['no p=', 'v=DKIM1; k=rsa'],
    ['another version', `v=DKIM2;p=${P}`],
    ['another spelling of the version', `v=dkim1;p=${P}`],
    ['an empty version', `v=;p=${P}`],
    ['k=ed25519 over an RSA key', `k=ed25519;p=${P}`],
    ['k=rsa over an Ed25519 key', `k=rsa;p=${spki('ed25519')}`],
    ['an Ed25519 key as DKIM has them', 'k=ed25519;p=/kJucKehewasusWFboOhzqLhCNYvuoo/PXky/BS00iQ='],
    ['an elliptic key', `p=${spki('ec')}`],
    ['a key that is for RSA-PSS only', `p=${spki('rsa-pss')}`],
    ['a key of 512 bits', `p=${base64Of('weak512')}`],
    ['a key of 1016 bits', `p=${rsaOf(1016)}`],
    ['a key of 8192 bits', `p=${hugeKey()}`],
    ['hashes without SHA-256', `h=sha1;p=${P}`],
    ['a hash that only starts like SHA-256', `h=sha256x;p=${P}`],
    ['an empty list of hashes', `h=;p=${P}`],
    ['a foreign character in the base64', `p=${P.slice(0, 10)}*${P.slice(11)}`],
    ['base64 cut off', `p=${P.slice(0, -40)}`],
    ['more after the base64', `p=${P}=AAAA`],
    ['bytes after the key', `p=${Buffer.concat([DER, Buffer.from([1, 2, 3])]).toString('base64')}`],
    ['a key without the wrapping of its kind', `p=${PKCS1}`],
    ['a PEM', `p=${keys.main?.publicKey}`],
    ['a private key', `p=${Buffer.from(KEY).toString('base64')}`],
    ['a tag given twice', `p=${P};p=${P}`],
    ['a tag given twice, revoked and not', `p=;p=${P}`],
    ['tags parted by commas', `v=DKIM1,p=${P}`],
  ])('%s', (_, record) => {
    expect(parseKeyRecord(record)).toBeUndefined();
  });
});

it.each([
  ['semicolons', ';'],
  ['equals signs', '='],
  ['blanks', ' '],
  ['colons', ':'],
  ['tags', 'a=b;'],
])('reads 64 KiB of %s in a few milliseconds', (_, unit) => {
  const record = `h=${unit.repeat(65536 / unit.length)}`;
  parseKeyRecord(record);
  expect(fastest(() => parseKeyRecord(record), 5)).toBeLessThan(20);
});
