// npm run queue: shows that no acknowledged report is lost or stored twice, whatever is killed.
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { formatTable } from '../../../test/bench/table.js';
import { createPostgres, type PostgresServer } from '../../desk/test/postgres.js';
import { compileNotRun } from './compile.js';
import type { Engine } from './engine.js';
import { createNatsEngine } from './nats-engine.js';
import { createPostgresEngine } from './postgres-engine.js';
import { createRabbitmqEngine } from './rabbitmq-engine.js';
import { createRedisEngine } from './redis-engine.js';
import { prove, type Result } from './scenario.js';
import { setUp } from './set-up.js';

/** Starts an engine. It resolves to undefined if its server is not installed. */
type StartEngine = (folder: string, store: PostgresServer) => Promise<Engine | undefined>;

/**
 * The engines in two lanes, since each waits most of the time. PostgreSQL comes last, because it is also the
 * store of its lane, and is killed in the end.
 */
const LANES: Record<string, StartEngine>[] = [
  { nats: createNatsEngine, rabbitmq: createRabbitmqEngine },
  { redis: createRedisEngine, postgres: (_folder, store) => createPostgresEngine(store) },
];
const HEAD = [
  'engine',
  'reports acknowledged',
  'not stored',
  'stored twice',
  'other answers',
  'seconds',
];

const KNOWN = LANES.flatMap((lane) => Object.keys(lane));

const { reports, names } = readArguments();
const { folder, signer, dnsServer } = await setUp();

const [rows] = await Promise.all([
  Promise.all(LANES.map(runLane)),
  names.length === KNOWN.length && compileNotRun(join(folder, 'clients')).catch(fail),
]);
console.log(formatTable(HEAD, rows.flat()));
if (rows.flat().length === 0) process.exitCode = 1;
// Child processes that still run end with this one.
process.exit();

/** Reads the command line. If it is wrong, says what to type and ends the process. */
function readArguments() {
  const { values, positionals } = parseArgs({
    options: { reports: { type: 'string', default: '20000' } },
    allowPositionals: true,
    strict: false,
  });
  const reports = Number(values.reports);
  const unknown = [...Object.keys(values), ...positionals].filter(
    (name) => name !== 'reports' && !KNOWN.includes(name),
  );
  if (!Number.isInteger(reports) || reports < 100 || unknown.length > 0) {
    console.error(`Usage: npm run queue -- --reports <at least 100> ${KNOWN.join(' ')}`);
    process.exit(1);
  }
  return { reports, names: positionals.length > 0 ? positionals : KNOWN };
}

/** Runs the engines of a lane one after the other, with a PostgreSQL that stores their reports. */
async function runLane(lane: Record<string, StartEngine>): Promise<string[][]> {
  const chosen = Object.entries(lane).filter(([name]) => names.includes(name));
  if (chosen.length === 0) return [];
  const rows: string[][] = [];
  const store = await createPostgres();
  for (const [name, startEngine] of chosen) {
    const row = await runEngine(() => startEngine(join(folder, name), store), store).catch(fail);
    if (row) rows.push(row);
  }
  await store.remove();
  return rows;
}

async function runEngine(
  startEngine: () => Promise<Engine | undefined>,
  store: PostgresServer,
): Promise<string[] | undefined> {
  const start = performance.now();
  const engine = await startEngine();
  if (!engine) return;
  const surroundings = { databaseUrl: store.url, dnsServer, signer };
  const result = await prove(engine, reports, surroundings);
  await engine.kill();
  if (result.lost + result.twice > 0) process.exitCode = 1;
  return toRow(engine, result, (performance.now() - start) / 1000);
}

function fail(error: Error): undefined {
  console.error(error);
  process.exitCode = 1;
}

function toRow({ title }: Engine, result: Result, seconds: number): string[] {
  const others = [...result.answers].filter(([answer]) => answer !== '200');
  return [
    title,
    String(result.acknowledged),
    String(result.lost),
    String(result.twice),
    others.map(([answer, count]) => `${answer}: ${count}`).join(', '),
    seconds.toFixed(),
  ];
}
