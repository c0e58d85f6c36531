// A desk behind PgBouncer in transaction mode, which gives each transaction another connection.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDatabase } from '../database/open.js';
import { compareCounts } from './databases.js';
import { createPostgres, findFolder, NOBODY, type PostgresServer, runOn } from './postgres.js';
import { endAll, freePort, run, startDesk, until } from './processes.js';
import { findProgram } from './programs.js';

const PGBOUNCER = findProgram('The desk behind PgBouncer', 'pgbouncer');

describe.skipIf(!PGBOUNCER)('behind PgBouncer in transaction mode', () => {
  let directory: string;
  let postgres: PostgresServer;
  let url: string;
  let stopPooler: () => Promise<void>;

  beforeAll(async () => {
    directory = await mkdtemp(join(await findFolder(), 'desk-pooler-'));
    await chmod(directory, 0o755);
    postgres = await createPostgres();
    const port = await freePort();
    const { port: server } = new URL(postgres.url);
    const login = 'user=postgres password=password';
    await writeFile(
      join(directory, 'pgbouncer.ini'),
      `[databases]
postgres = host=127.0.0.1 port=${server} dbname=postgres ${login}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = ${port}
unix_socket_dir =
auth_type = any
pool_mode = transaction
default_pool_size = 2
`,
    );
    const isRoot = process.getuid?.() === 0;
    const pooler = spawn(PGBOUNCER as string, [join(directory, 'pgbouncer.ini')], {
      stdio: 'ignore',
      ...(isRoot && NOBODY),
    });
    stopPooler = async () => {
      pooler.kill('SIGINT');
      if (pooler.exitCode === null) await once(pooler, 'exit');
    };
    url = `postgresql://postgres:password@127.0.0.1:${port}/postgres`;
    await until(() =>
      runOn(url, 'select 1').then(
        () => true,
        () => false,
      ),
    );
  }, 60_000);
  afterAll(async () => {
    await endAll();
    await stopPooler?.();
    await postgres?.remove();
    await rm(directory, { recursive: true, force: true });
  });

  it('two desks store every report once, show it, and delete an address', async () => {
    const environment = { DATABASE_URL: url };
    const desks = await Promise.all([startDesk(environment), startDesk(environment)]);
    const file = join(directory, 'acknowledged.txt');
    const sender = run('send/send.ts', [
      ...desks.map((desk) => `${desk.url}/copernica/failures`),
      ...['--count', '1000', '--duplicates', '0.1', '--retry', '--acknowledged', file],
    ]);
    expect(await sender.exited, sender.output()).toBe(0);
    const acknowledged = (await readFile(file, 'utf8')).trim().split('\n').sort();

    const database = await openDatabase({ url: postgres.url });
    const rows = await database.query<{ id: string; address: string }>(
      "select report->>'id' as id, address from failure_reports",
    );
    expect(rows.map(({ id }) => id).sort()).toEqual(acknowledged);
    const [desk] = desks;
    const ask = async (path: string, init?: RequestInit) =>
      (await fetch(`${desk?.url}${path}`, init)).json();
    const { reports } = (await ask('/reports?recipient=customer&state=bounce')) as {
      reports: unknown[];
    };
    expect(reports).toHaveLength(20);
    const address = rows[0]?.address;
    const deleted = await ask('/addresses', {
      method: 'DELETE',
      headers: { 'Content-Type': 'application/json', 'Sec-Fetch-Site': 'same-origin' },
      body: JSON.stringify({ address, keepSuppression: false }),
    });
    expect(deleted).toMatchObject({ address, reports: 1 });
    const { stored, counted } = await compareCounts(database);
    expect(counted).toEqual(stored);
    await database.close();
    expect(await Promise.all(desks.map((one) => one.end('SIGTERM')))).toEqual([0, 0]);
  }, 120_000);
});
