// npm run bench:queue -- [--write]: what a report costs, handed to a queue or stored at once.
import { join } from 'node:path';
import { median } from '../../../test/bench/median.js';
import { readOptions } from '../../../test/bench/options.js';
import { createResults } from '../../../test/bench/results.js';
import { formatTable } from '../../../test/bench/table.js';
import { listVersions } from '../../../test/bench/versions.js';
import { createPostgres, runOn } from '../../desk/test/postgres.js';
import { until } from '../../desk/test/processes.js';
import type { Engine } from './engine.js';
import { createNatsEngine } from './nats-engine.js';
import { createPostgresEngine } from './postgres-engine.js';
import { cpuMs } from './process-tree.js';
import { createRabbitmqEngine } from './rabbitmq-engine.js';
import { createReceiver, createWorker, type Part } from './receivers-and-workers.js';
import { createRedisEngine } from './redis-engine.js';
import { createSender, type Sender } from './sender.js';
import { setUp } from './set-up.js';

const ROUNDS = 7;
const CALLS_PER_ROUND = 2000;
const PACKAGES = ['express', 'pg', 'pg-boss', 'bullmq', '@nats-io/jetstream', 'rabbitmq-client'];

/** A way to handle reports, and its processes. */
interface Way {
  title: string;
  sender: Sender;
  receiver: Part;
  worker?: Part;
  engine?: Engine;
}

/** The cost of a round. */
interface Cost {
  perSecond: number;
  /** Microseconds of CPU time for each report. */
  receiver: number;
  worker: number;
  servers: number;
}

// With the option, what is printed is also written to results.md.
const { write } = readOptions('npm run bench:queue', ['write']);
// Without one of the servers, the section would lack a row.
if (write) process.env.REQUIRE_PROGRAMS = '1';
const results = createResults('npm run bench:queue');

const store = await createPostgres();
const { folder, signer, dnsServer } = await setUp();
const environment = { DATABASE_URL: store.url, DNS_SERVER: dnsServer };

const ways: Way[] = [await createDirectWay()];
for (const engine of [
  await createPostgresEngine(store),
  await createRedisEngine(join(folder, 'redis')),
  await createNatsEngine(join(folder, 'nats')),
  await createRabbitmqEngine(join(folder, 'rabbitmq')),
]) {
  if (engine) ways.push(await createWay(engine));
}

const costs = new Map<Way, Cost[]>(ways.map((way) => [way, []]));
for (let round = 0; round <= ROUNDS; round += 1) {
  for (const way of ways) {
    const cost = await measure(way);
    // The first round warms up.
    if (round > 0) costs.get(way)?.push(cost);
  }
}
results.print(`${listVersions(PACKAGES)}\n`);
results.print(
  formatTable(['', 'acknowledged per second', 'receiver', 'worker', 'servers', 'all'], toRows()),
);
if (write) results.write();
process.exit();

async function createDirectWay(): Promise<Way> {
  const receiver = await createReceiver('proof/direct-receiver.mjs', environment);
  await receiver.start();
  return { title: 'stored at once', receiver, sender: createSender([receiver.url], signer) };
}

async function createWay(engine: Engine): Promise<Way> {
  const settings = { ...environment, ...engine.environment };
  const receiver = await createReceiver(`${engine.name}-receiver.mjs`, settings);
  const worker = createWorker(`${engine.name}-worker.mjs`, settings);
  await receiver.start();
  await worker.start();
  const sender = createSender([receiver.url], signer);
  return { title: engine.title, receiver, worker, engine, sender };
}

/** Sends the reports of a round, and waits until all are stored. */
async function measure(way: Way): Promise<Cost> {
  await runOn(store.url, 'TRUNCATE failures');
  const before = way.sender.acknowledged.size;
  const cpu = readCpu(way);
  const start = performance.now();
  await way.sender.send(CALLS_PER_ROUND);
  const seconds = (performance.now() - start) / 1000;
  const reports = way.sender.acknowledged.size - before;
  await until(async () => {
    const [{ count } = {}] = await runOn(store.url, 'SELECT count(*)::int FROM failures');
    return Number(count) >= reports;
  });
  const after = readCpu(way);
  const perCall = (part: keyof typeof cpu) => ((after[part] - cpu[part]) * 1000) / CALLS_PER_ROUND;
  return {
    perSecond: CALLS_PER_ROUND / seconds,
    receiver: perCall('receiver'),
    worker: perCall('worker'),
    servers: perCall('servers'),
  };
}

function readCpu({ receiver, worker, engine }: Way) {
  const servers = new Set([store.pid(), engine?.pid()]);
  return {
    receiver: cpuMs(receiver.pid()),
    worker: worker ? cpuMs(worker.pid()) : 0,
    servers: [...servers].reduce<number>((sum, pid) => sum + (pid ? cpuMs(pid) : 0), 0),
  };
}

function toRows(): string[][] {
  const sum = ({ receiver, worker, servers }: Cost) => receiver + worker + servers;
  return [...costs].map(([{ title }, rounds]) => [
    title,
    median(rounds.map(({ perSecond }) => perSecond)).toFixed(),
    ...[
      ({ receiver }: Cost) => receiver,
      ({ worker }: Cost) => worker,
      ({ servers }: Cost) => servers,
      sum,
    ].map((figure) => `${median(rounds.map(figure)).toFixed()} µs`),
  ]);
}
