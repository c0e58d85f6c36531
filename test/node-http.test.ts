// Tests the handler on Node.js without a framework, where it answers everything itself: connections,
// and requests that a serverless host has made.
import { once } from 'node:events';
import { IncomingMessage, type RequestListener, ServerResponse } from 'node:http';
import { createServer as createHttpsServer, request as httpsRequest } from 'node:https';
import type { Socket } from 'node:net';
import { PassThrough } from 'node:stream';
import { generate } from 'selfsigned';
import { describe, expect, it, vi } from 'vitest';
import { type CopernicaFailuresOptions, copernicaFailures } from '../lib/index.js';
import { createTestSigner } from '../lib/testing.js';
import { type Deferred, deferred } from './helpers/deferred.js';
import { EXPRESS_5, NODE_HTTP } from './helpers/endpoints.js';
import { expectRejection } from './helpers/rejections.js';
import { REQUIRED, REQUIRED_REPORT, SECRET, URLENCODED } from './helpers/reports.js';
import { dial, exchange, head, listen, post, serve } from './helpers/servers.js';

function handler(options: Partial<CopernicaFailuresOptions> = {}) {
  const onFailure = vi.fn();
  return { onFailure, handle: copernicaFailures({ onFailure, ...options }) };
}

/** Serves the handler as a listener of its own: `createServer(handler)`. */
async function bare(options: Partial<CopernicaFailuresOptions> = {}) {
  const { onFailure, handle } = handler(options);
  return { onFailure, port: await serve(handle as RequestListener) };
}

/** The same with the response within reach of `onFailure`, which Express sees to elsewhere. */
function serveAnswering(answer: (res: ServerResponse) => unknown): Promise<number> {
  return serve((req, res) => handler({ onFailure: () => answer(res) }).handle(req, res));
}

describe('without next, the handler', () => {
  it.each<[unknown, number]>([
    [new Error(SECRET), 500],
    [Object.assign(new Error(SECRET), { status: 503 }), 503],
    [Object.assign(new Error(SECRET), { status: 200 }), 500],
    [Object.assign(new Error(SECRET), { status: 'bad' }), 500],
    [SECRET, 500],
    [Object.assign(new Error(SECRET), { statusCode: 418 }), 418],
    [{ status: 409 }, 409],
    [undefined, 500],
  ])('answers what onFailure throws, %o, with %i and without detail', async (reason, status) => {
    const { port } = await bare({ onFailure: () => Promise.reject(reason) });
    const response = await post(port, REQUIRED);
    expect(response.status).toBe(status);
    expect(await response.json()).toEqual({ message: expect.not.stringContaining(SECRET) });
  });

  it('leaves an answer alone that onFailure has given before it failed', async () => {
    const port = await serveAnswering((res) => {
      res.writeHead(202).end('mine');
      throw new Error('too late');
    });
    const response = await post(port, REQUIRED);
    expect([response.status, await response.text()]).toEqual([202, 'mine']);
  });

  it('cuts an answer off that onFailure had begun when it failed', async () => {
    const port = await serveAnswering((res) => {
      res.writeHead(200, { 'Content-Length': 100 }).write('begun');
      throw new Error('in the middle');
    });
    await expect(post(port, REQUIRED).then((response) => response.text())).rejects.toThrow();
  });
});

describe('the promise of the handler', () => {
  it('resolves once the call is answered', async () => {
    const steps: string[] = [];
    const { handle } = handler({
      async onFailure() {
        await new Promise(setImmediate);
        steps.push('done');
      },
    });
    const port = await serve(async (req, res) => {
      res.once('finish', () => steps.push('answered'));
      await handle(req, res);
      steps.push(`resolved ${res.statusCode} ${res.writableEnded}`);
    });
    await post(port, REQUIRED);
    expect(steps.slice(0, 2)).toEqual(['done', 'resolved 200 true']);
  });

  it('is not returned to hosts with a next: h3 v1 and restify would ignore what next is told', async () => {
    const returned: unknown[] = [];
    const { handle } = handler();
    const port = await serve((req, res) => {
      returned.push(handle(req, res, () => res.end()));
    });
    await post(port, REQUIRED);
    await post(port, `id=${SECRET}`);
    await fetch(`http://127.0.0.1:${port}`);
    expect(returned).toEqual([undefined, undefined, undefined]);
    expect(handle.constructor.name).toBe('Function');
  });
});

describe('where req.body cannot be written', () => {
  const throwing = {
    set() {
      throw new Error('read-only');
    },
    get: () => ({ id: 'old' }),
  };
  it.each<[string, PropertyDescriptor]>([
    ['it has a getter alone', { get: () => ({ id: 'old' }), configurable: true }],
    ['it is read-only', { value: { id: 'old' }, configurable: true }],
    ['its setter throws', { ...throwing, configurable: true }],
    ['its setter does nothing', { get: () => ({ id: 'old' }), set: () => undefined }],
    ['it can never be written', { value: { id: 'old' } }],
  ])('because %s, the report is delivered with its own variables', async (_, property) => {
    const { handle, onFailure } = handler();
    const port = await serve((req, res) => {
      Object.defineProperty(req, 'body', property);
      void handle(req, res);
    });
    expect((await post(port, `${REQUIRED}&new=1`)).status).toBe(200);
    const [report, req] = onFailure.mock.calls[0] ?? [];
    expect(report).toEqual(REQUIRED_REPORT);
    expect(req.body).toMatchObject({ new: '1' });
    expect(req.headers).toMatchObject({ 'content-type': URLENCODED });
    expect(req.url).toBe('/');
  });
});

describe('on a serverless host', () => {
  const signer = createTestSigner({ account: 'account-1' });
  const verify = { account: 'account-1', resolveTxt: signer.resolveTxt };

  /** A request and its answer as such a host makes them: without a connection. */
  async function invoke(rawHeaders: (headers: string[]) => unknown, body = REQUIRED) {
    const { onFailure, handle } = handler({ verify });
    const signed = signer.sign(body);
    const req = new IncomingMessage(new PassThrough() as unknown as Socket);
    const headers = Object.entries(signed.headers);
    Object.assign(req, {
      method: 'POST',
      url: '/copernica/failures',
      headers: Object.fromEntries(headers.map(([name, value]) => [name.toLowerCase(), value])),
      rawHeaders: rawHeaders(headers.flat()),
      rawBody: Buffer.from(body),
    });
    const res = new ServerResponse(req);
    const ended = once(res, 'finish');
    res.assignSocket(new PassThrough() as unknown as Socket);
    handle(req, res);
    await ended;
    return { status: res.statusCode, onFailure };
  }

  it.each<[string, (raw: string[]) => unknown]>([
    ['with raw headers', (raw) => raw],
    ['without values for some', (raw) => [...raw, 'Via', undefined, 'Forwarded', null]],
    ['with numbers for some', (raw) => [...raw, 'Content-Length', REQUIRED.length]],
    ['empty', () => []],
    ['absent', () => undefined],
  ])('a signed call is taken where rawHeaders are: %s', async (_, rawHeaders) => {
    const { status, onFailure } = await invoke(rawHeaders);
    expect(status).toBe(200);
    expect(onFailure).toHaveBeenCalledOnce();
  });
});

describe.each([EXPRESS_5, NODE_HTTP])('a connection to $name', ({ start }) => {
  const HEAD = head({ 'Content-Length': REQUIRED.length });

  it('can bring a report in two parts, its head before them', async () => {
    const { port, delivered } = await start({ verify: false });
    const socket = await dial(port);
    const answer = once(socket, 'data');
    socket.setNoDelay();
    await new Promise((sent) => socket.write(HEAD, sent));
    await new Promise((sent) => socket.write(REQUIRED.slice(0, 20), sent));
    socket.write(REQUIRED.slice(20));
    expect(String(await answer)).toMatch(/^HTTP\/1\.1 200 /);
    expect(delivered).toEqual([REQUIRED_REPORT]);
  });

  it('can ask first whether to send the body', async () => {
    const { port, delivered } = await start({ verify: false });
    const socket = await dial(port);
    socket.write(head({ 'Content-Length': REQUIRED.length, Expect: '100-continue' }));
    expect(String(await once(socket, 'data'))).toMatch(/^HTTP\/1\.1 100 /);
    socket.write(REQUIRED);
    expect(String(await once(socket, 'data'))).toMatch(/^HTTP\/1\.1 200 /);
    expect(delivered).toEqual([REQUIRED_REPORT]);
  });

  it('can bring two reports at once', async () => {
    const { port, delivered } = await start({ verify: false });
    const kept = head({ 'Content-Length': REQUIRED.length, Connection: 'keep-alive' });
    const { text } = await exchange(port, kept + REQUIRED, HEAD, REQUIRED);
    expect(text.match(/HTTP\/1\.1 200 /g)).toHaveLength(2);
    expect(delivered).toEqual([REQUIRED_REPORT, REQUIRED_REPORT]);
  });

  it('brings a report no longer than its Content-Length', async () => {
    const { port, delivered } = await start({ verify: false });
    await exchange(port, HEAD, `${REQUIRED}&code=550`);
    expect(delivered).toEqual([REQUIRED_REPORT]);
  });

  it('that the client half closes in the middle of a body delivers nothing', async () => {
    const { port, delivered, errors } = await start({ verify: false });
    const client = await dial(port);
    client.end(head({ 'Content-Length': REQUIRED.length + 1 }) + REQUIRED);
    await once(client.resume(), 'close');
    if (errors) expectRejection(errors[0], 400, 'COPERNICA_BODY_INVALID');
    expect(delivered).toEqual([]);
  });

  it.each<[string, (gate: Deferred<void>) => void, number]>([
    ['resolves', (gate) => gate.resolve(), 0],
    ['rejects', (gate) => gate.reject(new Error('down')), 1],
  ])(
    'that is reset while onFailure runs, which %s, harms no later one',
    async (_, settle, failures) => {
      const [started, gate] = [deferred(), deferred()];
      const { port, delivered, errors, requested } = await start({
        verify: false,
        onFailure() {
          started.resolve();
          return delivered.length === 1 ? gate.promise : undefined;
        },
      });
      const client = await dial(port);
      client.write(HEAD + REQUIRED);
      await started.promise;
      const { socket } = await requested;
      const closed = new Promise((resolve) => socket.once('close', resolve));
      client.resetAndDestroy();
      await closed;
      settle(gate);
      expect((await post(port, REQUIRED)).status).toBe(200);
      expect(delivered).toEqual([REQUIRED_REPORT, REQUIRED_REPORT]);
      if (errors) expect(errors).toHaveLength(failures);
    },
  );
});

it('receives a report over HTTPS', async () => {
  const { private: key, cert } = await generate([{ name: 'commonName', value: 'localhost' }]);
  const { handle, onFailure } = handler();
  const port = await listen(createHttpsServer({ key, cert }, (req, res) => void handle(req, res)));
  const sent = httpsRequest({
    port,
    host: '127.0.0.1',
    servername: 'localhost',
    ca: cert,
    method: 'POST',
    headers: { 'Content-Type': URLENCODED },
  });
  sent.end(REQUIRED);
  const [response] = (await once(sent, 'response')) as [IncomingMessage];
  expect(response.statusCode).toBe(200);
  expect(String(Buffer.concat(await response.toArray()))).toBe('OK');
  expect(onFailure.mock.calls[0]?.[0]).toEqual(REQUIRED_REPORT);
});
