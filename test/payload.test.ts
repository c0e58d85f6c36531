import { describe, expect, it } from 'vitest';
import { nestVariables, parseBody } from '../lib/payload.js';
import { parseText } from './helpers/reports.js';

/** Percent-encodes every byte. */
function escaped(...bytes: number[]): string {
  return bytes.map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join('');
}

function mapOf(first: number, count: number) {
  return Object.fromEntries(range(count).map((i) => [first + i, 'x']));
}

function range(count: number): number[] {
  return Array.from({ length: count }, (_, index) => index);
}

describe('parseBody decodes', () => {
  it.each([
    ['plain text', 'a=hello', 'hello'],
    ['+ as a blank', 'a=User+unknown++', 'User unknown  '],
    ['%2B as a plus sign', 'a=1%2B1', '1+1'],
    ['%20 as a blank', 'a=User%20unknown', 'User unknown'],
    ['UTF-8', 'a=caf%C3%A9', 'café'],
    ['UTF-8 in lower-case hex', 'a=caf%c3%a9', 'café'],
    ['UTF-8 outside the basic plane', 'a=%F0%9F%93%AC', '📬'],
    ['UTF-8 in Japanese', `a=${encodeURIComponent('受信者が不明')}`, '受信者が不明'],
    ['line breaks and NUL', 'a=1%0D%0A2%00', '1\r\n2\0'],
    ['a name without =', 'a', ''],
    ['an empty value', 'a=', ''],
    ['= within a value', 'a=b=c==', 'b=c=='],
    ['an escaped & and =', 'a=b%26c%3Dd', 'b&c=d'],
  ])('%s', (_, body, value) => {
    expect(parseText(body)).toEqual({ a: value });
  });

  it.each([
    ['%E9 as é', 'a=caf%E9', 'café'],
    ['the whole value, what is UTF-8 in it too', 'a=%C3%A9+%E9', 'Ã© é'],
    ['0x80 to 0x9f as Windows-1252', 'a=%80+%93quoted%94+%85', '€ “quoted” …'],
    ['the unassigned bytes as themselves', 'a=%81%8D%8F%90%9D', '\x81\x8d\x8f\x90\x9d'],
    ['a truncated UTF-8 sequence', 'a=%E2%82', 'â‚'],
    ['overlong UTF-8', 'a=%C0%AF', 'À¯'],
    ['an encoded surrogate', 'a=%ED%A0%80', 'í\u00a0€'],
    ['+ as a blank still', 'a=%E9+%2B', 'é +'],
  ])('a value that is not UTF-8 as Windows-1252: %s', (_, body, value) => {
    expect(parseText(body)).toEqual({ a: value });
  });

  it.each([
    ['GBK', [0xd3, 0xc3, 0xbb, 0xa7, 0xb2, 0xbb, 0xb4, 0xe6], 'ÓÃ»§²»´æ'],
    ['Shift_JIS', [0x83, 0x81, 0x81, 0x5b, 0x83, 0x8b, 0x93, 0xcd], 'ƒ\x81\x81[ƒ‹“Í'],
  ])('bytes of another encoding, %s, as Windows-1252', (_, bytes, value) => {
    expect(parseText(`a=${escaped(...bytes)}`)).toEqual({ a: value });
    expect(parseText(`a=${String.fromCharCode(...bytes)}`)).toEqual({ a: value });
  });

  it('every byte as a character of its own, so that none is lost', () => {
    const { a } = parseText(`a=${escaped(...range(256))}`);
    expect(a).toHaveLength(256);
    expect(new Set(a as string).size).toBe(256);
  });

  it('each value of a body by itself', () => {
    expect(parseText('a=caf%E9&b=caf%C3%A9&c=caf\xe9&d=caf\xc3\xa9&e=cafe')).toEqual({
      a: 'café',
      b: 'café',
      c: 'café',
      d: 'café',
      e: 'cafe',
    });
  });

  it.each([
    ['100% sure', 'a=100%+sure'],
    ['%', 'a=%'],
    ['%%', 'a=%%'],
    ['%4', 'a=%4'],
    ['%zz', 'a=%zz'],
    ['%4g', 'a=%4g'],
    ['%u00e9', 'a=%u00e9'],
    ['%A', 'a=%%41'],
    ['é %', 'a=%C3%A9+%'],
    ['é %', 'a=%E9+%'],
    ['%41', 'a=%2541'],
  ])('a %% that starts no escape as itself, to %j', (value, body) => {
    expect(parseText(body)).toEqual({ a: value });
  });

  it('raw bytes that are UTF-8 as UTF-8', () => {
    expect(parseBody(Buffer.from('a=café+受信者&é=1'), 'utf-8')).toEqual({
      a: 'café 受信者',
      é: '1',
    });
  });

  it('raw bytes and escapes of one value together', () => {
    expect(parseText('a=\xc3%A9')).toEqual({ a: 'é' });
  });

  it('names as it decodes values', () => {
    expect(parseText('caf%C3%A9=1&fa%E7ade=2&my+name=3&100%=4')).toEqual({
      café: '1',
      façade: '2',
      'my name': '3',
      '100%': '4',
    });
  });

  it('charset iso-8859-1 as what it says, byte by byte', () => {
    const bytes = range(256);
    const { a } = parseText(`a=${escaped(...bytes)}`, 'iso-8859-1');
    expect(a).toBe(String.fromCharCode(...bytes));
  });

  it('charset iso-8859-1 even where the bytes are UTF-8', () => {
    expect(parseText('a=%C3%A9+\xc3\xa9+%', 'iso-8859-1')).toEqual({ a: 'Ã© Ã© %' });
  });
});

describe('parseBody nests', () => {
  it.each([
    ['an empty body', '', {}],
    ['empty pairs', '&&a=1&&', { a: '1' }],
    ['a pair without a name', '=1&a=2', { a: '2' }],
    ['a map', 'parameters[a]=1&parameters[b]=2', { parameters: { a: '1', b: '2' } }],
    ['a map with a negative number', 'a[b][0]=x&a[b][-1]=y', { a: { b: { 0: 'x', '-1': 'y' } } }],
    ['a map with encoded names', 'fields%5Ba%5D=1&fields%5bb%5d=2', { fields: { a: '1', b: '2' } }],
    ['maps in maps', 'a[b][c]=1&a[b][d]=2', { a: { b: { c: '1', d: '2' } } }],
    ['lists in maps', 'a[b][]=1&a[b][]=2', { a: { b: ['1', '2'] } }],
    ['maps in lists', 'a[0][b]=1&a[1][b]=2', { a: [{ b: '1' }, { b: '2' }] }],
    [
      'a key with a dot as one key',
      'parameters[a.b]=1&c.d=2',
      { parameters: { 'a.b': '1' }, 'c.d': '2' },
    ],
    [
      'a list of a name with a line break',
      'a%0Ab[]=1&'.repeat(30),
      { 'a\nb': Array.from({ length: 30 }, () => '1') },
    ],
    ['a value with a comma as one text', 'interests[]=a,b', { interests: ['a,b'] }],
    ['a name given twice', 'a=1&a=2&a=3', { a: ['1', '2', '3'] }],
    ['a name given plain and as a list', 'a=1&a[]=2&a=3', { a: ['1', '2', '3'] }],
    ['a name given plain and by index', 'a=1&a[1]=2&a[0]=3', { a: ['1', '2', '3'] }],
  ])('%s', (_, body, variables) => {
    expect(parseText(body)).toEqual(variables);
  });

  it.each([
    ['items', 'a[]=x&a[]=y', ['x', 'y']],
    ['encoded items', 'a%5B%5D=x&a%5b%5d=y', ['x', 'y']],
    ['a single item', 'a[]=x', ['x']],
    ['indexes', 'a[0]=x&a[1]=y', ['x', 'y']],
    ['encoded indexes', 'a%5B0%5D=x&a%5B1%5D=y', ['x', 'y']],
    ['indexes in reverse', 'a[2]=z&a[1]=y&a[0]=x', ['x', 'y', 'z']],
    ['indexes from 1', 'a[1]=x&a[2]=y', ['x', 'y']],
    ['indexes with gaps', 'a[0]=x&a[3]=y&a[9]=z', ['x', 'y', 'z']],
    ['equal items', 'a[]=x&a[]=x', ['x', 'x']],
    ['an empty item', 'a[]=x&a[]=&a[]=y', ['x', '', 'y']],
  ])('a list of %s', (_, body, list) => {
    expect(parseText(body)).toEqual({ a: list });
  });

  it.each([
    ['a[]=', () => '[]'],
    ['a%5B%5D=', () => '%5B%5D'],
    ['a[i]=', (index: number) => `[${index}]`],
    ['a=', () => ''],
  ])('1,000 items sent as %s in their order', (_, suffix) => {
    const body = range(1000).map((index) => `a${suffix(index)}=item+${index}`);
    expect(parseText(body.join('&'))).toEqual({ a: range(1000).map((index) => `item ${index}`) });
    const below = body.map((pair) => pair.replace('a', 'b[c]'));
    expect(parseText(below.join('&'))).toEqual({
      b: { c: range(1000).map((index) => `item ${index}`) },
    });
  });

  const urls = (count: number) => range(count).map((index) => ({ url: `u${index}` }));
  it.each<[string, (index: number) => string, unknown]>([
    ['a[i][url]', (i) => `a[${i}][url]=u${i}`, urls(2000)],
    ['a[i][url], encoded', (i) => `a%5B${i}%5D%5Burl%5D=u${i}`, urls(2000)],
    ['a[i][url] in reverse', (i) => `a[${1999 - i}][url]=u${1999 - i}`, urls(2000)],
    ['a[i] in reverse', (i) => `a[${1999 - i}]=${1999 - i}`, range(2000).map(String)],
    ['a[i][j]', (i) => `a[${i >> 1}][${i & 1}]=x`, range(1000).map(() => ['x', 'x'])],
    ['a[i][]', (i) => `a[${i >> 1}][]=x`, range(1000).map(() => ['x', 'x'])],
    ['a[0][i]', (i) => `a[0][${i}]=x`, [range(2000).map(() => 'x')]],
    ['a[i][b][0][c]', (i) => `a[${i}][b][0][c]=x`, range(2000).map(() => ({ b: [{ c: 'x' }] }))],
  ])('as many items as there can be variables, sent as %s', (_, pair, list) => {
    expect(parseText(range(2000).map(pair).join('&'))).toEqual({ a: list });
  });

  it('more than 20 items of which some are missing', () => {
    const kept = range(60).filter((i) => i % 3 < 2);
    expect(parseText(kept.map((i) => `a[${i}][b]=${i}`).join('&'))).toEqual({
      a: kept.map((i) => ({ b: `${i}` })),
    });
  });

  it('maps in a list that have several keys', () => {
    const pairs = range(900).map((i) => `a[${i}][url]=u${i}&a[${i}][clicks]=${i}`);
    expect(parseText(pairs.join('&'))).toEqual({
      a: range(900).map((i) => ({ url: `u${i}`, clicks: `${i}` })),
    });
  });

  it.each([
    ['a[999999999]=x', { a: { 999999999: 'x' } }],
    ['a[20]=x', { a: { 20: 'x' } }],
    [
      range(21)
        .map((i) => `a[${i + 21}]=x`)
        .join('&'),
      { a: mapOf(21, 21) },
    ],
    [
      range(101)
        .map((i) => `a[${i + 100}]=x`)
        .join('&'),
      { a: mapOf(100, 101) },
    ],
    ['a[5]=x&a[20]=y', { a: { 5: 'x', 20: 'y' } }],
    ['a[1204]=yes&a[1205]=no', { a: { 1204: 'yes', 1205: 'no' } }],
    ['a[999999999][b]=x', { a: { 999999999: { b: 'x' } } }],
    ['a[4294967295]=x&a[0]=y', { a: { 4294967295: 'x', 0: 'y' } }],
    ['a[01]=x', { a: { '01': 'x' } }],
    ['a[-1]=x', { a: { '-1': 'x' } }],
    ['a[1.5]=x', { a: { 1.5: 'x' } }],
    ['a[0]=x&a[b]=y', { a: { 0: 'x', b: 'y' } }],
    ['0=x&1=y', { 0: 'x', 1: 'y' }],
    ['0[a]=x&1[a]=y', { 0: { a: 'x' }, 1: { a: 'y' } }],
  ])('a map whose keys are no indexes of a list: %s', (body, variables) => {
    expect(parseText(body)).toEqual(variables);
  });
});

describe('nestVariables', () => {
  it.each([
    ['flat items', { 'tags[]': ['a', 'b'] }, { tags: ['a', 'b'] }],
    ['a flat item', { 'tags[]': 'a' }, { tags: ['a'] }],
    ['flat indexes', { 'tags[0]': 'a', 'tags[1]': 'b' }, { tags: ['a', 'b'] }],
    ['flat indexes with gaps', { 'tags[0]': 'a', 'tags[5]': 'b' }, { tags: ['a', 'b'] }],
    ['a flat map', { 'fields[a]': '1', 'fields[b]': '2' }, { fields: { a: '1', b: '2' } }],
    ['a text and items', { tags: 'a', 'tags[]': ['b', 'c'] }, { tags: ['a', 'b', 'c'] }],
    [
      'items in two forms',
      { tags: ['a', 'b'], 'tags[]': ['c', 'd'] },
      { tags: ['a', 'b', 'c', 'd'] },
    ],
    [
      'nested variables',
      { tags: ['a'], fields: { a: ['1'] } },
      { tags: ['a'], fields: { a: ['1'] } },
    ],
  ])('gives %s the form that parseBody gives', (_, parsed, variables) => {
    expect(nestVariables(parsed)).toEqual(variables);
  });

  it('leaves what another parser has made of a value as it is', () => {
    const made = [new Date(0), new Map([[0, 'a']]), Buffer.from('a')];
    const parsed = Object.fromEntries(made.map((value, i) => [`v${i}`, value]));
    const nested = nestVariables({ ...parsed, 'fields[a]': '1' });
    for (const [i, value] of made.entries()) expect(nested[`v${i}`]).toBe(value);
  });

  it('leaves what it is given as it was', () => {
    const parsed = { tags: ['a', 'b'], 'tags[]': ['c'], fields: { a: '1' } };
    const before = structuredClone(parsed);
    nestVariables(parsed);
    expect(parsed).toEqual(before);
  });
});
