import { join } from 'node:path';
import type { FailureReport } from 'copernica-failures';
import fc from 'fast-check';
import type pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { createPostgres, type PostgresServer } from '../../examples/desk/test/postgres.js';
import { until } from '../../examples/desk/test/processes.js';
import { parseBody } from '../../lib/payload.js';
import { toReport } from '../../lib/report.js';
import { bodies } from '../fuzz/bodies.js';
import { root } from './pages.js';
import { appFiles, type ExampleApp, makeExampleApp } from './programs.js';
import { run } from './running.js';

// The README's example, word for word, on a real PostgreSQL.
let server: PostgresServer;
let database: pg.Pool;
let save: (report: FailureReport) => Promise<void>;
let app: ExampleApp | undefined;

beforeAll(async () => {
  server = await createPostgres();
  process.env.DATABASE_URL = server.url;
  const start = "import { database } from './save.mjs';\nawait database.end();\n";
  app = await makeExampleApp({ ...appFiles, 'start.mjs': start });
  ({ database, save } = await import(join(app.folder, 'save.mjs')));
});
afterAll(async () => {
  delete process.env.DATABASE_URL;
  await database?.end();
  await server?.remove();
  await app?.remove();
});
beforeEach(() => database.query('DELETE FROM failures'));

const report = (variables: Record<string, unknown> = {}) =>
  toReport({ id: '1', recipient: 'jane@example.com', state: 'rcptto', code: '550', ...variables });

async function stored(): Promise<FailureReport[]> {
  const { rows } = await database.query('SELECT report FROM failures');
  return rows.map((row) => row.report);
}

describe("the README's way to store a report", () => {
  it('keeps it whole', async () => {
    await save(report({ tags: ['a', 'b'], description: 'Onbekend: "é", 不明' }));
    expect(await stored()).toEqual([
      report({ tags: ['a', 'b'], description: 'Onbekend: "é", 不明' }),
    ]);
  });

  it('stores a report that arrives twice once, with other tags or at another time, too', async () => {
    await Promise.all([save(report()), save(report())]);
    await save(report({ tags: ['other'], time: '1700000000', description: 'again' }));
    expect(await stored()).toHaveLength(1);
  });

  it.each([
    ['message', { id: '2' }],
    ['recipient', { recipient: 'john@example.com' }],
    ['step', { state: 'bounce' }],
    ['reply code', { code: '450' }],
    ['enhanced status code', { extended: '5.2.2' }],
  ])('stores a report on another %s, too', async (_name, change) => {
    await save(report());
    await save(report(change));
    expect(await stored()).toHaveLength(2);
  });

  it('stores it under the key that the queues of docs/scaling.md know it by', async () => {
    await save(report());
    const { toKey } = await import(join(root, 'examples/queue/key.mjs'));
    const { rows } = await database.query('SELECT key FROM failures');
    expect(rows).toEqual([{ key: toKey(report()) }]);
  });

  it('makes its table though another process makes it at the same moment', async () => {
    await database.query('DROP TABLE failures');
    const other = await database.connect();
    onTestFinished(() => other.release(true));
    await other.query('BEGIN; CREATE TABLE failures (key text PRIMARY KEY, report jsonb)');
    const program = await run(app?.folder ?? '', 'start.mjs');
    await until(async () => {
      const waiting = "SELECT FROM pg_stat_activity WHERE wait_event_type = 'Lock'";
      return (await database.query(waiting)).rowCount === 1;
    });
    await other.query('COMMIT');
    expect([await program.ends(), program.output()]).toEqual([0, '']);
  });

  it.each([
    ['NUL in its texts', { description: 'a\0b', recipient: '\0', tags: ['\0'] }],
    ['a backslash before what looks like NUL', { description: '\\u0000 \\\0' }],
    ['a code above four bytes', { code: '999999999999999' }],
    ['a time far ahead', { time: '999999999999999' }],
    ['a recipient too long for an index', { recipient: 'x'.repeat(90_000) }],
  ])('takes %s', async (_name, change) => {
    await save(report(change));
    expect(await stored()).toHaveLength(1);
  });

  it('goes on once the database has been started again', async () => {
    await save(report());
    await server.stop();
    await server.start();
    await save(report({ id: '2' }));
    expect(await stored()).toHaveLength(2);
  });

  it('takes whatever the package lets through', async () => {
    const valid = bodies.map(read).filter((received) => received !== undefined);
    await fc.assert(fc.asyncProperty(valid, save), { numRuns: 1000 });
  });
});

/** The report that a body holds, if it holds one. */
function read(body: Buffer): FailureReport | undefined {
  try {
    return toReport(parseBody(body, 'utf-8'));
  } catch {
    return undefined;
  }
}
