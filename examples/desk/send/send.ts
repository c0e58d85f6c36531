// npm run send: made-up reports for any endpoint. What it takes: npm run send -- --help
import { randomUUID } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { SingleBar } from 'cli-progress';
import { backOff } from 'exponential-backoff';
import PQueue from 'p-queue';
import { closeConnections, createSigner, post, type Request, unsigned } from './client.js';
import { readOptions } from './options.js';
import { type Tally, toAdvice, toTable } from './results.js';
import { encodeReport, pickSample } from './samples.js';

const options = readOptions();
const { urls } = options;

const toRequest = options.signed
  ? await createSigner(options.signed, options.key, options.signedUrl)
  : unsigned;

interface Report {
  id: string;
  body: string;
}
const reports: Report[] = [];

function newReport(): Report {
  const id = randomUUID();
  const recipient = `customer-${id.slice(0, 8)}@example.${pick(['com', 'net', 'org'])}`;
  const tags = ['newsletter', pick(['january', 'february', 'march'])];
  const body = encodeReport(pickSample(Math.random()), { id, recipient, tags, time: new Date() });
  const report = { id, body };
  reports.push(report);
  return report;
}

/** Requests that no receiver must accept. */
const SPOILED: readonly ((request: Request) => Request)[] = [
  (request) => ({ ...request, headers: { 'Content-Type': 'application/json' }, body: '{}' }),
  ({ url, body }) => toRequest(url, body.replace(/&recipient=[^&]*/, '')),
  ({ url, body }) => toRequest(url, `${body}&time=yesterday`),
  ({ url, body }) => toRequest(url, `${body}&filler=${'x'.repeat(110 * 1024)}`),
];

const tally: Tally = {
  requests: 0,
  acknowledged: 0,
  retried: 0,
  refused: new Map(),
  milliseconds: [],
  ids: new Set(),
  lost: 0,
};

/** Sends once and takes down what came of it; true for 2xx. */
async function attempt(request: Request): Promise<boolean> {
  tally.requests += 1;
  const start = performance.now();
  const outcome = await post(request).catch((error) => error.code ?? error.name);
  if (typeof outcome === 'number') tally.milliseconds.push(performance.now() - start);
  if (outcome >= 200 && outcome < 300) {
    tally.acknowledged += 1;
    return true;
  }
  tally.refused.set(String(outcome), (tally.refused.get(String(outcome)) ?? 0) + 1);
  if (outcome === 'ECONNREFUSED') giveUpOn(request.url);
  return false;
}

const closed = new Set<string>();

/** Where nothing listens there is no point in going on. With --retry, something may yet. */
function giveUpOn(url: string): void {
  closed.add(url);
  if (options.retry || tally.milliseconds.length > 0 || closed.size < new Set(urls).size) return;
  makeNoMore();
}

const began = performance.now();
let next = 0;
const nextUrl = () => urls[next++ % urls.length] as string;

/** Delivers one report; with --retry, as often as it takes. */
async function deliver({ id, body }: Report): Promise<void> {
  const send = async () => {
    if (!(await attempt(toRequest(nextUrl(), body)))) throw new Error('Not acknowledged');
  };
  const again = () => {
    const goOn = options.retry === true && performance.now() - began < options.giveUp * 1000;
    if (goOn) tally.retried += 1;
    return goOn;
  };
  const numOfAttempts = options.retry ? Number.POSITIVE_INFINITY : 1;
  await backOff(send, { numOfAttempts, jitter: 'full', maxDelay: 2000, retry: again }).then(
    () => tally.ids.add(id),
    () => {
      tally.lost += 1;
    },
  );
}

function nextTask(): () => Promise<unknown> {
  if (Math.random() < options.bad) {
    const request = pick(SPOILED)({ url: nextUrl(), headers: {}, body: newReport().body });
    return () => attempt(request);
  }
  const repeated = Math.random() < options.duplicates ? pick(reports) : undefined;
  const report = repeated ?? newReport();
  return () => deliver(report);
}

const bar = new SingleBar({
  format: '{bar} {percentage}% | {value}/{total} | {duration_formatted}',
});
const queue = new PQueue({
  concurrency: options.concurrency,
  ...(options.rate && { intervalCap: 1, interval: 1000 / options.rate }),
});
// Told to stop, it makes no more requests, and still sees to those under way.
process.once('SIGINT', makeNoMore);
function makeNoMore(): void {
  options.count = 0;
  queue.clear();
}

bar.start(options.count, 0);
for (let made = 0; made < options.count; made += 1) {
  await queue.onSizeLessThan(options.concurrency);
  void queue.add(nextTask()).then(() => bar.increment());
}
await queue.onIdle();
bar.stop();

const seconds = (performance.now() - began) / 1000;
console.log(toTable(tally, options, seconds));
for (const line of toAdvice(tally, options)) console.log(line);
if (options.acknowledged) {
  await writeFile(options.acknowledged, [...tally.ids].map((id) => `${id}\n`).join(''));
}
closeConnections();
process.exitCode = tally.lost > 0 ? 1 : 0;

function pick<Item>(items: readonly Item[]): Item {
  return items[Math.floor(Math.random() * items.length)] as Item;
}
