// npm run soak [-- COUNT]: many reports, some bad, some slow, some from clients that hang up.
import assert from 'node:assert/strict';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { Agent, type ClientRequest, request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Tally } from './server.js';

const COUNT = Number(process.argv[2] ?? 200_000);
const CHECKPOINTS = 10;
const CONNECTIONS = 20;
/** The heap after collection may differ by this much from early on to the end, in bytes. */
const FLAT = 2 * 2 ** 20;

type Kind = 'good' | 'bad' | 'slow' | 'cut off' | 'hung up';

/** Of each 200: 10 bad, 4 slow, 1 that hangs up within its body, 1 that does after it. */
function kindOf(id: number): Kind {
  const place = id % 200;
  if (place < 10) return 'bad';
  if (place < 14) return 'slow';
  if (place === 14) return 'cut off';
  if (place === 15) return 'hung up';
  return 'good';
}

const server = fork(fileURLToPath(new URL('./server.ts', import.meta.url)), [String(COUNT)], {
  execArgv: ['--import', 'tsx', '--expose-gc'],
});
const exited = once(server, 'exit');
process.on('exit', () => server.kill());
const [port] = await once(server, 'message');
const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });

const sent: Record<Kind, number> = { good: 0, bad: 0, slow: 0, 'cut off': 0, 'hung up': 0 };
const heaps: number[] = [];
let next = 0;
let tally = await ask();
const start = performance.now();

for (let checkpoint = 1; checkpoint <= CHECKPOINTS; checkpoint++) {
  await sendUntil(Math.round((COUNT * checkpoint) / CHECKPOINTS));
  tally = await ask();
  heaps.push(tally.heap);
  console.log(`${total(sent)} sent, heap ${(tally.heap / 2 ** 20).toFixed(1)} MB`);
}
agent.destroy();
server.send('stop');
const [exitCode] = await Promise.race([exited, sleep(10_000, ['still running'], { ref: false })]);

const seconds = Math.round((performance.now() - start) / 1000);
console.log(`\n${COUNT} reports in ${seconds} s:`, sent, tally);

assert.equal(total(sent), COUNT, 'all were sent');
assert.equal(tally.delivered, sent.good + sent.slow + sent['hung up'], 'delivered');
assert.equal(tally.repeated, 0, 'delivered more than once');
assert.deepEqual(
  tally.refused,
  { COPERNICA_REPORT_INVALID: sent.bad, COPERNICA_BODY_INVALID: sent['cut off'] },
  'refused',
);
const [early = 0, late = 0] = [heaps.slice(1, 4), heaps.slice(-3)].map((some) => Math.min(...some));
assert.ok(late - early < FLAT, `the heap has grown by ${late - early} bytes`);
assert.equal(exitCode, 0, 'the server ends by itself once it is closed');
console.log('Counts add up, the heap is flat, nothing is left open.');

async function sendUntil(end: number): Promise<void> {
  const ids = idsUntil(end);
  async function sendInTurn(): Promise<void> {
    for (const id of ids) await send(id);
  }
  await Promise.all(Array.from({ length: CONNECTIONS }, sendInTurn));
}

function* idsUntil(end: number): Generator<number> {
  while (next < end) yield next++;
}

async function send(id: number): Promise<void> {
  const kind = kindOf(id);
  sent[kind]++;
  const body = new URLSearchParams({ id: String(id), recipient: 'jane@example.com' });
  if (kind !== 'bad') body.append('state', 'rcptto');
  body.append('description', 'Utilisateur inconnu: la boîte aux lettres n’existe pas');
  body.append('tags[]', kind === 'slow' || kind === 'hung up' ? 'slow' : 'newsletter');
  const text = body.toString();
  const headers = {
    'Content-Type': 'application/x-www-form-urlencoded',
    'Content-Length': String(text.length),
  };
  const path = '/copernica/failures';
  const call = request({ host: '127.0.0.1', port, path, method: 'POST', agent, headers });
  if (kind === 'cut off') await hangUp(call, text.slice(0, text.length / 2));
  else if (kind === 'hung up') await hangUp(call, text);
  else assert.equal(await statusOf(call, text), kind === 'bad' ? 400 : 200, `report ${id}`);
}

/** Sends a body, or the start of one, and closes the connection before there is an answer. */
async function hangUp(call: ClientRequest, body: string): Promise<void> {
  call.on('error', () => undefined);
  await new Promise<void>((resolve) => call.write(body, () => resolve()));
  await sleep(10);
  call.destroy();
}

async function statusOf(call: ClientRequest, body: string): Promise<number | undefined> {
  call.setTimeout(10_000, () => call.destroy(new Error('Not answered within 10 s'))).end(body);
  const [response] = await once(call, 'response');
  response.resume();
  await once(response, 'end');
  return response.statusCode;
}

async function ask(): Promise<Tally> {
  server.send('tally');
  const [answer] = await once(server, 'message');
  return answer;
}

function total(counts: Record<string, number>): number {
  return Object.values(counts).reduce((sum, count) => sum + count, 0);
}
