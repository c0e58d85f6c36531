import { randomBytes } from 'node:crypto';
import { beforeAll, expect, it } from 'vitest';
import type { Database } from '../database/database.js';
import { buildIndexes } from '../database/indexes.js';
import { createLog } from '../log.js';
import { keepHouse } from '../maintenance.js';
import { findReports } from '../reports/reports.js';
import { createStore } from '../reports/store.js';
import { describeEach } from './databases.js';
import { until } from './processes.js';
import { tooMany } from './reports.js';

async function built(database: Database): Promise<string[]> {
  const rows = await database.query<{ name: string }>(
    `select relname as name from pg_index join pg_class on pg_class.oid = indexrelid
     where indisvalid and relname like '%\\_by\\_%' order by 1`,
  );
  return rows.map(({ name }) => name);
}

describeEach('the indexes', (given) => {
  let all: string[];

  beforeAll(async () => {
    await buildIndexes(given().database);
    all = await built(given().database);
  });

  it('take a state of any length, and tell long ones apart', async () => {
    const { database } = given();
    const state = randomBytes(5000).toString('hex');
    await createStore(database)(tooMany({ id: 'long', state }));
    await createStore(database)(tooMany({ id: 'longer', state: `${state}x` }));
    for (const search of [{ state }, { state, domain: 'example.com' }]) {
      const { reports } = await findReports(database, search);
      expect(reports.map(({ report }) => report.id)).toEqual(['long']);
    }
  });

  it('of an earlier version are dropped', async () => {
    const { database } = given();
    await database.query('create index reports_by_id on failure_reports (left(id, 9))');
    await buildIndexes(database);
    expect(await built(database)).toEqual(all);
  });

  it('that cannot be built are told, and stop neither others nor what comes after', async () => {
    const { database } = given();
    await database.query('drop index reports_by_short_state, suppressions_by_time');
    await database.query('create table reports_by_short_state ()');
    await createStore(database)(tooMany({ id: 'old' }));
    await database.query(
      "update failure_reports set received_at = now() - interval '2 days' where id = 'old'",
    );
    const lines: string[] = [];
    const log = createLog('info', { write: (line) => void lines.push(line) });
    const house = keepHouse(database, { log, keepDays: 1 });
    await until(async () => (await built(database)).length === all.length - 1);
    await until(async () => {
      const old = await database.query("select from failure_reports where id = 'old'");
      return old.length === 0;
    });
    await until(() => lines.some((line) => line.includes('"indexes":["reports_by_short_state"]')));
    await house.stop();
    await database.query('drop table reports_by_short_state');
    await buildIndexes(database);
    expect(await built(database)).toEqual(all);
  });

  it('are built by another desk where the one that builds them dies', async () => {
    const { database } = given();
    if (database.kind === 'embedded') return;
    await database.query('drop index reports_by_tag');
    let looks = 0;
    const counting: Database = {
      ...database,
      async withoutHurry(work) {
        await database.withoutHurry(work);
        looks += 1;
      },
    };
    let house: ReturnType<typeof keepHouse> | undefined;
    await database.withoutHurry(async (query) => {
      await query('select pg_advisory_lock(7306085266)');
      house = keepHouse(counting, { log: createLog('silent') });
      await until(() => looks === 1);
    });
    await until(async () => (await built(database)).length === all.length);
    await house?.stop();
  });
});
