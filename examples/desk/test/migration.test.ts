import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { catchUp, foldCounts } from '../database/counting.js';
import { type Database, openDatabase } from '../database/database.js';
import { buildIndexes } from '../database/indexes.js';
import { countResults } from '../reports/count-reports.js';
import { findReport, findReports } from '../reports/reports.js';
import { createStore } from '../reports/store.js';
import { countingProgress } from '../statistics/counters.js';
import { countReports } from '../statistics/numbers.js';
import { findAddress } from '../suppressions/addresses.js';
import { findChanges } from '../suppressions/changes.js';
import { takeOff } from '../suppressions/edit.js';
import { findSuppression, findSuppressions } from '../suppressions/list.js';
import { compareCounters } from './databases.js';
import { createPostgres, type PostgresServer, runOn } from './postgres.js';
import { unknownUser } from './reports.js';

const INDEXES = `select relname as name from pg_index join pg_class on pg_class.oid = indexrelid
  where indisvalid and relname like '%\\_by\\_%'`;

describe.each(['embedded', 'postgresql'])('a database of the first version, %s', (kind) => {
  let postgres: PostgresServer | undefined;
  let directory: string;
  let database: Database;

  beforeAll(async () => {
    const earlier = await readFile(new URL('earlier-version.sql', import.meta.url), 'utf8');
    if (kind === 'embedded') {
      directory = await mkdtemp(join(tmpdir(), 'desk-migration-'));
      const made = await PGlite.create(join(directory, 'postgres'));
      await made.exec(earlier);
      await made.close();
      database = await openDatabase({ directory });
    } else {
      postgres = await createPostgres();
      await runOn(postgres.url, earlier);
      database = await openDatabase({ url: postgres.url });
    }
    await database.query('select 1');
  });
  afterAll(async () => {
    await database?.close();
    await postgres?.remove();
    if (directory) await rm(directory, { recursive: true });
  });

  it('opens, takes reports at once, and tells that it is still counting', async () => {
    expect(await countingProgress(database)).toEqual({ done: 0 });
    expect(
      await createStore(database)(unknownUser({ id: 'new', recipient: 'new@domain1.example' })),
    ).toBe(true);
    const { counts } = await countReports(database, 'month');
    expect(counts.map(({ count }) => count)).toEqual([1]);
    await expect(findChanges(database, '0', 10)).rejects.toMatchObject({ status: 503 });
  });

  it('counts, numbers and indexes all of it bit by bit, while it changes', async () => {
    // A desk of the first version may still be running beside this one.
    await database.query(
      `insert into failure_reports (key, id, recipient, state, severity, category, report)
       values ('key-old-desk', 'x', 'late@domain1.example', 'data', 'permanent', 'content', '{"tags": []}')`,
    );
    await database.query("delete from failure_reports where id = 'message-3'");
    await takeOff(database, 'Person2@domain2.example', 'Mended');
    await buildIndexes(database);
    await catchUp(database, undefined, 7);
    const { kept, counted } = await compareCounters(database);
    expect(counted).toEqual(kept);
    await foldCounts(database);
    expect(await countingProgress(database)).toBe(null);
    expect(await countResults(database, {})).toEqual({ count: 61, exact: true });
    expect(await database.query(INDEXES)).toHaveLength(10);

    const { changes, more } = await findChanges(database, '0', 100);
    expect(more).toBe(false);
    const positions = changes.map(({ position }) => Number(position));
    expect(positions).toEqual([...new Set(positions)].toSorted((a, b) => a - b));
    const listed = new Set<string>();
    for (const { change, address } of changes) {
      if (change === 'suppressed') listed.add(address);
      else listed.delete(address);
    }
    const { suppressions, total } = await findSuppressions(database, {}, 100);
    expect([...listed].sort()).toEqual(suppressions.map(({ address }) => address).sort());
    expect(total).toBe(suppressions.length);
  });

  it('has what it suppressed in the form of today', async () => {
    for (const address of ['ja\tne@example.com', 'jane@EXÄMPLE.com', 'jane@exämple.com']) {
      expect(await findSuppression(database, address), address).toMatchObject({
        reason: 'invalid-address',
        description: 'User unknown',
      });
    }
    expect(await takeOff(database, 'ja\tne@example.com', 'Mended')).toBe(true);
    expect(await takeOff(database, 'jane@EXÄMPLE.com', 'Mended')).toBe(true);
    const { suppressions, total } = await findSuppressions(database, {}, 100);
    expect(total).toBe(suppressions.length);
    expect(suppressions.map(({ address }) => address).join()).not.toContain('jane');
  });

  it('recognises a duplicate of what it stored, which changes nothing', async () => {
    const {
      extended: _,
      description: __,
      ...again
    } = unknownUser({
      id: 'message-2',
      recipient: 'Person2@Domain2.example',
    });
    expect(await createStore(database)(again)).toBe(false);
    expect(await findSuppression(database, again.recipient)).toBe(null);
  });

  it('is searched like any other', async () => {
    const find = async (search: Parameters<typeof findReports>[1]) =>
      (await findReports(database, search, 100)).reports.length;
    expect(await find({ tag: 'mailing-1' })).toBe(15);
    expect(await find({ domain: 'Domain2.example', category: 'invalid-address' })).toBe(10);
    expect(await find({ recipient: 'person4' })).toBe(11);
    const { reports, suppression } = await findAddress(database, 'Person4@DOMAIN1.example');
    expect(suppression).toMatchObject({ source: 'report', report: null });
    const report = await findReport(database, reports[0]?.serial ?? '');
    expect(report?.variables).toMatchObject({ id: 'message-4', code: '550', tags: ['mailing-0'] });
  });

  it('has an index built anew that was left half done', async () => {
    await database.query('drop index reports_by_tag');
    if (kind === 'postgresql') {
      await database.withoutHurry(async (query) => {
        await query('create index concurrently reports_by_tag on failure_reports (state)');
      });
      await database.query(
        "update pg_index set indisvalid = false where indexrelid = 'reports_by_tag'::regclass",
      );
    }
    const desks = kind === 'postgresql' ? 2 : 1;
    await Promise.all(Array.from({ length: desks }, () => buildIndexes(database)));
    const [index] = await database.query<{ definition: string }>(
      "select pg_get_indexdef('reports_by_tag'::regclass) as definition",
    );
    expect(index?.definition).toContain('USING gin');
    expect(await database.query(INDEXES)).toHaveLength(10);
  });
});
