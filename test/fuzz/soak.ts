import assert from 'node:assert/strict';
import { once } from 'node:events';
import { Agent, type ClientRequest, createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { copernicaFailures, FailureReportError } from 'copernica-failures';
import express, { type ErrorRequestHandler } from 'express';

const CHECKPOINTS = 10;
const CONNECTIONS = 20;
/** The time that `onFailure` takes for a slow report. */
const SLOW_MS = 50;
/** The heap may grow by this much from early on to the end. */
const MAX_GROWTH_BYTES = 2 * 2 ** 20;
/** The time within which the process must end. */
const MAX_END_MS = 10_000;

type Kind = 'good' | 'bad' | 'slow' | 'cut off' | 'hung up';

/** Of each 200 clients: 10 send a bad report, 4 a slow one, 1 hangs up within its body, 1 after it. */
function kindOf(id: number): Kind {
  const place = id % 200;
  if (place < 10) return 'bad';
  if (place < 14) return 'slow';
  if (place === 14) return 'cut off';
  if (place === 15) return 'hung up';
  return 'good';
}

/** Sends many reports to an Express app. The counts must add up, and nothing may be left behind. */
export async function soak(count: number): Promise<void> {
  assert.ok(
    Number.isInteger(count) && count >= 200,
    '--soak takes a number of reports from 200 on',
  );
  const delivered = new Uint8Array(count);
  const refused: Record<string, number> = {};
  const handler = copernicaFailures({
    async onFailure({ id, tags }) {
      delivered.set([(delivered[Number(id)] ?? 0) + 1], Number(id));
      if (tags.includes('slow')) await sleep(SLOW_MS);
    },
  });
  const onError: ErrorRequestHandler = (error, _req, res, _next) => {
    const { code, status } =
      error instanceof FailureReportError ? error : { code: 'other', status: 500 };
    refused[code] = (refused[code] ?? 0) + 1;
    res.sendStatus(status);
  };
  const server = createServer(express().use('/copernica/failures', handler).use(onError));
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });

  const sent: Record<Kind, number> = { good: 0, bad: 0, slow: 0, 'cut off': 0, 'hung up': 0 };
  const heaps: number[] = [];
  for (let checkpoint = 0; checkpoint < CHECKPOINTS; checkpoint++) {
    const [first, end] = [checkpoint, checkpoint + 1].map((i) => (count * i) / CHECKPOINTS);
    const ids = numbersBetween(Math.round(first ?? 0), Math.round(end ?? 0));
    const sendInTurn = async () => {
      for (const id of ids) {
        sent[kindOf(id)] += 1;
        await send(id, port, agent);
      }
    };
    await Promise.all(Array.from({ length: CONNECTIONS }, sendInTurn));
    heaps.push(await heapUsed());
    console.log(`${end} sent, heap ${((heaps.at(-1) ?? 0) / 2 ** 20).toFixed(1)} MB`);
  }
  agent.destroy();
  await new Promise((closed) => server.close(closed));

  assert.equal(delivered.filter(Boolean).length, sent.good + sent.slow + sent['hung up']);
  assert.ok(!delivered.some((times) => times > 1), 'none was delivered twice');
  assert.deepEqual(refused, {
    COPERNICA_REPORT_INVALID: sent.bad,
    COPERNICA_BODY_INVALID: sent['cut off'],
  });
  const early = Math.min(...heaps.slice(1, 4));
  const growth = Math.min(...heaps.slice(-3)) - early;
  assert.ok(growth < MAX_GROWTH_BYTES, `the heap has grown by ${growth} bytes`);
  console.log(sent, 'Counts add up, the heap is flat.');
  // If nothing is left open, the process ends by itself before this.
  setTimeout(() => assert.fail('something is left open'), MAX_END_MS).unref();
}

function* numbersBetween(first: number, end: number): Generator<number> {
  for (let number = first; number < end; number++) yield number;
}

async function send(id: number, port: number, agent: Agent): Promise<void> {
  const kind = kindOf(id);
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

/** Gives the heap after a collection, in bytes. A second one takes what a finished call has left. */
async function heapUsed(): Promise<number> {
  for (let i = 0; i < 2; i++) {
    await sleep(2 * SLOW_MS);
    assert.ok(globalThis.gc, 'needs node --expose-gc');
    globalThis.gc();
  }
  return process.memoryUsage().heapUsed;
}
