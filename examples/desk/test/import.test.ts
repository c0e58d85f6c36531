import { Readable } from 'node:stream';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import type { Database } from '../database/database.js';
import { createStore } from '../reports/store.js';
import { importSuppressions } from '../suppressions/csv.js';
import { clear, openDesk, openTestDatabase } from './in-process.js';
import { unknownUser } from './reports.js';

let database: Database;
let open: Awaited<ReturnType<typeof openDesk>>;

beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.close());
beforeEach(async () => {
  await clear(database);
  open = await openDesk(database);
});
afterEach(() => open.close());

const bring = (text: string | Buffer) =>
  open.desk
    .post('/suppressions/import')
    .set('Sec-Fetch-Site', 'same-origin')
    .set('Content-Type', 'text/csv')
    .send(text);
const csv = async () => (await open.desk.get('/suppressions.csv').expect(200)).text;

it('what the desk has exported comes in as it was', async () => {
  const save = createStore(database);
  const recipients = ['jane@example.com', '=1+1@Example.com', 'a;b@x.org', "'=x@y.org", ' "q" '];
  const broken = ['\r', '\x85', '\x9b', '\u2028', '\u2029'].map((c) => `a${c}b@example.com`);
  for (const recipient of [...recipients, ...broken]) {
    await save(unknownUser({ recipient, description: '=cmd|x; "quoted", and\ttabbed\r\n' }));
  }
  const list = () => database.query('select address, since from suppressions order by address');
  const exported = await csv();
  const before = await list();
  const nothing = { refused: [], refusedTotal: 0 };
  expect((await bring(exported)).body).toEqual({ added: 0, already: before.length, ...nothing });
  await clear(database);
  expect((await bring(exported)).body).toEqual({ added: before.length, already: 0, ...nothing });
  expect(await csv()).toBe(exported);
  expect(await list()).toEqual(before);
});

it('of a description nothing is lost at its ends', async () => {
  await bring('address;description;since\n jane@example.com ;"  User unknown ";2020-01-31 \n');
  expect(await csv()).toBe(
    'address,reason,since,description\njane@example.com,import,2020-01-31T00:00:00.000Z,  User unknown \n',
  );
});

it('a list of addresses needs no line with names', async () => {
  const { body } = await bring('Jane@Example.COM\n\njohn@example.com\r\njane@example.com\n').expect(
    200,
  );
  expect(body).toEqual({ added: 3, already: 0, refused: [], refusedTotal: 0 });
  expect((await bring('john@EXAMPLE.com')).body).toMatchObject({ added: 0, already: 1 });
});

it('a file of a spreadsheet may separate with semicolons, and name its columns in any order', async () => {
  await bring('\ufeffReason;ADDRESS\nasked;"jane@example.com"\n').expect(200);
  expect(await csv()).toMatch(/^address.*\njane@example\.com,asked,/);
});

it('what cannot be an address is named by its line, and the rest comes in', async () => {
  const long = `${'x'.repeat(320)}@example.com`;
  const { body } = await bring(
    `address,since\njane@example.com,\n,\n${long},\nlate@example.com,2999-01-01\nold@example.com,0000-12-31\njohn@example.com,2020-01-01\n`,
  ).expect(200);
  expect(body).toEqual({
    added: 2,
    already: 0,
    refused: [
      { line: 3, problem: 'There is no address' },
      { line: 4, problem: 'No address is longer than 320 characters' },
      { line: 5, problem: 'since is not a time in the past, from 1970 on' },
      { line: 6, problem: 'since is not a time in the past, from 1970 on' },
    ],
    refusedTotal: 4,
  });
  expect(await csv()).toContain('john@example.com,import,2020-01-01T00:00:00.000Z');
});

it.each([
  '1',
  'Jan 1 2001 (x)',
  '2001-02-31',
  '2001-01-01 10:00 GMT+1:2',
  '-000001-01-01T00:00:00Z',
  '-271821-04-20',
])(
  'a since that is no date of ISO 8601 is refused, whatever else takes it for one: %s',
  async (since) => {
    const { body } = await bring(`address,since\njane@example.com,${since}\n`).expect(200);
    const problem = 'since is not a date like 2026-01-31, nor a time like 2026-01-31T12:00:00Z';
    expect(body).toMatchObject({ added: 0, refused: [{ line: 2, problem }] });
  },
);

it.each([
  ['2020-01-31', '2020-01-31T00:00:00.000Z'],
  ['2020-01-31T12:00:00+02:00', '2020-01-31T10:00:00.000Z'],
  ['2020-01-31T23:00:00.123456+23:59', '2020-01-30T23:01:00.123Z'],
  ['1970-01-01', '1970-01-01T00:00:00.000Z'],
])('a since that is one comes in as it was: %s', async (since, stored) => {
  const { body } = await bring(`address,since\njane@example.com, ${since} \n`).expect(200);
  expect(body).toMatchObject({ added: 1 });
  expect(await csv()).toContain(`jane@example.com,import,${stored},`);
});

it.each(['email', 'E-Mail', 'Recipient', 'Email address', 'E-mailadres', 'recipient_address'])(
  'the column of the address may be called %s, wherever it stands',
  async (name) => {
    const file = `id;${name};reason\n1;jane@example.com;asked\n2;no address;asked\n`;
    expect((await bring(file).expect(200)).body).toEqual({
      added: 1,
      already: 0,
      refused: [{ line: 3, problem: 'An address has an @' }],
      refusedTotal: 1,
    });
    expect(await csv()).toMatch(/^address.*\njane@example\.com,asked,[^\n]*\n$/);
  },
);

it.each([
  ['name,town\nJane,Delft\n', 'Which column holds the address? Name it address'],
  ['', 'The file is empty'],
  ['PK\u0003\u0004 a@example.com', /^The file is no text\. .*save it as CSV/],
  ['\0a\0@\0b', /^The file is no text\./],
])('what holds no list is refused in words: %j', async (text, error) => {
  const { body } = await bring(text).expect(400);
  expect(body.error).toMatch(error);
  expect(await csv()).toBe('address,reason,since,description\n');
});

it.each([
  'address\treason\njane@example.com\tasked\n',
  'jane@example.com\tasked, twice\n',
  'address;"reason, if any";reason\njane@example.com;"x, y";asked\n',
  '"Doe, Jane";jane@example.com\n',
  'address|reason\njane@example.com|asked\n',
  '"a;b;c;d",jane@example.com\n',
])('what separates most in its first line separates the cells of a file: %j', async (text) => {
  const { body } = await bring(text).expect(200);
  expect(body).toMatchObject({ added: 1, refusedTotal: 0 });
  expect(await csv()).toMatch(/^jane@example\.com,/m);
});

it.each(['one@example.com\n', 'one@example.com\n'.repeat(20_000)])(
  'a file in another encoding than UTF-8 is refused, wherever that shows',
  async (start) => {
    const { body } = await bring(Buffer.from(`${start}j\xf6rg@example.com\n`, 'latin1')).expect(
      400,
    );
    expect(body.error).toMatch(/^The file is not in UTF-8\. .*save it as CSV \(UTF-8\) first/);
    expect(await csv()).not.toContain('\ufffd');
  },
);

it('a file in UTF-8 comes in wherever the network cuts a letter in two', async () => {
  const file = Buffer.from('\ufeffaddress,description\njane@example.com,漢\n');
  for (let at = 1; at < file.length; at += 1) {
    await clear(database);
    const pieces = Readable.from([file.subarray(0, at), file.subarray(at)]);
    expect(await importSuppressions(database, pieces)).toMatchObject({ added: 1 });
    expect(await csv()).toContain('漢');
  }
});

it('the longest texts there are come in again as the desk has written them', async () => {
  const save = createStore(database);
  const description = `User unknown ${',=€"'.repeat(25_000)}`;
  await save(unknownUser({ recipient: 'jane@example.com', description }));
  const long = '€'.repeat(100_000);
  const { body } = await bring(`address,description,reason\njohn@example.com,${long},${long}\n`);
  expect(body).toMatchObject({ added: 1, refusedTotal: 0 });
  const exported = await csv();
  await clear(database);
  expect((await bring(exported).expect(200)).body).toMatchObject({ added: 2, refusedTotal: 0 });
  expect(await csv()).toBe(exported);
});

it('a text that would make a line too long to come in again is refused', async () => {
  const { body } = await bring(`address,reason\njane@example.com,${'x'.repeat(150_001)}\n`);
  expect(body).toMatchObject({
    added: 0,
    refused: [{ line: 2, problem: 'No text is longer than 150,000 characters' }],
  });
});

it('an address with a name or as a link comes in alone, and what is not one address is refused', async () => {
  const file = [
    'email',
    '"Jane Doe <Jane@Example.com>"',
    'mailto:john@example.com',
    '"k3@example.com, k4@example.com"',
    '<html><body>x@example.com</body></html>',
    'noat',
  ];
  const { body } = await bring(file.join('\n')).expect(200);
  expect(body).toMatchObject({ added: 2, already: 0, refusedTotal: 3 });
  expect(body.refused.map(({ line }: { line: number }) => line)).toEqual([4, 5, 6]);
  expect((await csv()).match(/^.*@.*?,/gm)).toEqual(['Jane@example.com,', 'john@example.com,']);
});

it('a file may be as large as one that is exported', { timeout: 120_000 }, async () => {
  const line = (_: unknown, index: number) => `person-${index}@example.com,${'x'.repeat(2000)}`;
  const { body } = await bring(
    ['address,description', ...Array.from({ length: 6000 }, line)].join('\n'),
  );
  expect(body).toEqual({ added: 6000, already: 0, refused: [], refusedTotal: 0 });
});

it('an address that was taken off by hand is put on again: an import is a person’s doing', async () => {
  const post = (path: string, body: object) =>
    open.desk.post(path).set('Sec-Fetch-Site', 'same-origin').send(body);
  await post('/suppressions', { address: 'jane@example.com', note: '' }).expect(200);
  const off = { address: 'jane@example.com', note: 'Mended' };
  expect((await post('/suppressions/take-off', off)).body).toMatchObject({ takenOff: true });
  await post('/suppressions/take-off', { ...off, note: ' ' }).expect(400, {
    error: 'Give a reason',
  });
  expect((await bring('jane@example.com')).body).toMatchObject({ added: 1 });
});

it.each(['"open', 'address\n"a"b"'])('what is not CSV is refused: %s', async (text) => {
  const { body } = await bring(text).expect(400);
  expect(body.error).toMatch(/^The file is not CSV: /);
});

it.each([
  [
    'address\n"a\n@x.example"\n"b@x.example\nc\nd',
    'a quote that is opened in line 4 or later is not closed',
  ],
  ['address\n"a"b"\n', 'in line 2, something stands between a closing quote and the next cell'],
  ['address\na"b\n', 'in line 2, a quote stands within a cell that does not begin with one'],
  [`a@x.example\n"${'x\n'.repeat(600_000)}`, 'a line is longer than 1,000,000 bytes'],
])('and told in words why: %#', async (text, words) => {
  const { body } = await bring(text).expect(400);
  expect(body.error).toContain(`The file is not CSV: ${words}`);
});

it('a test report says what a real one would have done, and does nothing', async () => {
  const send = (recipient: string) =>
    open.desk
      .post('/test-reports')
      .set('Sec-Fetch-Site', 'same-origin')
      .send({ sample: 'unknown-user', recipient, tags: [] });
  const { body } = await send('Jane@Example.com').expect(200);
  expect(body.result).toEqual({
    serial: expect.any(String),
    category: 'invalid-address',
    severity: 'permanent',
    address: 'Jane@example.com',
    wouldSuppress: true,
    alreadySuppressed: false,
  });
  expect(await csv()).toBe('address,reason,since,description\n');
  expect((await open.desk.get('/reports')).body.reports).toMatchObject([{ test: true }]);
  expect((await open.desk.get('/reports/count')).body).toEqual({ count: 0, exact: true });
  await send(' ').expect(400, { error: 'Give a recipient' });
});

it('nobody else can mark a report as a test', async () => {
  const body =
    'id=test-1&recipient=jane%40example.com&state=rcptto&test=true&code=550&extended=5.1.1';
  await open.desk.post('/copernica/failures').send(`${body}&description=User+unknown`).expect(200);
  expect((await open.desk.get('/reports')).body.reports).toMatchObject([{ test: false }]);
  const [{ serial }] = (await open.desk.get('/reports')).body.reports;
  const report = await open.desk.get(`/reports/${serial}`).expect(200);
  expect(report.body.variables).toMatchObject({ test: 'true', code: '550' });
  expect(report.body.explanation).toEqual({
    category: 'invalid-address',
    field: 'description',
    evidence: 'User unknown',
  });
});
