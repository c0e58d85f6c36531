import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import type { Property } from '../../../../test/fuzz/property.js';
import { type Desk, endAll, startDesk, until } from '../processes.js';
import { type DeskRequest, deskRequests, TOKEN } from './desk-requests.js';

/** Far more than any request takes, even on a busy machine. */
const TOO_LONG = 30_000;
/** How much larger the heap may be afterwards: caches fill up to their limits. In bytes. */
const GROWTH = 25e6;
/** From this number of groups on, a leak of a kilobyte a request exceeds the growth of caches. */
const MANY = 5000;

/** A property of the desk that must hold for any requests. */
export const DESK_PROPERTY: Property = {
  title: 'the desk answers every request or refuses it, holds nothing of it, and ends with 0',
  check: ({ numRuns, seed }) => fuzzDesk({ numRuns: Math.ceil(numRuns / 5), seed }),
};

/** Sends requests of all kinds to a desk in a process of its own, several at a time. */
async function fuzzDesk({ numRuns, seed }: { numRuns: number; seed: number }) {
  const directory = await mkdtemp(join(tmpdir(), 'desk-fuzz-'));
  try {
    const desk = await startDesk({ DATA_DIRECTORY: directory, DESK_TOKEN: TOKEN });
    const groups = fc.array(deskRequests, { minLength: 1, maxLength: 8 });
    const sent = fc.asyncProperty(groups, async (requests) => {
      await Promise.all(requests.map((request) => send(desk, request)));
    });
    // Code and caches that the first requests load stay in memory.
    await fc.assert(sent, { numRuns: Math.ceil(numRuns / 10), seed: seed + 1 });
    const before = await desk.vitals();
    await fc.assert(sent, { numRuns, seed });
    await until(async () => (await desk.vitals()).resources <= before.resources + 5);
    const { heap } = await desk.vitals();
    const hasRoom = numRuns < MANY || heap - before.heap < GROWTH;
    assert.ok(hasRoom, `the heap has grown by ${heap - before.heap} bytes`);
    assert.equal(await desk.end('SIGTERM'), 0);
  } finally {
    await endAll();
    await rm(directory, { recursive: true, force: true });
  }
}

async function send(desk: Desk, { head, body, cut, times }: DeskRequest): Promise<void> {
  const { hostname, port } = new URL(desk.url);
  const socket = connect(Number(port), hostname).on('error', () => undefined);
  await once(socket, 'connect');
  const request = Buffer.concat([Buffer.from(head, 'latin1'), body]);
  const bytes = Buffer.concat(Array.from({ length: times }, () => request));
  if (cut !== undefined) {
    socket.write(bytes.subarray(0, cut), () => socket.destroy());
    return;
  }
  socket.write(bytes);
  const status = await readStatus(socket);
  socket.destroy();
  // If a request is not HTTP, Node.js itself may close the connection.
  assert.ok(status === undefined || status < 500 || status === 503, `answered ${status}`);
}

/** The status of the answer; undefined if the connection is closed without one. */
async function readStatus(socket: ReturnType<typeof connect>): Promise<number | undefined> {
  const late = setTimeout(() => socket.destroy(new Error('late')), TOO_LONG);
  let text = '';
  try {
    for await (const chunk of socket) {
      text += chunk.toString('latin1');
      const final = text.replace('HTTP/1.1 100 Continue\r\n\r\n', '');
      const [, status] = /^HTTP\/1\.1 (\d{3}) /.exec(final) ?? [];
      if (status && status !== '100') return Number(status);
    }
    return undefined;
  } catch (error) {
    assert.notEqual((error as Error).message, 'late', 'not answered in time');
    return undefined;
  } finally {
    clearTimeout(late);
  }
}
