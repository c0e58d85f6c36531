import { expect, it } from 'vitest';
import { meantAddress, problemOf } from '../suppressions/parse-address.js';

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
])('a person means one address: %s', (given, address) => {
  expect(meantAddress(given)).toBe(address);
  expect(problemOf(address)).toBeUndefined();
});

const MANY = 'That is more than one address';
const NONE =
  'An address is like jane@example.com: something on both sides of the @, without white space, comma, semicolon or angle bracket';

it.each([
  ['noat', 'An address has an @'],
  ['"Jane"', 'An address has an @'],
  ['two@a.example, three@b.example', MANY],
  ['two@a.example;three@b.example', MANY],
  ['two@a.example three@b.example', MANY],
  ['two@a.example, Three <three@b.example>', MANY],
  ['two@a.example <three@b.example>', MANY],
  ['<two@a.example> <three@b.example>', MANY],
  ['<html><body>jane@example.com</body></html>', NONE],
  ['jane@example.com (Jane)', NONE],
  ['jane@example.com;', NONE],
  ['jane doe@example.com', NONE],
  ['jane@', NONE],
  ['@example.com', NONE],
  ['"jane@example.com"', NONE],
  ["'jane@example.com'", NONE],
  ['Jane <jane@example.com', NONE],
])('what is not one address is refused: %s', (given, problem) => {
  expect(problemOf(meantAddress(given))).toBe(problem);
});
