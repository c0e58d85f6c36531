import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { createServer, request as httpsRequest } from 'node:https';
import { gzipSync } from 'node:zlib';
import { generate } from 'selfsigned';
import { describe, expect, it } from 'vitest';
import { copernicaFailures, type FailureReport } from '../lib/index.js';
import { type Deferred, deferred } from './helpers/deferred.js';
import { HOSTS, run } from './helpers/hosts.js';
import { expectRejection } from './helpers/rejections.js';
import { REQUIRED, REQUIRED_REPORT, SECRET, URLENCODED } from './helpers/reports.js';
import { chunk, dial, exchange, head, LAST_CHUNK, listen, post } from './helpers/servers.js';

const CHUNKED = head({ 'Transfer-Encoding': 'chunked' });

/** Made for this run only. */
const certificate = generate([{ name: 'commonName', value: 'localhost' }]);

/** The head for a body of this length. */
function sized(length: number, headers: Record<string, string> = {}): string {
  return head({ ...headers, 'Content-Length': length });
}

/** `REQUIRED`, made this long with a description. */
function padded(length: number): string {
  return `${REQUIRED}&description=`.padEnd(length, 'x');
}

describe.each(HOSTS)('on $name, the handler', ({ host }) => {
  it('delivers a report and answers once, 200 OK', async () => {
    const { port, delivered } = await run(host);
    const { status, text } = await exchange(port, sized(REQUIRED.length), REQUIRED);
    expect(status).toBe(200);
    expect(text.match(/HTTP\/1\.1/g)).toHaveLength(1);
    expect(text).toMatch(/\r\n\r\nOK$/);
    expect(text).toMatch(/\r\ncontent-type: text\/plain; charset=utf-8\r\n/i);
    expect(text).toMatch(/\r\ncontent-length: 2\r\n/i);
    expect(delivered).toEqual([REQUIRED_REPORT]);
  });

  it('leaves what is not a POST to next()', async () => {
    const { port, delivered, errors } = await run(host);
    expect((await fetch(`http://127.0.0.1:${port}/`)).status).toBe(404);
    expect(delivered).toEqual([]);
    expect(errors).toEqual([]);
  });

  describe('reads', () => {
    const BODY = Buffer.from(`${REQUIRED}&description=caf%C3%A9+é+%41&tags%5B%5D=x`);
    const REPORT = { ...REQUIRED_REPORT, description: 'café é A', tags: ['x'] };

    it('a chunked body', async () => {
      const { port, delivered } = await run(host);
      const bytes = [CHUNKED, chunk(BODY), LAST_CHUNK];
      expect((await exchange(port, ...bytes)).status).toBe(200);
      expect(delivered).toEqual([REPORT]);
    });

    it('chunks of one byte, within escapes and characters', async () => {
      const { port, delivered } = await run(host);
      const chunks = [...BODY].map((byte) => chunk(Buffer.of(byte)));
      expect((await exchange(port, CHUNKED, ...chunks, LAST_CHUNK)).status).toBe(200);
      expect(delivered).toEqual([REPORT]);
    });

    it('a body that arrives after its head, in two parts', async () => {
      const { port, delivered } = await run(host);
      const socket = await dial(port);
      const answer = once(socket, 'data');
      socket.setNoDelay();
      await new Promise((sent) => socket.write(sized(BODY.length), sent));
      await new Promise((sent) => socket.write(BODY.subarray(0, 20), sent));
      socket.write(BODY.subarray(20));
      expect(String(await answer)).toMatch(/^HTTP\/1\.1 200 /);
      expect(delivered).toEqual([REPORT]);
    });

    it('a body the client first asks to send', async () => {
      const { port, delivered } = await run(host);
      const socket = await dial(port);
      socket.write(sized(BODY.length, { Expect: '100-continue' }));
      expect(String(await once(socket, 'data'))).toMatch(/^HTTP\/1\.1 100 /);
      socket.write(BODY);
      expect(String(await once(socket, 'data'))).toMatch(/^HTTP\/1\.1 200 /);
      expect(delivered).toEqual([REPORT]);
    });

    it('two reports that were sent at once on one connection', async () => {
      const { port, delivered } = await run(host);
      const first = sized(REQUIRED.length, { Connection: 'keep-alive' }) + REQUIRED;
      const { text } = await exchange(port, first, sized(BODY.length), BODY);
      expect(text.match(/HTTP\/1\.1 200 /g)).toHaveLength(2);
      expect(delivered).toEqual([REQUIRED_REPORT, REPORT]);
    });

    it('a body up to the length its head tells', async () => {
      const { port, delivered } = await run(host);
      await exchange(port, sized(REQUIRED.length), `${REQUIRED}&code=550`);
      expect(delivered).toEqual([REQUIRED_REPORT]);
    });

    it.each([
      ['in upper case', URLENCODED.toUpperCase(), 'café'],
      ['with charset=utf-8', `${URLENCODED}; charset=utf-8`, 'café'],
      ['with a quoted charset', `${URLENCODED}; charset="UTF-8"`, 'café'],
      ['with a parameter', `${URLENCODED};boundary=x`, 'café'],
      ['with charset=iso-8859-1', `${URLENCODED}; charset=iso-8859-1`, 'cafÃ©'],
    ])('a content type %s', async (_, type, description) => {
      const { port, delivered } = await run(host);
      const body = `${REQUIRED}&description=caf%C3%A9`;
      expect((await post(port, body, { 'content-type': type })).status).toBe(200);
      expect(delivered).toEqual([{ ...REQUIRED_REPORT, description }]);
    });

    it.each([
      ['a Content-Length of 0', [sized(0)]],
      ['no Content-Length', [head({})]],
      ['no chunk', [CHUNKED, LAST_CHUNK]],
    ])('an empty body with %s as an invalid report', async (_, bytes) => {
      const { port, delivered, errors } = await run(host);
      expect((await exchange(port, ...bytes)).status).toBe(400);
      expectRejection(errors[0], 400, 'COPERNICA_REPORT_INVALID');
      expect(delivered).toEqual([]);
    });
  });

  describe('refuses', () => {
    const LIMIT = 2000;
    const OVER = padded(LIMIT + 1);
    const LARGE = padded(500_000);
    const HALVES = [LARGE.slice(0, LIMIT), LARGE.slice(LIMIT)].map(chunk);
    const GZIPPED = gzipSync(REQUIRED);

    it.each<[string, number, Parameters<typeof expectRejection>[2], (string | Buffer)[]]>([
      ['one byte over the limit', 413, 'COPERNICA_BODY_TOO_LARGE', [sized(OVER.length), OVER]],
      ['far over the limit', 413, 'COPERNICA_BODY_TOO_LARGE', [sized(LARGE.length), LARGE]],
      [
        'one byte over the limit, chunked',
        413,
        'COPERNICA_BODY_TOO_LARGE',
        [CHUNKED, chunk(OVER), LAST_CHUNK],
      ],
      [
        'far over the limit, chunked',
        413,
        'COPERNICA_BODY_TOO_LARGE',
        [CHUNKED, ...HALVES, LAST_CHUNK],
      ],
      [
        'compressed',
        415,
        'COPERNICA_MEDIA_TYPE_UNSUPPORTED',
        [sized(GZIPPED.length, { 'Content-Encoding': 'gzip' }), GZIPPED],
      ],
      [
        'JSON',
        415,
        'COPERNICA_MEDIA_TYPE_UNSUPPORTED',
        [sized(2, { 'Content-Type': 'application/json' }), '{}'],
      ],
      [
        'of an unknown charset',
        415,
        'COPERNICA_MEDIA_TYPE_UNSUPPORTED',
        [sized(1, { 'Content-Type': `${URLENCODED}; charset=gbk` }), 'a'],
      ],
      [
        'of no type',
        415,
        'COPERNICA_MEDIA_TYPE_UNSUPPORTED',
        [
          `POST / HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Length: ${REQUIRED.length}\r\n\r\n`,
          REQUIRED,
        ],
      ],
    ])('a body %s, and goes on: %i %s', async (_, status, code, bytes) => {
      const { port, delivered, errors } = await run(host, { limit: LIMIT });
      const answer = await exchange(port, ...bytes);
      expect(answer.status).toBe(status);
      expect(answer.text.match(/HTTP\/1\.1/g)).toHaveLength(1);
      expect(answer.text).not.toContain(SECRET);
      expect(errors).toHaveLength(1);
      expectRejection(errors[0], status, code);
      expect(delivered).toEqual([]);
      expect((await post(port, REQUIRED)).status).toBe(200);
      expect(delivered).toHaveLength(1);
    });

    it('no body at the limit', async () => {
      const { port, delivered } = await run(host, { limit: LIMIT });
      const body = padded(LIMIT);
      expect((await exchange(port, sized(LIMIT), body)).status).toBe(200);
      expect((await exchange(port, CHUNKED, chunk(body), LAST_CHUNK)).status).toBe(200);
      expect(delivered).toHaveLength(2);
    });
  });

  describe('when the client hangs up', () => {
    it.each([
      ['in the middle of the body', sized(REQUIRED.length + 1) + REQUIRED],
      ['before the body', sized(REQUIRED.length)],
      ['after a chunk', CHUNKED + chunk(REQUIRED)],
      ['within a chunk', CHUNKED + chunk(REQUIRED).subarray(0, 20)],
    ])('%s, delivers nothing and goes on', async (_, bytes) => {
      const { port, delivered, errors, requested, failed } = await run(host);
      const client = await dial(port);
      client.write(bytes);
      await requested;
      client.resetAndDestroy();
      expectRejection(await failed, 400, 'COPERNICA_BODY_INVALID');
      expect((await post(port, REQUIRED)).status).toBe(200);
      expect(delivered).toEqual([REQUIRED_REPORT]);
      expect(errors).toHaveLength(1);
    });

    it('by closing its side in the middle of the body, delivers nothing', async () => {
      const { port, delivered, failed } = await run(host);
      const client = await dial(port);
      client.end(sized(REQUIRED.length + 1) + REQUIRED);
      expectRejection(await failed, 400, 'COPERNICA_BODY_INVALID');
      expect(delivered).toEqual([]);
    });

    it.each<[string, (gate: Deferred<void>) => void, number]>([
      ['resolves', (gate) => gate.resolve(), 0],
      ['rejects', (gate) => gate.reject(new Error('down')), 1],
    ])(
      'while onFailure runs, which %s, has run it once and goes on',
      async (_, settle, failures) => {
        const [started, gate] = [deferred<IncomingMessage>(), deferred()];
        const { port, delivered, errors } = await run(host, {
          onFailure(_report, req) {
            if (delivered.length > 1) return;
            started.resolve(req);
            return gate.promise;
          },
        });
        const client = await dial(port);
        client.write(sized(REQUIRED.length) + REQUIRED);
        const { socket } = await started.promise;
        const closed = new Promise((resolve) => socket.once('close', resolve));
        client.resetAndDestroy();
        await closed;
        settle(gate);
        expect((await post(port, REQUIRED)).status).toBe(200);
        expect(delivered).toEqual([REQUIRED_REPORT, REQUIRED_REPORT]);
        expect(errors).toHaveLength(failures);
      },
    );
  });

  it('answers no sooner than the promise of onFailure is resolved', async () => {
    const [started, gate] = [deferred(), deferred()];
    const { port } = await run(host, {
      onFailure() {
        started.resolve();
        return gate.promise;
      },
    });
    let answered = false;
    const response = post(port, REQUIRED).finally(() => {
      answered = true;
    });
    await started.promise;
    // An answer sent too soon would have come before those to later requests.
    for (let later = 0; later < 3; later += 1) await fetch(`http://127.0.0.1:${port}/`);
    expect(answered).toBe(false);
    gate.resolve();
    expect((await response).status).toBe(200);
  });

  it('answers what onFailure rejects with, not 200', async () => {
    const reason = new Error('database is down');
    const { port, errors } = await run(host, { onFailure: () => Promise.reject(reason) });
    const { status, text } = await exchange(port, sized(REQUIRED.length), REQUIRED);
    expect(status).toBe(500);
    expect(text.match(/HTTP\/1\.1/g)).toHaveLength(1);
    expect(errors).toEqual([reason]);
    expect(errors[0]).toBe(reason);
  });

  it('delivers each of 500 reports that come at the same time once', {
    timeout: 30_000,
  }, async () => {
    const { port, delivered } = await run(host, {
      onFailure: () => new Promise(setImmediate),
    });
    const ids = Array.from({ length: 500 }, (_, index) => `message-${index}`);
    const responses = await Promise.all(
      ids.map((id) => post(port, `id=${id}&recipient=${id}%40example.com&state=data`)),
    );
    expect(new Set(responses.map(({ status }) => status))).toEqual(new Set([200]));
    expect(delivered.map(({ id }) => id).sort()).toEqual(ids.sort());
    expect(delivered.every(({ id, recipient }) => recipient === `${id}@example.com`)).toBe(true);
  });

  it('receives reports over HTTPS', async () => {
    const { private: key, cert } = await certificate;
    const delivered: FailureReport[] = [];
    const handler = copernicaFailures({ onFailure: (report) => void delivered.push(report) });
    const errors: unknown[] = [];
    const listener = host(handler, (error) => errors.push(error));
    const port = await listen(createServer({ key, cert }, listener));
    const request = httpsRequest({
      port,
      host: '127.0.0.1',
      servername: 'localhost',
      ca: cert,
      method: 'POST',
      headers: { 'Content-Type': URLENCODED },
    });
    request.end(REQUIRED);
    const [response] = (await once(request, 'response')) as [IncomingMessage];
    expect(response.statusCode).toBe(200);
    expect(String(Buffer.concat(await response.toArray()))).toBe('OK');
    expect(delivered).toEqual([REQUIRED_REPORT]);
    expect(errors).toEqual([]);
  });
});
