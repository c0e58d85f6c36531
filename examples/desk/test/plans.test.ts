import { afterAll, beforeAll, expect, it } from 'vitest';
import { makeDesk } from '../bench/data.js';
import { QUESTIONS } from '../bench/queries.js';
import { type Database, openDatabase, type Query } from '../database/database.js';
import { createPostgres, type PostgresServer } from './postgres.js';

let postgres: PostgresServer;
let database: Database;
let plans: string[];

beforeAll(async () => {
  postgres = await createPostgres();
  const real = await openDatabase({ url: await makeDesk(postgres.url, 100_000) });
  const query: Query = async (sql, parameters) => {
    const lines = await real.query<{ 'QUERY PLAN': string }>(`explain ${sql}`, parameters);
    plans.push(lines.map((line) => line['QUERY PLAN']).join('\n'));
    return real.query(sql, parameters);
  };
  database = { ...real, query };
}, 120_000);
afterAll(async () => {
  await database?.close();
  await postgres?.remove();
});

it.each(Object.entries(QUESTIONS))('no look through the whole table: %s', async (_, ask) => {
  plans = [];
  await ask(database);
  expect(plans.length).toBeGreaterThan(0);
  for (const plan of plans) expect(plan).not.toMatch(/Seq Scan on failure_reports/);
});
