// Bodies whose variables reach for prototypes, nest deeply, or take long to parse.
import { describe, expect, it } from 'vitest';
import { nestVariables } from '../../lib/payload.js';
import { expectRejection, thrownBy } from '../helpers/rejections.js';
import { parseText, SECRET } from '../helpers/reports.js';

/** So many pairs of a name and a value, joined to a body. */
function many(count: number, pair: (index: number) => string): string {
  return Array.from({ length: count }, (_, index) => pair(index)).join('&');
}

describe('parseBody takes no harm from', () => {
  const NAMES = ['__proto__', 'constructor', 'hasOwnProperty', 'toString', 'prototype'];
  const FORMS = NAMES.flatMap((name) => [
    `${name}=x`,
    `${name}[]=x`,
    `${name}[0]=x`,
    `${name}[polluted]=x`,
    `a[${name}]=x`,
    `a[${name}][]=x`,
    `a[${name}][polluted]=x`,
    `${name}[${name}][polluted]=x`,
    `${encodeURIComponent(`a[${name}][polluted]`)}=x`,
  ]);

  it.each([
    ...FORMS,
    'constructor[prototype][polluted]=x',
    'a[constructor][prototype][polluted]=x',
  ])('%s', (body) => {
    const before = Object.getOwnPropertyNames(Object.prototype);
    const variables = parseText(`${body}&id=1`);
    expect(Object.getOwnPropertyNames(Object.prototype)).toEqual(before);
    expect({}).not.toHaveProperty('polluted');
    expect(variables.id).toBe('1');
    expect(variables).not.toHaveProperty('polluted');
    expect(Object.getPrototypeOf(variables)).toBe(Object.prototype);
  });

  it.each(['__proto__', 'constructor', 'hasOwnProperty', 'toString'])(
    'the name %s, which supplies no variable',
    (name) => {
      const variables = parseText(`${name}=x&${name}[id]=y&a[${name}]=z`);
      expect(Object.keys(variables)).toEqual([]);
      expect(Object.hasOwn(variables, name)).toBe(false);
      expect(Object.getPrototypeOf(variables)).toBe(Object.prototype);
    },
  );

  it('a list of the name __proto__, which would have a length', () => {
    expect(parseText('__proto__[]=x&length=1')).toEqual({ length: '1' });
    const parsed = JSON.parse('{"__proto__[]": "x", "length": "1"}');
    expect(nestVariables(parsed)).toEqual({ length: '1' });
  });

  it('the name __proto__ from another parser', () => {
    const parsed = JSON.parse('{"__proto__": {"id": "1"}, "__proto__[id]": "1"}');
    expect(nestVariables(parsed).id).toBeUndefined();
  });
});

describe('parseBody refuses', () => {
  it('more than 2,000 variables', async () => {
    const body = many(2001, (index) => `a${index}=${SECRET}`);
    const error = await thrownBy(() => parseText(body));
    expectRejection(error, 400, 'COPERNICA_BODY_INVALID');
  });

  it('more than 32 levels', async () => {
    const error = await thrownBy(() => parseText(`${SECRET}${'[a]'.repeat(33)}=${SECRET}`));
    expectRejection(error, 400, 'COPERNICA_BODY_INVALID');
  });

  it('not 2,000 variables, nor 32 levels', () => {
    const body = many(1999, (index) => `a${index}=x`);
    const variables = parseText(`${body}&b${'[b]'.repeat(32)}=y`);
    expect(Object.keys(variables)).toHaveLength(2000);
    expect(JSON.stringify(variables.b)).toBe(`${'{"b":'.repeat(32)}"y"${'}'.repeat(32)}`);
  });
});

describe('parseBody stays quick with', () => {
  const SIZE = 100_000;
  const fill = (unit: string) => unit.repeat(Math.ceil(SIZE / unit.length)).slice(0, SIZE);

  it.each([
    ['[', fill('[')],
    [']', fill(']')],
    ['[]', fill('[]')],
    ['a name of [[[ that ends as a list', `${fill('[')}[]=x`],
    ['a name of digits that ends as a list', `a[${fill('1')}]=x`],
    ['a name of [1[1[1 that ends as a list', `${fill('[1')}]=x`],
    ['%', fill('%')],
    ['%2', fill('%2')],
    ['%25', fill('%25')],
    ['%E9', `a=${fill('%E9')}`],
    ['%E9% ', `a=${fill('%E9%')}`],
    ['+', `a=${fill('+')}`],
    ['&', fill('&')],
    ['=', fill('=')],
    ['&=', fill('&=')],
    ['&a', fill('&a')],
    ['bytes that are not UTF-8', fill('\xff')],
    ['sparse indexes', many(2000, (index) => `a[${index * 1000}]=x`)],
    ['indexes in reverse', many(2000, (index) => `a[${1999 - index}]=x`)],
    ['one index again and again', many(2000, () => 'a[0]=x')],
    ['the last index of a short list', many(2000, () => 'a[19]=x')],
    ['huge indexes', many(2000, (index) => `a[${'9'.repeat(15)}${index}]=x`)],
    [
      'lists and indexes in turn',
      many(2000, (index) => (index % 2 ? 'a[]=x' : `a[${index * 7}]=x`)),
    ],
    ['a list, then indexes', many(2000, (index) => (index < 1000 ? 'a[]=x' : `a[${index * 7}]=x`))],
    ['a list, then a map', many(2000, (index) => (index < 1000 ? 'a[]=x' : `a[k${index}]=x`))],
    [
      'a map, then a text again and again',
      many(2000, (index) => (index % 2 ? 'a=x' : `a[k${index}]=x`)),
    ],
    ['maps in a list', many(2000, (index) => `a[${index}][b]=x`)],
    ['the last index of a long list', many(2000, () => 'a[1999][b]=x')],
    ['lists in lists', many(2000, (index) => `a${'[1999]'.repeat(7)}[${index}]=x`)],
    ['deep names', many(2000, (index) => `a${'[b]'.repeat(15)}[${index}]=x`)],
    ['names with the same beginning', many(2000, (index) => `${'a'.repeat(40)}${index}=x`)],
  ])('100 kB of %s', (_, body) => {
    const times = Array.from({ length: 5 }, () => {
      const start = performance.now();
      try {
        parseText(body);
      } catch (error) {
        expectRejection(error, 400, 'COPERNICA_BODY_INVALID');
      }
      return performance.now() - start;
    });
    // A quadratic parser takes seconds; this one takes a few milliseconds.
    expect(Math.min(...times)).toBeLessThan(150);
  });
});

describe('nestVariables', () => {
  it('refuses more than 32 levels', async () => {
    const error = await thrownBy(() => nestVariables({ [`a${'[b]'.repeat(33)}`]: SECRET }));
    expectRejection(error, 400, 'COPERNICA_BODY_INVALID');
  });
});
