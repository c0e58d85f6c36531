import { beforeEach, expect, it } from 'vitest';
import { clearReports } from '../database/counting.js';
import { createStore } from '../reports/store.js';
import { read, suppressionsSchema } from '../routes/requests.js';
import { deleteAddress, findAddress } from '../suppressions/addresses.js';
import { changesOf } from '../suppressions/changes.js';
import { addByHand, addSuppressions, takeOff } from '../suppressions/edit.js';
import { findSuppression, findSuppressions } from '../suppressions/list.js';
import { normaliseAddress } from '../suppressions/rule.js';
import { describeEach } from './databases.js';
import { tooMany, unknownUser } from './reports.js';

const JANE = 'jane@example.com';

describeEach('the list of suppressions', (given) => {
  const database = () => given().database;
  const save = (...[report, circumstances]: Parameters<ReturnType<typeof createStore>>) =>
    createStore(database())(report, circumstances);
  const isSuppressed = async () => (await findSuppression(database(), JANE)) !== null;
  const history = async () =>
    (await changesOf(database(), JANE)).map(({ change, source }) => `${change} by ${source}`);

  beforeEach(async () => {
    await database().query('truncate failure_reports, suppressions, cleared_keys');
  });

  it('says which report led to it', async () => {
    await save(unknownUser({ id: 'first' }));
    const { suppression, reports } = await findAddress(database(), 'jane@EXAMPLE.com');
    expect(suppression).toMatchObject({ source: 'report', reason: 'invalid-address', note: null });
    expect(suppression?.report).toBe(reports[0]?.serial);
  });

  it('lets a person take an address off, with a reason that its history keeps', async () => {
    await save(unknownUser());
    expect(await takeOff(database(), ' jane@Example.com', 'She has a new mailbox')).toBe(true);
    expect(await isSuppressed()).toBe(false);
    expect(await takeOff(database(), JANE, 'Again')).toBe(false);
    const [last] = await changesOf(database(), JANE);
    expect(last).toMatchObject({ change: 'taken off', note: 'She has a new mailbox' });
    expect(await history()).toEqual(['taken off by hand', 'suppressed by report']);
  });

  it('keeps off what was taken off when an old report comes once more', async () => {
    const old = unknownUser();
    await save(old);
    await takeOff(database(), JANE, 'Mended');
    const desks = await Promise.all([given().another(), given().another()]);
    await Promise.all(desks.map((desk) => createStore(desk)({ ...old, time: 1_800_000_000 })));
    expect(await isSuppressed()).toBe(false);
  });

  it('keeps it off though the old report itself has had its time', async () => {
    const old = unknownUser();
    await save(old);
    await takeOff(database(), JANE, 'Mended');
    expect(await clearReports(database(), new Date(Date.now() + 1000))).toBe(1);
    expect(await save(old)).toBe(false);
    expect(await isSuppressed()).toBe(false);
  });

  it('keeps it off, too, where the report had had its time before that', async () => {
    const old = unknownUser();
    await save(old);
    expect(await clearReports(database(), new Date(Date.now() + 1000))).toBe(1);
    await takeOff(database(), JANE, 'Mended');
    expect(await save(old)).toBe(false);
    expect(await isSuppressed()).toBe(false);
  });

  it('remembers no report that has had its time and whose address was never on it', async () => {
    await save(tooMany());
    expect(await clearReports(database(), new Date(Date.now() + 1000))).toBe(1);
    expect(await database().query('select from cleared_keys')).toEqual([]);
  });

  it('puts back what was taken off when a later report says the same', async () => {
    await save(unknownUser());
    await takeOff(database(), JANE, 'Mended');
    await save(unknownUser());
    expect(await isSuppressed()).toBe(true);
    expect(await history()).toEqual([
      'suppressed by report',
      'taken off by hand',
      'suppressed by report',
    ]);
  });

  it('keeps what was added by hand, and says so once', async () => {
    expect(await addByHand(database(), 'Jane@example.com', 'Asked')).toMatchObject({ added: true });
    expect(await addByHand(database(), JANE, 'She asked')).toMatchObject({
      added: true,
      suppression: { source: 'hand', reason: 'by hand', note: 'She asked', report: null },
    });
    expect(await addByHand(database(), JANE, 'She asked again')).toMatchObject({
      added: false,
      suppression: { note: 'She asked' },
    });
    await save(unknownUser());
    expect((await findSuppression(database(), JANE))?.source).toBe('hand');
  });

  it('takes half a surrogate pair, which the database does not, for U+FFFD', async () => {
    const half = '\ud800@example.com';
    expect(await addByHand(database(), half, '\udfff a \u{1f600}')).toMatchObject({
      added: true,
      suppression: { address: '\ufffd@example.com', note: '\ufffd a \u{1f600}' },
    });
    expect(await takeOff(database(), half, '\udfff')).toBe(true);
    expect(await changesOf(database(), half)).toMatchObject([{ note: '\ufffd' }, {}]);
    const variables = { '\ud800': '\udfff' };
    expect(await save(unknownUser({ recipient: half, tags: ['\ud800'] }), { variables })).toBe(
      true,
    );
    const [stored] = (await findAddress(database(), half)).reports;
    expect(stored?.report).toMatchObject({ recipient: '\ufffd@example.com', tags: ['\ufffd'] });
  });

  it('is not changed by a test', async () => {
    await save(unknownUser(), { test: true });
    expect(await isSuppressed()).toBe(false);
  });

  it('is searched, counted and paged through, newest first', async () => {
    const addresses = Array.from({ length: 7 }, (_, n) => ({ address: `Person-${n}@example.com` }));
    for (const one of addresses) await addSuppressions(database(), [one], 'import');
    await addByHand(database(), 'other@example.org', '');
    const seen: string[] = [];
    let before: string | undefined;
    do {
      const page = await findSuppressions(database(), { search: 'PERSON-', before }, 3);
      expect(page.total).toBe(8);
      seen.push(...page.suppressions.map(({ address }) => address));
      before = page.next ?? undefined;
    } while (before);
    expect(seen).toEqual(addresses.map(({ address }) => address).reverse());
  });

  it('pages through what came within one millisecond', async () => {
    for (const microseconds of [1, 2, 3, 4, 5]) {
      await database().query(
        `insert into suppressions (address, reason, since, source)
         values ($1, 'import', $2::timestamptz, 'import')`,
        [`${microseconds}@example.com`, `2026-01-31T12:00:00.00000${microseconds}Z`],
      );
    }
    const first = await findSuppressions(database(), {}, 2);
    const second = await findSuppressions(database(), { before: first.next ?? '' }, 2);
    expect(second.suppressions.map(({ address }) => address)).toEqual([
      '3@example.com',
      '2@example.com',
    ]);
  });

  it('gives no cursor that it does not take, however long the address', async () => {
    for (const first of 'ab') await addByHand(database(), first.padEnd(320, '\u6f22'), '');
    const { next } = await findSuppressions(database(), {}, 1);
    const { before } = read(suppressionsSchema, { before: next });
    expect((await findSuppressions(database(), { before }, 1)).suppressions).toHaveLength(1);
  });

  it.each([
    'x',
    '["1","a"]',
    '["x 1","a"]',
    '["2026-02-31T12:00:00.000000Z","a"]',
    '["0000-01-01T00:00:00.000000Z","a"]',
    '["-000001-01-01T00:00:00Z","a"]',
    '["infinity","a"]',
    '["2026-01-31T12:00:00.000000Z",1]',
    '{}',
    'null',
  ])('refuses a cursor that it has not given: %s', async (text) => {
    const before = Buffer.from(text).toString('base64url');
    await expect(findSuppressions(database(), { before })).rejects.toMatchObject({
      status: 400,
      message: 'The cursor is not one that this desk has given',
    });
  });

  it.each([true, false])('forgets a person; the suppression stays if wanted: %s', async (keep) => {
    await save(unknownUser({ description: 'No jane here', recipient: 'Jane@Example.COM' }));
    const desk = createStore(database());
    const many = Array.from({ length: 30 }, () => unknownUser({ recipient: 'Jane@example.com' }));
    await Promise.all(many.map((report) => desk(report, { variables: { id: 'x', note: 'jane' } })));
    await takeOff(database(), 'Jane@example.com', 'jane called');
    await save(unknownUser({ recipient: 'Jane@example.com' }));
    await save(unknownUser({ recipient: 'john@example.com' }));
    const outcome = await deleteAddress(database(), ' Jane@example.COM', keep, 7);
    expect(outcome).toEqual({
      address: 'Jane@example.com',
      reports: 32,
      suppression: keep ? 'kept' : 'deleted',
    });
    const traces: string[] = [];
    const tables = await database().query<{ name: string }>(
      "select table_name as name from information_schema.tables where table_schema = 'public'",
    );
    for (const { name } of tables) {
      const rows = await database().query(`select from ${name} as t where t::text ilike '%jane%'`);
      if (rows.length > 0) traces.push(`${name}: ${rows.length}`);
    }
    expect(traces.sort()).toEqual(keep ? ['suppression_changes: 1', 'suppressions: 1'] : []);
    expect(await findSuppression(database(), 'john@example.com')).not.toBe(null);
    expect(await deleteAddress(database(), 'nobody@example.com', keep)).toMatchObject({
      reports: 0,
      suppression: 'none',
    });
  });

  it('keeps off what was taken off after its person was forgotten, though an old report comes', async () => {
    const [cleared, deleted] = [unknownUser({ id: 'cleared' }), unknownUser({ id: 'deleted' })];
    await save(cleared);
    await clearReports(database(), new Date(Date.now() + 1000));
    await save(deleted);
    await deleteAddress(database(), JANE, true);
    await takeOff(database(), JANE, 'Mended');
    for (const old of [cleared, deleted]) expect(await save(old)).toBe(false);
    expect(await isSuppressed()).toBe(false);
    await save(unknownUser());
    expect(await isSuppressed()).toBe(true);
    await deleteAddress(database(), JANE, false);
    expect(await database().query('select from cleared_keys')).toEqual([]);
  });

  it('compares addresses in the database as the rule for suppressing does', async () => {
    const addresses = [
      ' Jane@Example.COM\t',
      'A@B@C.De',
      '@',
      'X@',
      '\u00a0jane@ÉCOLE.fr\ufeff',
      'no at',
      '\u2003',
      'Jane@example.com\n',
      'a@B\u0130.x',
      'K\u212a@K\u212a',
      '\u200bx@Y',
      '\tjane\x01\n\x7fx@Exa\rmple.com\x1f',
      '\x85a\x80\x85\x9f\u2028b\u2029@X\u2028.y\u2029',
      `${'a'.repeat(9000)}@B.C`,
    ];
    for (const address of addresses) {
      const [row] = await database().query<{ address: string }>(
        'select report_address($1) as address',
        [address],
      );
      expect(row?.address, address).toBe(normaliseAddress(address));
    }
  });
});
