import { setTimeout as sleep } from 'node:timers/promises';
import type { FailureReport } from 'copernica-failures';
import type { TestSigner } from 'copernica-failures/testing';
import pg from 'pg';
import { runOn } from '../../desk/test/postgres.js';
import { until } from '../../desk/test/processes.js';
import type { Engine } from './engine.js';
import { createReceiver, createWorker, type Part } from './receivers-and-workers.js';
import { createSender, type Sender } from './sender.js';

const OUTAGE_MS = 500;
const CALLS_WHILE_REFUSED = 10;

export interface Result {
  acknowledged: number;
  /** Reports that were acknowledged and are not stored, or not whole. */
  lost: number;
  /** Reports that are stored more than once. */
  twice: number;
  /** How many calls were answered with each status, or failed with each error. */
  answers: ReadonlyMap<string, number>;
}

type Restartable = Pick<Part, 'kill' | 'start'>;

/** Where all engines store the reports, and where their receivers look up keys. */
export interface Surroundings {
  databaseUrl: string;
  dnsServer: string;
  signer: TestSigner;
}

/**
 * Sends reports to three receivers, from which two workers get them through a queue. Meanwhile receivers,
 * workers and the engine are killed and started again, and the engine is made full or without a queue.
 */
export async function prove(
  engine: Engine,
  calls: number,
  { databaseUrl, dnsServer, signer }: Surroundings,
): Promise<Result> {
  await runOn(databaseUrl, 'DROP TABLE IF EXISTS failures');
  const environment = { ...engine.environment, DATABASE_URL: databaseUrl, DNS_SERVER: dnsServer };
  const receivers = await Promise.all(
    [1, 2, 3].map(() => createReceiver(`${engine.name}-receiver.mjs`, environment)),
  );
  const workers = [1, 2].map(() => createWorker(`${engine.name}-worker.mjs`, environment));
  await Promise.all([...receivers, ...workers].map((part) => part.start()));
  const sender = createSender(
    receivers.map(({ url }) => url),
    signer,
  );

  const share = calls / 3;
  await sendWhile(sender, share, () => restart(receivers.slice(0, 1)));
  await killAll(workers);
  // Nothing takes reports out of the queue now, so that the engine has many when it is killed.
  await sendWhile(sender, share, () => restart([engine]));
  await killWhileStoring(workers, databaseUrl);
  await startAll(workers);
  await sendWhile(sender, share, () => restart([engine, ...receivers, ...workers]));
  for (const obstruct of engine.obstacles) {
    await drain(engine);
    await sendWhileRefused(sender, obstruct);
  }

  await drain(engine);
  await Promise.all(workers.map((part) => part.end()));
  await killAll(receivers);
  return {
    ...(await compare(databaseUrl, sender.acknowledged)),
    acknowledged: sender.acknowledged.size,
    answers: sender.answers,
  };
}

/** Sends calls, and does something in the midst of them. */
async function sendWhile(sender: Sender, calls: number, act: () => Promise<void>): Promise<void> {
  const before = sender.acknowledged.size;
  const sending = sender.send(calls);
  await until(() => sender.acknowledged.size > before + calls / 4);
  await act();
  await sending;
}

/** Kills parts at the same moment, and starts them again one after the other. */
async function restart(parts: readonly Restartable[]): Promise<void> {
  await killAll(parts);
  await sleep(OUTAGE_MS);
  await startAll(parts);
}

async function killAll(parts: readonly Restartable[]): Promise<void> {
  await Promise.all(parts.map((part) => part.kill()));
}

async function startAll(parts: readonly Restartable[]): Promise<void> {
  for (const part of parts) await part.start();
}

/** Expects that calls are answered 503 until the engine takes reports again. */
async function sendWhileRefused(sender: Sender, obstruct: Engine['obstacles'][number]) {
  const clear = await obstruct();
  const refused = () => sender.answers.get('503') ?? 0;
  const [acknowledged, before] = [sender.acknowledged.size, refused()];
  const sending = sender.send(CALLS_WHILE_REFUSED);
  await until(() => refused() >= before + CALLS_WHILE_REFUSED);
  if (sender.acknowledged.size > acknowledged) throw new Error('A report was acknowledged');
  await clear();
  await sending;
}

/** Waits until the workers have stored all reports in the queue. */
async function drain(engine: Engine): Promise<void> {
  await until(async () => (await engine.countPending()) === 0);
}

/** Starts workers, and kills them while the store makes them wait for the reports they have begun. */
async function killWhileStoring(workers: readonly Restartable[], databaseUrl: string) {
  const client = new pg.Client(databaseUrl);
  await client.connect();
  await client.query('BEGIN; LOCK TABLE failures IN EXCLUSIVE MODE');
  await startAll(workers);
  const waiting =
    "SELECT pid FROM pg_stat_activity WHERE query ~ '^INSERT' AND wait_event_type = 'Lock'";
  await until(async () => (await runOn(databaseUrl, waiting)).length > workers.length);
  await killAll(workers);
  await client.end();
}

/** Compares what was acknowledged with what is stored. */
async function compare(databaseUrl: string, acknowledged: ReadonlyMap<string, string>) {
  const stored = new Map<string, FailureReport>();
  let twice = 0;
  for (const row of await runOn(databaseUrl, 'SELECT report FROM failures')) {
    const report = row.report as FailureReport;
    if (stored.has(report.id)) twice += 1;
    stored.set(report.id, report);
  }
  const lost = [...acknowledged].filter(([id, body]) => !isSame(body, stored.get(id))).length;
  return { lost, twice };
}

/** Whether a stored report is the one of a body. */
function isSame(body: string, report?: FailureReport): boolean {
  const sent = new URLSearchParams(body);
  const names = ['recipient', 'state', 'code', 'extended', 'description', 'time'] as const;
  return (
    String(report?.tags) === String(sent.getAll('tags[]')) &&
    names.every((name) => String(report?.[name] ?? '') === (sent.get(name) ?? ''))
  );
}
