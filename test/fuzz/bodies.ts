import fc from 'fast-check';

const NAMES = ['id', 'recipient', 'state', 'code', 'time', 'tags', 'description', 'extended'];
const STRANGE_NAMES = ['', '__proto__', 'constructor', 'hasOwnProperty', 'toString', '0', 'a.b'];
const BRACKETS = ['[]', '[0]', '[1]', '[7]', '[a]', '[', ']', '[[]]', '%5B%5D', '[__proto__]'];
const VALUES = [
  '',
  '550',
  '5.1.1',
  'bounce',
  '+',
  '%',
  '%2',
  '%zz',
  '%E9',
  '%C3%A9',
  '%00',
  '%u00e9',
];

const name = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...NAMES) },
  fc.constantFrom(...STRANGE_NAMES),
  fc.string({ maxLength: 5 }),
);
const brackets = fc.array(fc.constantFrom(...BRACKETS), { maxLength: 4 }).map((b) => b.join(''));
const value = fc.oneof(fc.constantFrom(...VALUES), fc.string({ unit: 'binary', maxLength: 20 }));
const pair = fc
  .tuple(name, fc.oneof(fc.constant(''), brackets), fc.constantFrom('=', '=', '=', '', '=='), value)
  .map((parts) => Buffer.from(parts.join('')));
const noise = fc.uint8Array({ maxLength: 12 }).map((bytes) => Buffer.from(bytes));

/** What makes a report valid, sent at the start of half of the bodies. */
const VALID = Buffer.from('id=1&recipient=a%40example.com&state=rcptto');

/** Bodies of names, brackets, percent sequences and raw bytes. */
export const bodies: fc.Arbitrary<Buffer> = fc
  .tuple(fc.boolean(), fc.array(fc.oneof({ weight: 4, arbitrary: pair }, noise), { maxLength: 12 }))
  .map(([valid, parts]) => {
    const all = valid ? [VALID, ...parts] : parts;
    return Buffer.concat(all.flatMap((part, i) => (i > 0 ? [Buffer.from('&'), part] : [part])));
  });

/** Bodies of 100 kB that repeat one piece: what is not linear in time shows here. */
export const repetitions: fc.Arbitrary<Buffer> = fc
  .oneof(pair, noise, brackets.map(Buffer.from), value.map(Buffer.from))
  .filter((piece) => piece.length > 0)
  .chain((piece) => fc.constantFrom('', '&').map((end) => Buffer.concat([piece, Buffer.from(end)])))
  .map((piece) => Buffer.alloc(100 * 1024, piece));

const text = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 30 });
const maybe = (arbitrary: fc.Arbitrary<string>) => fc.option(arbitrary, { nil: undefined });
const digits = fc.nat().map(String);

/** The variables of valid reports, as texts. */
export const reports = fc.record(
  {
    id: text,
    recipient: text,
    state: fc.oneof(text, fc.constant('bounce')),
    code: maybe(digits),
    extended: maybe(text),
    description: maybe(text),
    tags: fc.array(text, { maxLength: 5 }),
    time: maybe(digits),
  },
  { noNullPrototype: true },
);

/** Bodies that `URLSearchParams` reads in the same way: flat, and in ASCII. */
export const flatBodies = fc
  .array(
    fc.tuple(
      fc.string({ unit: fc.constantFrom(...'abcxyz019_.-+'), minLength: 1, maxLength: 4 }),
      fc
        .array(
          fc.oneof(
            fc.string({ unit: 'grapheme-ascii', maxLength: 6 }).map((s) => s.replaceAll('&', '')),
            fc.string({ unit: 'grapheme', maxLength: 3 }).map(encodeURIComponent),
            fc.constantFrom('%', '%4', '%zz', '+', '%2B', '%26'),
          ),
          { maxLength: 4 },
        )
        .map((parts) => parts.join('')),
    ),
    { maxLength: 10 },
  )
  .map((pairs) => pairs.map((parts) => parts.join('=')).join('&'))
  // Where bytes are no UTF-8, URLSearchParams loses them.
  .filter((body) => !new URLSearchParams(body).toString().includes('%EF%BF%BD'));
