import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { checkDigest } from '../../lib/signature/verify.js';

const MISMATCH = { name: 'FailureReportError', code: 'COPERNICA_DIGEST_MISMATCH', status: 401 };
const BODY = Buffer.from('id=1&description=%E9');

function hash(algorithm: string, body = BODY) {
  return createHash(algorithm).update(body).digest('base64');
}
const SHA256 = hash('sha256');

it.each([
  ['SHA-256, as documented', `SHA-256=${SHA256}`, BODY],
  ['sha-256, as the PHP class has it', `sha-256=${SHA256}`, BODY],
  ['Sha-256', `Sha-256=${SHA256}`, BODY],
  ['an empty body', `SHA-256=${hash('sha256', Buffer.alloc(0))}`, Buffer.alloc(0)],
  [
    'bytes that are no text',
    `SHA-256=${hash('sha256', Buffer.from([0, 255, 128]))}`,
    Buffer.from([0, 255, 128]),
  ],
])('accepts %s', (_, digest, body) => {
  expect(() => checkDigest(digest, body)).not.toThrow();
});

it.each([
  ['nothing', ''],
  ['no hash', 'SHA-256='],
  ['the hash alone', SHA256],
  ['the hash of another body', `SHA-256=${hash('sha256', Buffer.from('id=2'))}`],
  ['one byte of the hash', `SHA-256=${SHA256.slice(0, 4)}`],
  ['half the hash', `SHA-256=${SHA256.slice(0, 20)}`],
  ['no padding', `SHA-256=${SHA256.replace('=', '')}`],
  ['more after the hash', `SHA-256=${SHA256}A`],
  ['a blank after the name', `SHA-256= ${SHA256}`],
  ['another letter case in the hash', `SHA-256=${SHA256.toLowerCase()}`],
  ['the alphabet of URLs', `SHA-256=${createHash('sha256').update(BODY).digest('base64url')}=`],
  ['hexadecimal', `SHA-256=${createHash('sha256').update(BODY).digest('hex')}`],
  ['quotes', `SHA-256="${SHA256}"`],
  ['the form of RFC 9530', `sha-256=:${SHA256}:`],
  ['another hash beside it', `SHA-256=${SHA256},MD5=${hash('md5')}`],
  ['another hash before it', `MD5=${hash('md5')},SHA-256=${SHA256}`],
  ['two of the same', `SHA-256=${SHA256},SHA-256=${SHA256}`],
  ['MD5', `MD5=${hash('md5')}`],
  ['SHA-1', `SHA=${hash('sha1')}`],
  ['SHA-512', `SHA-512=${hash('sha512')}`],
  ['the right hash under the name of another one', `SHA-512=${SHA256}`],
  ['a name without hyphen', `SHA256=${SHA256}`],
])('refuses %s', (_, digest) => {
  expect(() => checkDigest(digest, BODY)).toThrow(expect.objectContaining(MISMATCH));
});
