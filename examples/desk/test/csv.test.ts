import { once } from 'node:events';
import { request } from 'node:http';
import { Readable } from 'node:stream';
import { json } from 'node:stream/consumers';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Database } from '../database/driver.js';
import { createStore } from '../reports/store.js';
import { readRows } from '../suppressions/csv-rows.js';
import { addSuppressions, removeSuppression } from '../suppressions/edit.js';
import { importSuppressions } from '../suppressions/import-csv.js';
import { clear, openDesk, openTestDatabase } from './in-process.js';
import { unknownUser } from './reports.js';

let database: Database;
let open: Awaited<ReturnType<typeof openDesk>>;

beforeAll(async () => {
  database = await openTestDatabase();
  open = await openDesk(database);
});
afterAll(async () => {
  open.close();
  await database.close();
});
beforeEach(() => clear(database));

/** Imports a file that arrives in one piece. */
const bring = (file: string | Buffer) =>
  importSuppressions(database, Readable.from([Buffer.from(file)]));
const csv = async (query = '') =>
  (await open.desk.get(`/suppressions.csv${query}`).expect(200)).text;
const NOTHING = 'address,reason,since,description\n';
const DONE = { takenOff: [], refused: [], refusedTotal: 0, stoppedAfter: null };
/** The columns of a file, as the answer describes them. */
const columns = (address: string, reason: string | null = null, unread: string[] = []) => ({
  columns: { address, reason, unread, unreadTotal: unread.length },
});

describe('an export', () => {
  it('is a file to download; of an empty list, the names of the columns', async () => {
    const { text } = await open.desk
      .get('/suppressions.csv')
      .expect(200)
      .expect('Content-Type', 'text/csv; charset=utf-8')
      .expect('Content-Disposition', /^attachment; filename="?suppressions.csv/);
    expect(text).toBe(NOTHING);
  });

  it.each([
    ['', ','],
    ['?for=excel', ';'],
  ])(
    'can be imported unchanged, whatever the addresses and the texts: /suppressions.csv%s',
    async (query, separator) => {
      const save = createStore(database);
      const addresses = ['jane@example.com', '=1+1@Example.com', 'a;b@x.org', "'=x@y.org", ' "q" '];
      const broken = ['\r', '\x85', '\x9b', '\u2028', '\u2029'].map((c) => `a${c}b@example.com`);
      for (const recipient of [...addresses, ...broken]) {
        await save(unknownUser({ recipient, description: '=cmd|x; "quoted", and\ttabbed\r\n' }));
      }
      await save(unknownUser({ recipient: 'long@x.org', description: ',=€"'.repeat(25_000) }));
      const notes = ['Sie fragte: "nie wieder", ja; =echt', ' +31 6 12345678', ''];
      const asked = notes.map((note, index) => ({ address: `asked-${index}@x.org`, note }));
      await addSuppressions(database, asked, 'hand');
      const list = () =>
        database.query(
          `select address, since, coalesce(nullif(note, ''), reason) as reason
           from suppressions order by address`,
        );
      const [exported, before] = [await csv(query), await list()];
      const row = `^"?'=1\\+1@example\\.com"?${separator}invalid-address${separator}\\d{4}-\\d\\d-\\d\\dT`;
      expect(exported).toMatch(new RegExp(row, 'm'));
      const done = { ...DONE, ...columns('address', 'reason') };
      expect(await bring(exported)).toEqual({ added: 0, already: before.length, ...done });
      await clear(database);
      expect(await bring(exported)).toEqual({ added: before.length, already: 0, ...done });
      expect(await csv(query)).toBe(exported);
      expect(await list()).toEqual(before);
    },
  );

  it('for Excel has semicolons and a byte order mark; any other kind is refused', async () => {
    expect(await csv('?for=excel')).toBe(`\ufeff${NOTHING.replaceAll(',', ';')}`);
    for (const query of ['?for=numbers', '?for=', '?for=excel&for=excel']) {
      const error = 'for is excel, or not given';
      await open.desk.get(`/suppressions.csv${query}`).expect(400, { error });
    }
  });
});

/** Posts a file as a sender that reads no answer before all is sent. */
async function sendWhole(query: string, file: string): Promise<[status: number, answer: unknown]> {
  const headers = { 'Sec-Fetch-Site': 'same-origin' };
  const path = `/suppressions/import${query}`;
  const sent = request({ port: open.port, path, method: 'POST', headers });
  const answered = once(sent, 'response');
  await new Promise<void>((done) => sent.end(file, done));
  const [answer] = await answered;
  return [answer.statusCode, await json(answer)];
}

describe('an import', () => {
  it('is posted by the page, and answered by how many addresses it added', async () => {
    const post = (file: string) =>
      open.desk
        .post('/suppressions/import')
        .set({ 'Sec-Fetch-Site': 'same-origin', 'Content-Type': 'text/csv' })
        .send(file);
    const { body } = await post('Jane@Example.COM\n\njohn@example.com\r\njane@example.com\n');
    const done = { ...DONE, ...columns('column 1') };
    expect(body).toEqual({ added: 3, already: 0, ...done });
    await post('john@EXAMPLE.com').expect(200, { added: 0, already: 1, ...done });
  });

  it.each([
    ['', 'name,town', 'Which column holds the address? Name it address'],
    ['?preview=true', 'name,town', 'Which column holds the address? Name it address'],
    ['?preview=perhaps', 'name,address', 'preview is true or false'],
    ['?preview=', 'name,address', 'preview is true or false'],
  ])(
    'that is refused is read to its end, so that a slow sender gets the answer: %s',
    async (query, names, error) => {
      const file = `${names}\n${'Jane,j@x.org\n'.repeat(1e6)}`;
      expect(await sendWhole(query, file)).toEqual([400, { error }]);
      expect(await csv()).toBe(NOTHING);
    },
    15_000,
  );

  it.each(['email', 'E-Mail', 'Recipient', 'Email address', 'E-mailadres', 'recipient_address'])(
    'finds the column %s, wherever it is',
    async (name) => {
      const file = `id;${name};reason\n1;jane@example.com;asked\n2;no address;asked\n`;
      const refused = [{ line: 3, problem: 'An address has an @' }];
      const result = { ...DONE, added: 1, already: 0, refused, refusedTotal: 1 };
      expect(await bring(file)).toEqual({ ...result, ...columns(name, 'reason', ['id']) });
      expect(await csv()).toMatch(/^address.*\njane@example\.com,asked,[^\n]*\n$/);
    },
  );

  it.each([
    ['\ufeffReason;ADDRESS\nasked;"jane@example.com"\n', columns('ADDRESS', 'Reason')],
    ['address\treason\njane@example.com\tasked\n', columns('address', 'reason')],
    ['jane@example.com\tasked, twice\n', columns('column 1', null, ['column 2'])],
    [
      'address;"reason, if any";reason\njane@example.com;"x, y";asked\n',
      columns('address', 'reason', ['reason, if any']),
    ],
    ['"Doe, Jane";jane@example.com\n', columns('column 2', null, ['column 1'])],
    ['address|reason\njane@example.com|asked\n', columns('address', 'reason')],
    ['"a;b;c;d",jane@example.com\n', columns('column 2', null, ['column 1'])],
    ['name,email\nx,"Jane Doe <jane@example.com>"\n', columns('email', null, ['name'])],
    ['mailto:jane@example.com\n', columns('column 1')],
  ])('takes the separator and the columns from the first line: %j', async (file, found) => {
    expect(await bring(file)).toEqual({ added: 1, already: 0, ...DONE, ...found });
    expect(await csv()).toMatch(/^jane@example\.com,/m);
  });

  it.each(['Reden', 'REASON', 'Grund', 'motif', 'Note', 'opmerking', 'Commentaire'])(
    'keeps the reasons of the column %s as notes, and those of the desk itself as reasons',
    async (name) => {
      const reasons = ['Heeft gebeld', 'by hand', ' reputation', 'Import', '  ', ''];
      const rows = reasons.map((reason, index) => `${index}@x.org;${reason}\n`);
      expect(await bring(`email;${name}\n${rows.join('')}`)).toMatchObject(columns('email', name));
      const list = await database.query('select reason, note from suppressions order by address');
      expect(list).toEqual([
        { reason: 'import', note: 'Heeft gebeld' },
        { reason: 'by hand', note: null },
        { reason: 'reputation', note: null },
        { reason: 'import', note: 'Import' },
        { reason: 'import', note: null },
        { reason: 'import', note: null },
      ]);
    },
  );

  it.each([
    ['a second column of reasons', 'note,email,reason\n,a@x.org,x', ['note'], 'reason'],
    ['a column without a name', 'email,,\na@x.org,,\nb@x.org,,x', ['column 3'], null],
    ['a cell beyond the names', 'email\na@x.org\nb@x.org,x', ['column 2'], null],
    ['a word that names no column', 'reason,a@x.org', ['column 1'], null],
    ['none without any text', 'email, ,\t\na@x.org,,', [], null],
  ])('says which columns it did not read: %s', async (_, file, unread, reason) => {
    expect((await bring(file)).columns).toMatchObject({ reason, unread });
  });

  it('lists the first hundred columns that it did not read, and counts the others', async () => {
    const name = 'n'.repeat(200);
    const { columns: found } = await bring(`email,${`${name},`.repeat(150)}\na@x.org`);
    expect(found.unread).toEqual(Array(100).fill('n'.repeat(100)));
    expect(found.unreadTotal).toBe(150);
  });

  it('keeps the white space of a description, and none around an address and a time', async () => {
    await bring('address;description;since\n jane@example.com ;"  User unknown ";2020-01-31 \n');
    const line = 'jane@example.com,import,2020-01-31T00:00:00.000Z,  User unknown \n';
    expect(await csv()).toBe(NOTHING + line);
  });

  it('cuts texts at 1,000 characters, also in the middle of a letter', async () => {
    const text = `${'x'.repeat(999)}\u{1f600}`;
    expect(await bring(`address,reason,description\na@x.org,${text},${text}`)).toMatchObject(DONE);
    const cut = `${'x'.repeat(999)}\ufffd`;
    const row = { note: cut, description: cut };
    expect(await database.query('select note, description from suppressions')).toEqual([row]);
  });

  const ISO = 'since is not a date like 2026-01-31, nor a time like 2026-01-31T12:00:00Z';
  const PAST = 'since is not a time in the past, from 1970 on';
  it.each([
    ['There is no address', '', ''],
    ['No address is longer than 320 characters', `${'x'.repeat(320)}@example.com`, ''],
    ['That is more than one address', '"a@x.org, b@x.org"', ''],
    ['An address is like', '<html>a@x.org</html>', ''],
    ['An address has an @', 'noat', ''],
    [PAST, 'a@x.org', '2999-01-01'],
    [PAST, 'a@x.org', '1969-12-31'],
    [PAST, 'a@x.org', '0000-12-31'],
    [ISO, 'a@x.org', '1'],
    [ISO, 'a@x.org', 'Jan 1 2001 (x)'],
    [ISO, 'a@x.org', '2001-02-31'],
    [ISO, 'a@x.org', '2001-01-01 10:00 GMT+1:2'],
    [ISO, 'a@x.org', '-000001-01-01T00:00:00Z'],
    [ISO, 'a@x.org', '-271821-04-20'],
  ])('refuses a line by its number: %s', async (problem, address, since) => {
    const file = `address,since\nfirst@x.org,\n${address},${since}\nlast@x.org,2020-01-01\n`;
    const refused = [{ line: 3, problem: expect.stringContaining(problem) }];
    const result = { ...DONE, added: 2, already: 0, refused, refusedTotal: 1 };
    expect(await bring(file)).toEqual({ ...result, ...columns('address') });
  });

  it.each([
    ['2020-01-31T12:00:00+02:00', '2020-01-31T10:00:00.000Z'],
    ['2020-01-31T23:00:00.123456+23:59', '2020-01-30T23:01:00.123Z'],
    ['1970-01-01', '1970-01-01T00:00:00.000Z'],
  ])('takes the time %s', async (since, stored) => {
    expect(await bring(`address,since\na@x.org, ${since} \n`)).toMatchObject({ added: 1 });
    expect(await csv()).toContain(`a@x.org,import,${stored},`);
  });

  it.each([
    [
      '\\r\\n in a cell, which counts as its first line',
      'address,x\r\n"no\r\n\r\nat",\r\nnoat,\r\n',
      [2, 5],
    ],
    ['\\r in a cell', 'address,x\n"a@x.org","\r\r"\nnoat', [5]],
    ['\\n in a cell', 'address,x\r\na@x.org,"\n\n"\r\nnoat\r\n', [5]],
    ['blank lines', '\r\n\naddress;x\r\n\r\nnoat;\n\n\r\rnoat;y', [5, 9]],
    ['line breaks of every kind', 'address\r\nnoat\r\nnoat\nnoat\rnoat\n\rnoat', [2, 3, 4, 5, 7]],
  ])('names a line by the number that an editor shows: %s', async (_, file, lines) => {
    const bytes = Buffer.from(file);
    // The network may cut a `\r\n` in two.
    for (let at = 0; at <= bytes.length; at += 1) {
      const pieces = Readable.from([bytes.subarray(0, at), bytes.subarray(at)]);
      const { refused } = await importSuppressions(database, pieces);
      expect(refused.map(({ line }) => line)).toEqual(lines);
    }
  });

  it('lists the first hundred lines that it refuses, and counts the others', async () => {
    const { refused, refusedTotal } = await bring(`a@x.org\n${'noat\n'.repeat(150)}`);
    expect(refused).toHaveLength(100);
    expect(refusedTotal).toBe(150);
  });

  it.each([
    ['no text', 'PK\u0003\u0004 a@example.com', /^The file is not a text file\. .*save it as CSV/],
    ['UTF-16', '\0a\0@\0b', /^The file is not a text file\./],
    ['Latin-1', Buffer.from('a@x.org\nj\xf6rg@x.org', 'latin1'), /^The file is not in UTF-8\. /],
    ['an empty file', '', /^The file is empty$/],
    ['a quote without end', 'address\n"open', /a quote that is opened in line 2 or later is not/],
    ['a later one', 'address\n"a\n@x.org"\n"b@x.org\nc\nd', /quote that is opened in line 4 or la/],
    [
      'a quote without end after \\r\\n',
      'address\r\n\r\n"a\r\n\r\n"\r\n"open',
      /is opened in line 6 or la/,
    ],
    ['a text after a quote', 'address\n"a"b"\n', /in line 2, there is something between a closing/],
    [
      'a text after a quote after \\r\\n',
      'address\r\n"a\r\nb"c',
      /in line 3, there is something between a closing/,
    ],
    ['a quote in a text', 'address\na"b\n', /in line 2, there is a quote within a cell/],
    [
      'a quote in a text after \\r\\n',
      'address,x\r\n"a\r\n",a"b',
      /in line 3, there is a quote within a cell/,
    ],
    ['a long line', `address\n${'x'.repeat(100_002)}`, /a line is longer than 100,000 bytes, or/],
    [
      'a long quote',
      `a@x.org\n"${'x\n'.repeat(60_000)}`,
      /a line is longer than 100,000 bytes, or/,
    ],
  ])('refuses %s in words', async (_, file, message) => {
    await expect(bring(file)).rejects.toMatchObject({
      status: 400,
      message: expect.stringMatching(message),
    });
  });

  it('refuses Latin-1 wherever it begins', async () => {
    const file = Buffer.from(`${'a@x.org\n'.repeat(20_000)}j\xf6rg@x.org\n`, 'latin1');
    await expect(bring(file)).rejects.toMatchObject({ status: 400 });
    expect(await csv()).not.toContain('\ufffd');
  });

  it('reads UTF-8 wherever the network cuts a letter in two', async () => {
    const file = Buffer.from('\ufeffaddress,description\njane@example.com,漢\n');
    for (let at = 1; at < file.length; at += 1) {
      const rows: string[][] = [];
      const pieces = Readable.from([file.subarray(0, at), file.subarray(at)]);
      for await (const { cells } of readRows(pieces)) rows.push(cells);
      const [names, row] = rows;
      expect(names).toEqual(['address', 'description']);
      expect(row).toEqual(['jane@example.com', '漢']);
    }
  });

  it('that fails in the middle says how many addresses it added before', async () => {
    const file = `${Array.from({ length: 600 }, (_, n) => `${n}@x.org\n`).join('')}"b@x.org\n`;
    const error = 'a quote that is opened in line 601 or later is not closed';
    const added = `The file is not CSV: ${error}. Addresses added before that: 500`;
    await expect(bring(file)).rejects.toMatchObject({ status: 400, message: added });
    expect(await database.query('select from suppressions')).toHaveLength(500);
  });
});

describe('a preview of an import', () => {
  const post = (query: string, file: string) =>
    open.desk
      .post(`/suppressions/import${query}`)
      .set({ 'Sec-Fetch-Site': 'same-origin', 'Content-Type': 'text/csv' })
      .send(file);

  it('answers as the import does, and adds nothing', async () => {
    await addSuppressions(database, [{ address: 'old@x.org' }, { address: 'p7@x.org' }], 'hand');
    await removeSuppression(database, 'p7@x.org', 'It works');
    const many = Array.from({ length: 600 }, (_, n) => `p${n % 500}@x.org;why;Jane\n`).join('');
    const file = `Email;Reden;Naam\nold@X.org;;\n${many}no one;;\n`;
    const before = [await csv(), await database.query('select * from suppression_changes')];
    const { body } = await post('?preview=true', file).expect(200);
    expect(body).toEqual({
      ...{ added: 500, takenOff: ['p7@x.org'], already: 101, stoppedAfter: null },
      ...{ refused: [{ line: 603, problem: 'An address has an @' }], refusedTotal: 1 },
      ...columns('Email', 'Reden', ['Naam']),
    });
    expect([await csv(), await database.query('select * from suppression_changes')]).toEqual(
      before,
    );
    await post('?preview=false', file).expect(200, body);
    expect(await database.query('select from suppressions')).toHaveLength(501);
  });

  it('refuses what the import refuses, also in the middle of the file', async () => {
    const file = `${'a@x.org\n'.repeat(600)}"b@x.org\n`;
    const error = 'The file is not CSV: a quote that is opened in line 601 or later is not closed';
    await post('?preview=true', file).expect(400, { error });
    expect(await csv()).toBe(NOTHING);
  });

  it('stops after 100,000 lines and says so; the import reads all', async () => {
    const lines = `first@x.org${'\n'.repeat(99_999)}last@x.org\n`;
    const whole = { added: 2, stoppedAfter: null };
    expect((await post('?preview=true', lines)).body).toMatchObject(whole);
    const long = `${lines}beyond@x.org\n"${'no quote at its end\n'.repeat(1e6)}`;
    const stopped = { ...DONE, added: 2, already: 0, stoppedAfter: 100_000 };
    const answer = { ...stopped, ...columns('column 1') };
    expect(await sendWhole('?preview=true', long)).toEqual([200, answer]);
    expect(await csv()).toBe(NOTHING);
    expect(await bring(`${lines}beyond@x.org\n`)).toMatchObject({ ...whole, added: 3 });
    const late = `${'\n'.repeat(100_000)}beyond@x.org\n`;
    expect((await post('?preview=true', late)).body).toMatchObject({
      added: 0,
      stoppedAfter: 100_000,
    });
  }, 15_000);
});
