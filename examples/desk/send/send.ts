// npm run send: sends made-up reports to any endpoint. Its options: npm run send -- --help
import { randomUUID } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { SingleBar } from 'cli-progress';
import { backOff } from 'exponential-backoff';
import PQueue from 'p-queue';
import { closeConnections, createSigner, post, type Request, unsigned } from './client.js';
import { readOptions } from './options.js';
import { type Results, toAdvice, toTable } from './results.js';
import { encodeReport, pickSample } from './samples.js';

const MAX_RETRY_DELAY_MS = 2000;

interface Report {
  id: string;
  body: string;
}

const options = readOptions();
const toRequest = options.signed
  ? await createSigner(options.signed, options.key, options.signedUrl)
  : unsigned;

/** Each makes a request that every receiver must refuse. */
const MAKE_BAD: readonly ((request: Request) => Request)[] = [
  (request) => ({ ...request, headers: { 'Content-Type': 'application/json' }, body: '{}' }),
  ({ url, body }) => toRequest(url, body.replace(/&recipient=[^&]*/, '')),
  ({ url, body }) => toRequest(url, `${body}&time=yesterday`),
  ({ url, body }) => toRequest(url, `${body}&filler=${'x'.repeat(110 * 1024)}`),
];

const results: Results = {
  requests: 0,
  acknowledged: 0,
  retried: 0,
  refused: new Map(),
  latencies: [],
  acknowledgedIds: new Set(),
  givenUp: 0,
};
const reports: Report[] = [];
const closedUrls = new Set<string>();
const queue = new PQueue({
  concurrency: options.concurrency,
  ...(options.rate && { intervalCap: 1, interval: 1000 / options.rate }),
});
const bar = new SingleBar({
  format: '{bar} {percentage}% | {value}/{total} | {duration_formatted}',
});
// After Ctrl+C, only the pending requests are finished.
process.once('SIGINT', stop);

const start = performance.now();
let requestNumber = 0;
bar.start(options.count, 0);
for (let made = 0; made < options.count; made += 1) {
  await queue.onSizeLessThan(options.concurrency);
  void queue.add(nextTask()).then(() => bar.increment());
}
await queue.onIdle();
bar.stop();

console.log(toTable(results, options, secondsSince(start)));
for (const line of toAdvice(results, options)) console.log(line);
if (options.acknowledged) {
  const lines = [...results.acknowledgedIds].map((id) => `${id}\n`);
  await writeFile(options.acknowledged, lines.join(''));
}
closeConnections();
process.exitCode = results.givenUp > 0 ? 1 : 0;

function nextTask(): () => Promise<unknown> {
  if (Math.random() < options.bad) {
    const request = pick(MAKE_BAD)({ url: nextUrl(), headers: {}, body: newReport().body });
    return () => send(request);
  }
  const duplicate = Math.random() < options.duplicates ? pick(reports) : undefined;
  const report = duplicate ?? newReport();
  return () => deliver(report);
}

function newReport(): Report {
  const id = randomUUID();
  const recipient = `customer-${id.slice(0, 8)}@example.${pick(['com', 'net', 'org'])}`;
  const tags = ['newsletter', pick(['january', 'february', 'march'])];
  const body = encodeReport(pickSample(Math.random()), { id, recipient, tags, time: new Date() });
  const report = { id, body };
  reports.push(report);
  return report;
}

function nextUrl(): string {
  const url = options.urls[requestNumber % options.urls.length] as string;
  requestNumber += 1;
  return url;
}

/** Sends a report until it is acknowledged, but only once without --retry. */
async function deliver({ id, body }: Report): Promise<void> {
  const attempt = async () => {
    if (!(await send(toRequest(nextUrl(), body)))) throw new Error('Not acknowledged');
  };
  const retry = () => {
    const again = options.retry === true && secondsSince(start) < options.giveUp;
    if (again) results.retried += 1;
    return again;
  };
  const numOfAttempts = options.retry ? Number.POSITIVE_INFINITY : 1;
  try {
    await backOff(attempt, { numOfAttempts, jitter: 'full', maxDelay: MAX_RETRY_DELAY_MS, retry });
    results.acknowledgedIds.add(id);
  } catch {
    results.givenUp += 1;
  }
}

/** Sends a request and records the outcome. Resolves to true if it was answered 2xx. */
async function send(request: Request): Promise<boolean> {
  results.requests += 1;
  const sent = performance.now();
  const outcome = await post(request).catch((error) => error.code ?? error.name);
  if (typeof outcome === 'number') results.latencies.push(performance.now() - sent);
  if (outcome >= 200 && outcome < 300) {
    results.acknowledged += 1;
    return true;
  }
  results.refused.set(String(outcome), (results.refused.get(String(outcome)) ?? 0) + 1);
  if (outcome === 'ECONNREFUSED') stopIfAllClosed(request.url);
  return false;
}

/** If nothing listens at any address, more requests are useless. With --retry, a server may start later. */
function stopIfAllClosed(url: string): void {
  closedUrls.add(url);
  const allClosed = closedUrls.size === new Set(options.urls).size;
  if (allClosed && results.latencies.length === 0 && !options.retry) stop();
}

function stop(): void {
  options.count = 0;
  queue.clear();
}

function secondsSince(time: number): number {
  return (performance.now() - time) / 1000;
}

function pick<Item>(items: readonly Item[]): Item {
  return items[Math.floor(Math.random() * items.length)] as Item;
}
