import { randomUUID } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { SingleBar } from 'cli-progress';
import Table from 'cli-table3';
import { Command, InvalidArgumentError } from 'commander';
import { backOff } from 'exponential-backoff';
import PQueue from 'p-queue';
import { encodeReport, pickSample } from './samples.js';
import { closeConnections, createSigner, post, type Request, unsigned } from './sender.js';

/** What is sent, and how: `npm run send -- --help`. */
const command = new Command('npm run send --')
  .description('Sends made-up failure reports the way Copernica does.')
  .argument('[url...]', 'one endpoint, or several that are used in turn', [
    'http://127.0.0.1:3000/copernica/failures',
  ])
  .option('-n, --count <number>', 'how many requests', atLeast(1), 1000)
  .option('-c, --concurrency <number>', 'how many of them at a time', atLeast(1), 64)
  .option('-r, --rate <number>', 'at most so many a second', atLeast(1))
  .option('--duplicates <share>', 'share that repeats an earlier report, 0 to 1', share, 0)
  .option('--bad <share>', 'share of requests to be refused, 0 to 1', share, 0)
  .option('--retry', 'send what was not answered 2xx again until it is, but for bad requests')
  .option('--give-up <seconds>', 'how long to try again', atLeast(1), 300)
  .option(
    '--acknowledged <file>',
    'write the ids of all reports that were answered 2xx, one a line',
  )
  .option('--signed <account>', 'sign for this account')
  .option('--signed-url <url>', 'the registered address, if it is not the one that is sent to')
  .option('--key <file>', 'where the public key is written when signing', 'desk-test-key.json')
  .parse();
const options = command.opts();
const urls: string[] = command.processedArgs[0];

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

const tally = {
  requests: 0,
  acknowledged: 0,
  retried: 0,
  refused: new Map<string, number>(),
  milliseconds: [] as number[],
  ids: new Set<string>(),
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
  return false;
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
    const goOn = performance.now() - began < options.giveUp * 1000;
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
process.once('SIGINT', () => {
  options.count = 0;
  queue.clear();
});

bar.start(options.count, 0);
for (let made = 0; made < options.count; made += 1) {
  await queue.onSizeLessThan(options.concurrency);
  void queue.add(nextTask()).then(() => bar.increment());
}
await queue.onIdle();
bar.stop();

const seconds = (performance.now() - began) / 1000;
const sorted = tally.milliseconds.sort((a, b) => a - b);
const latencies = [50, 90, 99, 100].map((percentile) => {
  const index = Math.max(0, Math.ceil((percentile / 100) * sorted.length) - 1);
  return { [`latency p${percentile}`]: `${(sorted[index] ?? 0).toFixed(1)} ms` };
});
const table = new Table({ style: { border: [], head: [], compact: true } });
table.push(
  { sent: tally.requests },
  { 'answered 2xx': tally.acknowledged },
  ...[...tally.refused].sort().map(([code, count]) => ({ [`refused ${code}`]: count })),
  { retried: tally.retried },
  { 'reports acknowledged': tally.ids.size },
  { 'reports given up': tally.lost },
  ...latencies,
  { 'answered 2xx per second': Math.round(tally.acknowledged / seconds) },
);
console.log(table.toString());
if (options.acknowledged) {
  await writeFile(options.acknowledged, [...tally.ids].map((id) => `${id}\n`).join(''));
}
closeConnections();
process.exitCode = tally.lost > 0 ? 1 : 0;

function pick<Item>(items: readonly Item[]): Item {
  return items[Math.floor(Math.random() * items.length)] as Item;
}

function atLeast(least: number) {
  return (given: string): number => {
    const number = Number(given);
    if (number >= least) return number;
    throw new InvalidArgumentError(`It must be ${least} or more.`);
  };
}

function share(given: string): number {
  const number = Number(given);
  if (number >= 0 && number <= 1) return number;
  throw new InvalidArgumentError('It must be from 0 to 1.');
}
