// npm run queue: shows that no acknowledged report is lost or stored twice, whatever is killed.
import { rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { createTestSigner } from 'copernica-failures/testing';
import { printTable } from '../../../test/bench/table.js';
import { serveDns } from '../../../test/helpers/dns-server.js';
import { createPostgres, type PostgresServer } from '../../desk/test/postgres.js';
import { compileNotRun } from './compile.js';
import { type Engine, NotInstalled } from './engine.js';
import { createNatsEngine } from './nats-engine.js';
import { createPostgresEngine } from './postgres-engine.js';
import { prove, type Result } from './prove.js';
import { createRabbitmqEngine } from './rabbitmq-engine.js';
import { createRedisEngine } from './redis-engine.js';

type MakeEngine = (folder: string, store: PostgresServer) => Promise<Engine>;

/** The engines in two lanes, since each waits most of the time. The store comes last: it ends killed. */
const LANES: Record<string, MakeEngine>[] = [
  { nats: createNatsEngine, rabbitmq: createRabbitmqEngine },
  { redis: createRedisEngine, postgres: (_folder, store) => createPostgresEngine(store) },
];
const HEAD = ['engine', 'acknowledged', 'not stored', 'stored twice', 'other answers', 'seconds'];

const { reports, names } = readArguments();
const folder = await mkdtemp(join(tmpdir(), 'queue-proof-'));
process.on('exit', () => rmSync(folder, { recursive: true }));
const signer = createTestSigner({
  account: 'account-1234',
  url: 'https://shop.example.com/copernica/failures',
});
const dns = await serveDns(signer);

const [rows] = await Promise.all([Promise.all(LANES.map(runLane)), compileNotRun()]);
printTable(HEAD, rows.flat());
// What still runs ends with this process.
process.exit();

/** Reads the command line. If it is wrong, says what to type and ends the process. */
function readArguments() {
  const { values, positionals } = parseArgs({
    options: { reports: { type: 'string', default: '20000' } },
    allowPositionals: true,
  });
  const reports = Number(values.reports);
  const known = LANES.flatMap((lane) => Object.keys(lane));
  if (!(reports >= 100) || positionals.some((name) => !known.includes(name))) {
    console.error(`Usage: npm run queue -- --reports <at least 100> ${known.join(' ')}`);
    process.exit(1);
  }
  return { reports, names: positionals.length > 0 ? positionals : known };
}

/** Runs the engines of a lane one after the other, with a PostgreSQL that stores their reports. */
async function runLane(lane: Record<string, MakeEngine>): Promise<string[][]> {
  const rows: string[][] = [];
  const store = await createPostgres();
  for (const [name, make] of Object.entries(lane)) {
    if (!names.includes(name)) continue;
    const row = await runEngine(() => make(join(folder, name), store), store).catch(explain);
    if (row) rows.push(row);
  }
  await store.remove();
  return rows;
}

async function runEngine(make: () => Promise<Engine>, store: PostgresServer): Promise<string[]> {
  const start = performance.now();
  const engine = await make();
  const surroundings = { databaseUrl: store.url, dnsServer: dns.address, signer };
  const result = await prove(engine, reports, surroundings);
  await engine.kill();
  if (result.lost + result.twice > 0) process.exitCode = 1;
  return toRow(engine, result, (performance.now() - start) / 1000);
}

/** Says why an engine was not run. Only outside CI, one that is not installed is no failure. */
function explain(error: Error): undefined {
  console.error(error instanceof NotInstalled ? `Left out: ${error.message}` : error);
  if (process.env.CI || !(error instanceof NotInstalled)) process.exitCode = 1;
}

function toRow({ title, version }: Engine, result: Result, seconds: number): string[] {
  const others = [...result.answers].filter(([answer]) => answer !== '200');
  return [
    `${title} ${version}`,
    String(result.acknowledged),
    String(result.lost),
    String(result.twice),
    others.map(([answer, count]) => `${answer}: ${count}`).join(', '),
    seconds.toFixed(),
  ];
}
