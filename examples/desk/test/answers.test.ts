import { randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import type { State } from '../answers.js';
import { createStore } from '../reports/store.js';
import { useFragileDatabase } from './databases.js';
import { openDesk } from './in-process.js';
import { tooMany, unknownUser } from './reports.js';

const database = await useFragileDatabase();
let open: Awaited<ReturnType<typeof openDesk>>;
let save: ReturnType<typeof createStore>;

beforeEach(async () => {
  save = createStore(database);
  open = await openDesk(database, { KEEP_DAYS: '90' });
  return () => open.close();
});

const get = async (path: string) => (await open.desk.get(path).expect(200)).body;
const send = (path: string, body: object, method: 'post' | 'delete' = 'post') =>
  open.desk[method](path).set('Sec-Fetch-Site', 'same-origin').send(body);

it('the page comes with the library that it loads', async () => {
  await open.desk
    .get('/')
    .expect(200)
    .expect('Content-Type', /^text\/html/);
  await open.desk
    .get('/lit-html/lit-html.js')
    .expect(200)
    .expect('Content-Type', /javascript/);
});

describe('an answer to the page', () => {
  it.each([
    ['reports?before=x', 'A report is known by a number'],
    ['reports?tag=a&tag=b', 'Tag: once only'],
    ['reports?size=101', 'A page has 1 to 100 rows'],
    ['reports?recipient=ab', 'Give at least three letters or digits in a row of the address'],
    ['numbers?period=century', 'The period is hour, day, month or year'],
    ['numbers?zone=%2B01:00', 'The zone is a name like Europe/Amsterdam'],
    ['addresses', 'Address: not given'],
  ])('to /%s is a refusal', async (path, error) => {
    await open.desk.get(`/${path}`).expect(400, { error });
  });

  it('is a 503 in words while the database is down, and the next one is not', async () => {
    const routes = ['/state', '/numbers', '/domains', '/reports', '/reports/count', '/reports/1'];
    routes.push('/addresses?address=a', '/suppressions', '/suppressions.csv');
    database.isDown = true;
    const error = 'The database cannot be reached at the moment';
    for (const route of routes) await open.desk.get(route).expect(503, { error });
    database.isDown = false;
    await save(unknownUser());
    const { serial } = (await get('/reports')).reports[0];
    for (const route of routes) await get(route.replace('reports/1', `reports/${serial}`));
  });

  it('is shared by pages that ask the same, until one changes something', async () => {
    const ask = async () => (await get('/suppressions?version=1')).total;
    expect(await ask()).toBe(0);
    // Another desk changes something, so the version is another one.
    await save(unknownUser());
    expect(await ask()).toBe(0);
    expect((await get('/suppressions?version=2')).total).toBe(1);
    await send('/suppressions', { address: 'john@example.com' }).expect(200);
    expect(await ask()).toBe(2);
  });
});

/** The state now: an answer for another URL is not shared. */
const newState = () => get(`/state?${randomUUID()}`);

describe('the state', () => {
  it('tells what is stored', async () => {
    await save(unknownUser());
    await save(tooMany());
    expect(await get('/state')).toEqual({
      ...{ version: expect.any(String), countsVersion: expect.any(String), database: 'embedded' },
      ...{ reports: 2, exact: true },
      ...{ suppressions: 1, bytes: expect.any(Number), keepDays: 90, hasInterface: false },
    } satisfies Record<keyof State, unknown>);
  });

  it('has another version after each change, and no other without one', async () => {
    const [address, note] = ['john@example.com', 'asked'];
    const jane = { address: 'jane@example.com', note };
    const changes = [
      () => save(tooMany()),
      () => save(unknownUser()),
      () => send('/suppressions/remove', jane).expect(200),
      () => send('/suppressions', { address, note }).expect(200),
      () => send('/addresses', { address, keepSuppression: true }, 'delete').expect(200),
      () => send('/addresses', { address, keepSuppression: false }, 'delete').expect(200),
    ];
    const seen = [(await newState()).version];
    for (const change of changes) {
      await change();
      const { version } = await newState();
      expect(await newState()).toMatchObject({ version });
      seen.push(version);
    }
    expect(new Set(seen).size).toBe(changes.length + 1);
  });
});

it('the state has another version after a report with a lower number that is committed later', async () => {
  // Two desks draw numbers at the same moment; the higher ones may be stored first.
  await Promise.all([tooMany(), tooMany(), tooMany()].map((report) => save(report)));
  const [row] = await database.query<{ late: object }>(
    `delete from failure_reports where serial = (select min(serial) from failure_reports)
     returning to_jsonb(failure_reports) as late`,
  );
  const { version } = await newState();
  await database.query(
    `insert into failure_reports overriding system value
     select * from jsonb_populate_record(null::failure_reports, $1)`,
    [JSON.stringify(row?.late)],
  );
  expect((await newState()).version).not.toBe(version);
});

describe('an address that a person gives', () => {
  const add = (address: string) => send('/suppressions', { address, note: 'asked' });

  it('goes on the list alone, and the answer names it as stored', async () => {
    const address = 'Jane@example.com';
    await add('Jane <Jane@Example.com>').expect(200, { address, added: true });
    await add('mailto:Jane@example.com').expect(200, { address, added: false });
    expect((await get('/suppressions')).suppressions).toMatchObject([{ address, note: 'asked' }]);
  });

  it.each([
    ['An address has an @', 'noat'],
    ['That is more than one address', 'a@a.example, b@b.example'],
    ['Give an address', ' '],
    ['No address is longer than 320 characters', `${'x'.repeat(320)}@x.org`],
  ])('is refused if it cannot be one: %s', async (error, address) => {
    await add(address).expect(400, { error });
    expect(await database.query('select from suppressions')).toEqual([]);
  });

  it('comes off the list for a reason, and an import puts it on again', async () => {
    const address = 'jane@example.com';
    await add(address).expect(200);
    await send('/suppressions/remove', { address, note: ' ' }).expect(400, {
      error: 'Give a reason',
    });
    const reason = { address, note: 'Mended' };
    await send('/suppressions/remove', reason).expect(200, { address, removed: true });
    await send('/suppressions/remove', reason).expect(200, { address, removed: false });
    const file = open.desk.post('/suppressions/import').set('Sec-Fetch-Site', 'same-origin');
    expect((await file.type('text/csv').send(address).expect(200)).body.added).toBe(1);
    const { changes } = await get(`/addresses?address=${address}`);
    expect(changes.map(({ source, note }: Record<string, unknown>) => [source, note])).toEqual([
      ['import', null],
      ['hand', 'Mended'],
      ['hand', 'asked'],
    ]);
  });

  it('is looked up as it is written, then as the address in it', async () => {
    const named = 'John <john@example.com>';
    await add('jane@example.com').expect(200);
    await save(unknownUser({ recipient: named }));
    const lookUp = async (written: string) => {
      const { address, suppression } = await get(
        `/addresses?address=${encodeURIComponent(written)}`,
      );
      return [address, suppression !== null];
    };
    expect(await lookUp('Jane <jane@EXAMPLE.com>')).toEqual(['jane@example.com', true]);
    expect(await lookUp('mailto:jane@example.com')).toEqual(['jane@example.com', true]);
    expect(await lookUp(named)).toEqual([named, true]);
    expect(await lookUp('john@example.com')).toEqual(['john@example.com', false]);
    expect(await lookUp('noat')).toEqual(['noat', false]);
  });
});
