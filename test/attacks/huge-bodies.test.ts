// Bodies that are too large, or never end: they need not arrive to be refused, and are not read to their
// end.
import { once } from 'node:events';
import { Agent, request } from 'node:http';
import {
  connect as connectHttp2,
  createServer as createHttp2Server,
  type ServerHttp2Stream,
} from 'node:http2';
import type { Socket } from 'node:net';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { copernicaFailures } from '../../lib/index.js';
import { deferred } from '../helpers/deferred.js';
import { type EndpointOptions, EXPRESS_5, NODE_HTTP } from '../helpers/endpoints.js';
import { REQUIRED, URLENCODED } from '../helpers/reports.js';
import { chunk, dial, LAST_CHUNK, listen, post, serve } from '../helpers/servers.js';

const MEGABYTE = 2 ** 20;

/** A POST whose connection may be used again. */
function head(headers: Record<string, string | number>): string {
  const fields = { Host: 'localhost', 'Content-Type': URLENCODED, ...headers };
  const lines = Object.entries(fields).map(([name, value]) => `${name}: ${value}\r\n`);
  return `POST / HTTP/1.1\r\n${lines.join('')}\r\n`;
}

/** The status of the answer that comes while the connection stays open. */
async function answerOn(socket: Socket): Promise<number> {
  const [bytes] = await once(socket, 'data');
  return Number(String(bytes).slice('HTTP/1.1 '.length, 'HTTP/1.1 200'.length));
}

describe.each([EXPRESS_5, NODE_HTTP])('on $name', ({ start }) => {
  const run = (options: EndpointOptions = {}) => start({ verify: false, ...options });

  it('a body announced as too large is refused before it is sent', async () => {
    const { port } = await run();
    const socket = await dial(port);
    socket.write(head({ 'Content-Length': 10 * MEGABYTE }));
    expect(await answerOn(socket)).toBe(413);
  });

  it('a body in chunks is refused as soon as it is too large', async () => {
    const { port } = await run({ limit: 100 });
    const socket = await dial(port);
    socket.write(head({ 'Transfer-Encoding': 'chunked' }));
    socket.write(chunk('x'.repeat(101)));
    expect(await answerOn(socket)).toBe(413);
  });

  it.each([
    ['with a length', { 'Content-Length': 6000 }, 'x'],
    ['in chunks', { 'Transfer-Encoding': 'chunked' }, chunk('x')],
  ])('a body in thousands of tiny parts is refused, %s', async (_, headers, part) => {
    const { port } = await run();
    const socket = await dial(port);
    socket.setNoDelay();
    socket.write(head(headers));
    const answer = answerOn(socket);
    // Without chunks, a part is what the server reads at a time.
    const pauses = 'Content-Length' in headers ? 1 : 100;
    for (let i = 0; i < 5000; i++) {
      socket.write(part);
      if (i % pauses === 0) await new Promise(setImmediate);
    }
    expect(await answer).toBe(400);
  });

  it('a report in chunks of one byte is delivered', async () => {
    const { port, delivered } = await run();
    const socket = await dial(port);
    socket.write(head({ 'Transfer-Encoding': 'chunked' }));
    for (const byte of REQUIRED) socket.write(chunk(byte));
    socket.write(LAST_CHUNK);
    expect(await answerOn(socket)).toBe(200);
    expect(delivered).toHaveLength(1);
  });

  it('a body of another type is refused before it is sent', async () => {
    const { port } = await run();
    const socket = await dial(port);
    socket.write(head({ 'Content-Type': 'application/json', 'Content-Length': 10 * MEGABYTE }));
    expect(await answerOn(socket)).toBe(415);
  });

  it.each([
    ['with a length', { 'Content-Length': 3000 }, 'x'.repeat(3000)],
    [
      'in chunks',
      { 'Transfer-Encoding': 'chunked' },
      [chunk('x'.repeat(3000)), '0\r\n\r\n'].join(''),
    ],
  ])(
    'an honest client uses its connection again after one that was too large, %s',
    async (_, headers, body) => {
      const { port, delivered } = await run({ limit: 1000 });
      const socket = await dial(port);
      socket.write(head(headers) + body);
      expect(await answerOn(socket)).toBe(413);
      socket.write(head({ 'Content-Length': REQUIRED.length }) + REQUIRED);
      expect(await answerOn(socket)).toBe(200);
      expect(delivered).toHaveLength(1);
    },
  );

  // About the size that is still read after a refusal, and the buffers on the way.
  const SIZES = [0.01, 0.5, 0.9, 1, 1.05, 1.1, 1.2, 1.5, 2];
  const FORMS: [string, (size: number) => string][] = [
    ['with a length', (size) => `${head({ 'Content-Length': size })}${'x'.repeat(size)}`],
    [
      'in chunks',
      (size) => {
        const chunks = Array.from({ length: Math.ceil(size / 8000) }, () =>
          chunk('x'.repeat(8000)),
        );
        return `${head({ 'Transfer-Encoding': 'chunked' })}${chunks.join('')}${LAST_CHUNK}`;
      },
    ],
  ];
  it.each(FORMS.flatMap(([form, make]) => SIZES.map((size) => [size, form, make] as const)))(
    'after a body of %f MB, %s, a good report is answered, or `close` was announced',
    async (megabytes, _, make) => {
      const { port } = await run({ limit: 1000 });
      const socket = await dial(port);
      let text = '';
      socket.on('data', (bytes) => {
        text += bytes;
      });
      const closed = new Promise((resolve) => socket.on('close', resolve));
      socket.on('error', () => undefined);
      socket.write(make(Math.round(megabytes * MEGABYTE)));
      await vi.waitUntil(() => text.includes('\r\n\r\n'), { timeout: 10_000, interval: 5 });
      expect(text).toMatch(/^HTTP\/1.1 413/);
      if (/^connection: close/im.test(text)) return;
      socket.write(head({ 'Content-Length': REQUIRED.length, Connection: 'close' }) + REQUIRED);
      await closed;
      expect(text).toContain('HTTP/1.1 200');
    },
  );

  it('a client that reads nothing before its chunks are sent gets its answer, and goes on', async () => {
    const { port } = await run({ limit: 1000 });
    const socket = await dial(port);
    socket.pause();
    socket.write(head({ 'Transfer-Encoding': 'chunked' }));
    for (let i = 0; i < 20; i++) {
      socket.write(chunk('x'.repeat(8000)));
      // Several segments, as of a client that makes its body meanwhile.
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
    socket.write(LAST_CHUNK);
    expect(await answerOn(socket.resume())).toBe(413);
    socket.write(head({ 'Content-Length': REQUIRED.length }) + REQUIRED);
    expect(await answerOn(socket)).toBe(200);
  });

  it('the connection of a complete request stays open, however long its body was', async () => {
    // Waits longer than a refused request is given before its connection is closed.
    const answers = deferred();
    const { port } = await run({ limit: 1000, onFailure: () => answers.promise });
    const socket = await dial(port);
    const statuses: string[] = [];
    socket.on('data', (bytes) => statuses.push(...(String(bytes).match(/HTTP\/1.1 \d+/g) ?? [])));
    socket.write(head({ 'Content-Length': MEGABYTE }) + 'x'.repeat(MEGABYTE));
    await vi.waitUntil(() => statuses.length === 1, { timeout: 10_000, interval: 5 });
    socket.write(head({ 'Content-Length': REQUIRED.length }) + REQUIRED);
    await new Promise((resolve) => setTimeout(resolve, 1200));
    answers.resolve();
    await vi.waitUntil(() => statuses.length === 2, { timeout: 10_000, interval: 5 });
    expect(statuses).toEqual(['HTTP/1.1 413', 'HTTP/1.1 200']);
  });

  it.each([0.5, 1.1, 3, 10])(
    'a client that waits for an answer to the whole of its %f megabytes gets it',
    async (megabytes) => {
      const { port } = await run();
      const agent = new Agent({ keepAlive: true });
      onTestFinished(() => agent.destroy());
      const body = 'x'.repeat(megabytes * MEGABYTE);
      for (let i = 0; i < 3; i++) {
        const headers = { 'Content-Type': URLENCODED };
        const req = request({ port, agent, method: 'POST', headers });
        req.end(body);
        const [res] = await once(req, 'response');
        expect(res.statusCode).toBe(413);
        await once(res.resume(), 'end');
        req.on('error', () => undefined);
      }
      expect((await post(port, body)).status).toBe(413);
    },
  );
});

it.each([
  ['announced', { 'Content-Length': 1000 * MEGABYTE }],
  ['in chunks', { 'Transfer-Encoding': 'chunked' }],
])('a client that sends without end, %s, is cut off after a megabyte', async (_, headers) => {
  const handle = copernicaFailures({ onFailure: () => undefined, limit: 1000 });
  let bytesRead = () => 0;
  const port = await serve((req, res) => {
    bytesRead = () => req.socket.bytesRead;
    void handle(req, res);
  });
  const socket = await dial(port);
  socket.on('error', () => undefined).resume();
  const closed = new Promise<void>((resolve) => socket.on('close', () => resolve()));
  socket.write(head(headers));
  const part = 'Transfer-Encoding' in headers ? chunk('x'.repeat(65_536)) : 'x'.repeat(65_536);
  (function flood(): void {
    while (!socket.destroyed && socket.write(part));
    if (!socket.destroyed) socket.once('drain', flood);
  })();
  await closed;
  expect(bytesRead()).toBeLessThan(1.5 * MEGABYTE);
});

it('a client gets its answer however long the error handler takes', async () => {
  const handle = copernicaFailures({ onFailure: () => undefined });
  const port = await serve((req, res) =>
    handle(req, res, () => setTimeout(() => res.writeHead(413).end(), 100)),
  );
  for (let i = 0; i < 3; i++) {
    expect((await post(port, 'x'.repeat(3 * MEGABYTE))).status).toBe(413);
  }
});

it('over HTTP/2 refuses bodies, and keeps no stream of them', async () => {
  const handle = copernicaFailures({ onFailure: () => undefined, limit: 100 });
  const server = createHttp2Server((req, res) => void handle(req, res));
  const streams = new Set<ServerHttp2Stream>();
  server.on('stream', (stream) => {
    streams.add(stream);
    stream.on('close', () => streams.delete(stream));
  });
  const client = connectHttp2(`http://127.0.0.1:${await listen(server)}`);
  onTestFinished(() => client.destroy());
  for (const [type, status] of [
    [URLENCODED, 413],
    ['text/plain', 415],
  ]) {
    for (const size of [101, 30_000, 2_000_000]) {
      const stream = client.request({ ':method': 'POST', 'content-type': type });
      stream.write('x'.repeat(size));
      // The first body of each type has no end.
      if (size > 101) stream.end();
      const [answer] = await once(stream, 'response');
      stream.resume();
      expect(answer[':status']).toBe(status);
    }
  }
  await vi.waitFor(() => expect(streams.size).toBe(0));
});
