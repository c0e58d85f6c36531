import fc from 'fast-check';
import { bodies } from '../../../../test/fuzz/bodies.js';

/** A request as bytes on a connection. */
export interface DeskRequest {
  head: string;
  body: Buffer;
  /**
   * How many bytes are sent before the client hangs up; undefined for one that is sent whole and
   * waits for its answer.
   */
  cut: number | undefined;
  /** How often it is sent over its connection, without waiting for an answer in between. */
  times: number;
}

export const TOKEN = 'token-of-the-fuzz-tests-'.padEnd(40, 'x');

const READ = [
  ...['/', '/page.js', '/lit-html/lit-html.js', '/healthz', '/state', '/samples'],
  ...['/numbers', '/domains', '/reports', '/reports/count', '/reports/1', '/addresses'],
  ...['/suppressions', '/suppressions/count', '/suppressions.csv'],
  ...['/api/suppressions', '/api/changes', '/api/reports', '/metrics'],
];
const WRITE = [
  ...['/copernica/failures', '/test-reports', '/suppressions', '/suppressions/remove'],
  ...['/suppressions/import'],
];
const ROUTES: [method: string, path: string][] = [
  ...READ.map((path): [string, string] => ['GET', path]),
  ...WRITE.map((path): [string, string] => ['POST', path]),
  ['DELETE', '/addresses'],
  ['DELETE', '/api/addresses'],
];
const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE', 'CONNECT'];

const NAMES = [
  ...['address', 'recipient', 'domain', 'tag', 'state', 'severity', 'category', 'period', 'zone'],
  ...['from', 'to', 'before', 'after', 'size', 'limit', 'search', 'note', 'keepSuppression'],
  ...['sample', 'tags', 'serial', 'version', 'for', 'preview'],
];

/** Texts at the limits of some rule, and any others. */
const texts = fc.oneof(
  fc.constantFrom('', ' ', '\0', '0', '-1', '1e9', '9'.repeat(18), '9'.repeat(30), 'NaN', 'true'),
  fc.constantFrom('jane@example.com', '%', '_', '\\', "'", '"; --', '../..', 'Europe/Amsterdam'),
  fc.constantFrom('hour', 'year', 'bounced', 'permanent', 'technical', '2026-01-01', '[object]'),
  fc.constantFrom('\ud800', '\u202e', '=1+1', 'x'.repeat(5000), '{}', '__proto__', 'constructor'),
  fc.string({ unit: 'binary' }),
);

/** Texts that JavaScript, PostgreSQL or both understand as a time. */
const times = fc.oneof(
  fc.constantFrom('1', 'x 1', '-000001-01-01T00:00:00Z', '2001-02-31', '0000-01-01', 'infinity'),
  fc.constantFrom('2020-01-31T12:00:00+23:59', 'Jan 1 2001 (x)', '2020-01-31'),
  fc.constantFrom('2026-01-31T12:00:00.000000Z', '0000-01-01T00:00:00.000000Z'),
  texts,
);
/** Cursors of the list of suppressions, well-formed, half-formed and not at all. */
const cursors = fc
  .oneof({ weight: 3, arbitrary: fc.tuple(times, texts) }, fc.jsonValue())
  .map((value) => Buffer.from(JSON.stringify(value)).toString('base64url'));

/** Half of a surrogate pair has no encoding; it becomes U+FFFD. */
const encode = (text: string) => encodeURIComponent(Buffer.from(text).toString());
const pairs = fc.tuple(fc.oneof(fc.constantFrom(...NAMES), texts), texts);
const queries = fc
  .array(pairs, { maxLength: 4 })
  .map((all) => all.map(([name, value]) => `${encode(name)}=${encode(value)}`).join('&'));
const odd = fc.string({ unit: fc.constantFrom(...'/.%?#&=+;:@aZ09[]{}~*-_') });
const routes = fc.constantFrom(...ROUTES);
const methods = fc.constantFrom(...METHODS);
/** The start of a request: mostly a route that there is, with its method. */
const starts = fc.oneof(
  { weight: 6, arbitrary: fc.tuple(routes, queries) },
  { weight: 1, arbitrary: fc.tuple(routes, odd) },
  {
    weight: 1,
    arbitrary: fc.tuple(fc.tuple(methods, fc.oneof(fc.constantFrom(...READ, ...WRITE), odd)), odd),
  },
);

/** Printable, as a header must be; longer ones are refused by Node.js. */
const values = fc.string({ maxLength: 40 });
const strangeHeaders: fc.Arbitrary<string[][]> = fc.array(
  fc.oneof(
    fc.tuple(fc.constantFrom('Sec-Fetch-Site'), fc.constantFrom('same-origin', 'cross-site', 'x')),
    fc.tuple(fc.constantFrom('Sec-Fetch-Mode'), fc.constantFrom('navigate', 'cors')),
    fc.tuple(fc.constantFrom('Sec-Fetch-Dest'), fc.constantFrom('document', 'iframe')),
    fc.tuple(fc.constantFrom('Origin'), fc.constantFrom('null', 'http://localhost', '//', 'x:y')),
    // A wrong token would soon lock all requests out of /api.
    fc.tuple(fc.constantFrom('Authorization'), fc.constantFrom('Bearer', 'Bearer  x', 'Basic')),
    fc.tuple(fc.constantFrom('Range'), fc.constantFrom('bytes=0-0', 'bytes=9-1', 'bytes=-', 'x=1')),
    fc.tuple(fc.constantFrom('Expect'), fc.constantFrom('100-continue', 'miracles')),
    fc.tuple(fc.constantFrom('Content-Encoding'), fc.constantFrom('gzip', 'br', 'identity', 'x')),
    fc.tuple(
      fc.constantFrom('Accept', 'Accept-Encoding', 'Cookie', 'If-None-Match', 'If-Modified-Since'),
      values,
    ),
    fc.tuple(fc.constantFrom('X-Forwarded-For', 'Via', 'Forwarded', 'Upgrade', 'X-Any'), values),
    fc.tuple(fc.constantFrom('Host'), fc.constantFrom('', 'evil.example.com', '[::1]', '[', 'a b')),
  ),
  { maxLength: 3 },
);

/** Most requests have none, so that they pass the guard. */
const headers = fc.oneof({ weight: 2, arbitrary: fc.constant([] as string[][]) }, strangeHeaders);

/** Bodies with the type they are sent as. */
const contents = fc.oneof(
  fc.tuple(fc.constant('application/x-www-form-urlencoded'), bodies),
  fc.tuple(
    fc.constantFrom('application/json', 'application/json; charset=utf-7'),
    fc.oneof(
      fc.json().map((text) => Buffer.from(text)),
      fc
        .array(fc.tuple(fc.constantFrom(...NAMES), fc.oneof(texts, fc.jsonValue())))
        .map((all) => Buffer.from(JSON.stringify(Object.fromEntries(all)))),
    ),
  ),
  fc.tuple(
    fc.constantFrom('text/csv', 'text/plain; charset=iso-8859-1', 'x', 'multipart/form-data'),
    fc
      .array(fc.array(texts, { maxLength: 4 }), { maxLength: 4 })
      .map((rows) =>
        Buffer.from(`address,since,reason\n${rows.map((row) => row.join()).join('\n')}`),
      ),
  ),
);

/** Pages of the list, and imports into it, which would otherwise be rare. */
const lists = fc.oneof(
  fc.record({
    start: cursors.map((cursor): [[string, string], string] => [
      ['GET', '/suppressions'],
      `before=${cursor}`,
    ]),
    content: fc.constant(null),
  }),
  fc.record({
    start: fc.constant<[[string, string], string]>([['POST', '/suppressions/import'], '']),
    content: times.map((since): [type: string, body: Buffer] => [
      'text/csv',
      Buffer.from(`address,since\njane@example.com,"${since.replaceAll('"', '""')}"`),
    ]),
  }),
);
const anything = fc.record({ start: starts, content: fc.option(contents) });

/** Requests of any kind to any route. Some are cut off. */
export const deskRequests: fc.Arbitrary<DeskRequest> = fc
  .record({
    what: fc.oneof({ weight: 4, arbitrary: anything }, { weight: 1, arbitrary: lists }),
    headers,
    cut: fc.option(fc.nat({ max: 600 }), { freq: 3 }),
    times: fc.oneof({ weight: 3, arbitrary: fc.constant(1) }, fc.constant(2)),
  })
  .map(({ what: { start, content }, headers: more, cut, times }) => {
    const [[method, path], query] = start;
    const [type, bytes] = content ?? [];
    const body = Buffer.from(bytes ?? '');
    const usual = [
      ['Host', 'localhost'],
      ['Sec-Fetch-Site', 'same-origin'],
      ['Authorization', `Bearer ${TOKEN}`],
    ].filter(([name]) => !(more as string[][]).some(([strange]) => strange === name));
    const described = [
      ['Content-Type', type],
      ['Content-Length', String(body.length)],
    ];
    const fields = [
      ...usual,
      ...(type ? described : []),
      ...more,
      ...(times > 1 ? [] : [['Connection', 'close']]),
    ];
    const lines = fields.map(([name, value]) => `${name}: ${value}\r\n`).join('');
    const head = `${method} /${path.replace(/^\//, '')}${query && `?${query}`} HTTP/1.1\r\n${lines}\r\n`;
    return { head, body, cut: cut ?? undefined, times };
  });
