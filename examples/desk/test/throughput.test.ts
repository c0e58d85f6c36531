import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FailureReport } from 'copernica-failures';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Database } from '../database/driver.js';
import { openDatabase } from '../database/open.js';
import { createStore } from '../reports/store.js';
import { createPostgres, type PostgresServer } from './postgres.js';

const CONCURRENCY = 64;
const ROUNDS = 3;

let directory: string;
let postgres: PostgresServer;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'desk-throughput-'));
  postgres = await createPostgres();
}, 60_000);
afterAll(async () => {
  await postgres?.remove();
  await rm(directory, { recursive: true, force: true });
});

type Save = (report: FailureReport) => Promise<unknown>;
let made = 0;

/** Reports committed per second, with so many pending at any time. */
async function measure(save: Save, count: number): Promise<number> {
  let left = count;
  const start = performance.now();
  const worker = async () => {
    while (left > 0) {
      left -= 1;
      made += 1;
      await save({
        id: `message-${made}`,
        recipient: `customer-${made}@example.com`,
        state: 'rcptto',
        code: 550,
        extended: '5.1.1',
        description: 'The email account that you tried to reach does not exist',
        tags: ['newsletter', 'march'],
        asynchronous: false,
        severity: 'permanent',
      });
    }
  };
  await Promise.all(Array.from({ length: CONCURRENCY }, worker));
  return (count / (performance.now() - start)) * 1000;
}

const median = (values: number[]) =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

it.each([
  ['the embedded database', () => openDatabase({ directory: join(directory, 'data') })],
  ['PostgreSQL', () => openDatabase({ url: postgres.url })],
])(
  '%s commits 4 times as many reports in batches as one by one',
  async (name, open) => {
    const database: Database = await open();
    const batched = createStore(database);
    // With a store of its own, each report waits only for a connection.
    const single: Save = (report) => createStore(database)(report);
    const rates = { batched: [] as number[], single: [] as number[] };
    await measure(batched, 256);
    await measure(single, 256);
    for (let round = 0; round < ROUNDS; round += 1) {
      rates.batched.push(await measure(batched, 1000));
      rates.single.push(await measure(single, 120));
    }
    await database.close();
    const [many, one] = [median(rates.batched), median(rates.single)];
    const factor = many / one;
    console.log(
      `${name}: ${many.toFixed(0)} reports/s in batches, ${one.toFixed(0)} one by one (${factor.toFixed(1)} times)`,
    );
    expect(factor).toBeGreaterThanOrEqual(4);
  },
  60_000,
);
