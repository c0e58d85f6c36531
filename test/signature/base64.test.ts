import { expect, it } from 'vitest';
import { decodeBase64 } from '../../lib/signature/base64.js';

it.each([
  ['', ''],
  ['AA==', '00'],
  ['AAA=', '0000'],
  ['+/+/', 'fbffbf'],
])('decodes %j', (text, hex) => {
  expect(decodeBase64(text)?.toString('hex')).toBe(hex);
});

it.each([
  ['a foreign character', 'AA*A'],
  ['a blank', 'AA AA'],
  ['the alphabet of URLs', '-_-_'],
  ['no padding', 'AA'],
  ['too much padding', 'AA==='],
  ['padding in the middle', 'AA==AA=='],
  ['bytes after the padding', 'AA==A'],
  ['bits that are left over', 'AB=='],
  ['a single character', 'A'],
])('gives nothing for %s', (_, text) => {
  expect(decodeBase64(text)).toBeUndefined();
});
