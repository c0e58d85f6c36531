// Where no framework stands around the handler: without `next`, with one that throws, on HTTP/2, and
// where a serverless host has made the request.
import { once } from 'node:events';
import { IncomingMessage, type RequestListener, ServerResponse } from 'node:http';
import {
  connect,
  constants,
  createServer as createHttp2Server,
  type ServerHttp2Stream,
} from 'node:http2';
import type { AddressInfo, Socket } from 'node:net';
import { PassThrough } from 'node:stream';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { type CopernicaFailuresOptions, copernicaFailures } from '../lib/index.js';
import { createTestSigner } from '../lib/testing.js';
import { REQUIRED, REQUIRED_REPORT, SECRET, URLENCODED } from './helpers/reports.js';
import { post, serve } from './helpers/servers.js';

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
  it('answers a report', async () => {
    const { port, onFailure } = await bare();
    expect((await post(port, REQUIRED)).status).toBe(200);
    expect(onFailure.mock.calls[0]?.[0]).toEqual(REQUIRED_REPORT);
  });

  it.each(['GET', 'HEAD', 'PUT', 'DELETE'])('answers 404 to %s', async (method) => {
    const { port } = await bare();
    expect((await fetch(`http://127.0.0.1:${port}`, { method })).status).toBe(404);
  });

  it('answers an invalid report itself, with all its problems and nothing that was sent', async () => {
    const { port } = await bare();
    const response = await post(port, `id=${SECRET}&code=${SECRET}`);
    expect(response.status).toBe(400);
    expect(response.headers.get('content-type')).toBe('application/json; charset=utf-8');
    const text = await response.text();
    expect(text).not.toContain(SECRET);
    expect(JSON.parse(text)).toMatchObject({
      code: 'COPERNICA_REPORT_INVALID',
      problems: expect.arrayContaining([expect.objectContaining({ path: '/code' })]),
    });
  });

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
    expect(await response.json()).toEqual({ message: 'The report could not be taken' });
  });

  it.each<[string, () => unknown]>([
    [
      'whose status cannot be read',
      () =>
        Object.defineProperty(new Error(SECRET), 'status', {
          get() {
            throw new Error('unreadable');
          },
        }),
    ],
    [
      'that cannot be looked at',
      () => {
        const { proxy, revoke } = Proxy.revocable({}, {});
        revoke();
        return proxy;
      },
    ],
  ])('survives an error %s, and takes the next report', async (_, makeError) => {
    const onFailure = vi.fn().mockImplementationOnce(() => {
      throw makeError();
    });
    const { port } = await bare({ onFailure });
    await post(port, REQUIRED).then(
      (response) => expect(response.ok).toBe(false),
      (error) => expect(error).toBeInstanceOf(TypeError),
    );
    expect((await post(port, REQUIRED)).status).toBe(200);
  });

  it('says when to come again', async () => {
    const verify = {
      account: 'account-1',
      resolveTxt: () => Promise.reject(Object.assign(new Error(), { code: 'ESERVFAIL' })),
    };
    const { port } = await bare({ verify });
    const url = `http://127.0.0.1:${port}/`;
    const { headers, body } = createTestSigner({ account: 'account-1', url }).sign(REQUIRED);
    const response = await fetch(url, { method: 'POST', headers, body });
    expect(response.status).toBe(503);
    expect(response.headers.get('retry-after')).toBe('30');
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

describe('with a next that fails, the handler answers with the status of the error', () => {
  type Next = (res: ServerResponse) => (error?: unknown) => unknown;
  it.each<[string, Next]>([
    [
      'it throws',
      () => () => {
        throw new Error('no error handler');
      },
    ],
    ['it rejects', () => () => Promise.reject(new Error('no error handler'))],
    [
      'it takes code for a status, as polka does',
      (res) => (error) => {
        res.statusCode = (error as { code: never }).code;
        res.end('refused');
      },
    ],
  ])('%s', async (_, next) => {
    const { handle } = handler();
    const port = await serve((req, res) => handle(req, res, next(res)));
    const response = await post(port, `id=${SECRET}`);
    expect(response.status).toBe(400);
    expect(await response.json()).toHaveProperty('code', 'COPERNICA_REPORT_INVALID');
  });

  it.each<[string, () => unknown]>([
    [
      'throws',
      () => {
        throw Object.assign(new Error(SECRET), { status: 501 });
      },
    ],
    ['rejects', () => Promise.reject(Object.assign(new Error(SECRET), { status: 501 }))],
  ])('it %s for another method', async (_, next) => {
    const { handle } = handler();
    const port = await serve((req, res) => handle(req, res, next));
    const response = await fetch(`http://127.0.0.1:${port}`);
    expect(response.status).toBe(501);
    expect(await response.text()).not.toContain(SECRET);
  });
});

describe('on HTTP/2', () => {
  async function serveHttp2(options: Partial<CopernicaFailuresOptions> = {}) {
    const { onFailure, handle } = handler(options);
    const server = createHttp2Server((req, res) => handle(req, res));
    const streams = new Set<ServerHttp2Stream>();
    server.on('stream', (stream) => {
      streams.add(stream);
      stream.on('close', () => streams.delete(stream));
    });
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const { port } = server.address() as AddressInfo;
    const client = connect(`http://127.0.0.1:${port}`);
    onTestFinished(() => {
      client.destroy();
      server.close();
    });
    /** Sends a POST whose headers say nothing of a body, as HTTP/2 allows. */
    async function send(headers: Record<string, string>, ...body: string[]) {
      const stream = client.request({ ':method': 'POST', ':path': '/failures?x', ...headers });
      for (const part of body) stream.write(part);
      stream.end();
      const [answer] = await once(stream, 'response');
      stream.resume();
      return answer[constants.HTTP2_HEADER_STATUS];
    }
    return { onFailure, port, send, streams };
  }

  it.each([
    ['a body without a length', [REQUIRED]],
    ['a body in pieces', [REQUIRED.slice(0, 5), REQUIRED.slice(5)]],
  ])('it takes %s', async (_, body) => {
    const { send, onFailure } = await serveHttp2();
    expect(await send({ 'content-type': URLENCODED }, ...body)).toBe(200);
    expect(onFailure.mock.calls[0]?.[0]).toEqual(REQUIRED_REPORT);
  });

  it.each([
    ['over the limit', 413, { 'content-type': URLENCODED }],
    ['of another type', 415, { 'content-type': 'text/plain' }],
  ])('it refuses bodies %s, and keeps nothing of them', async (_, status, headers) => {
    const { send, streams } = await serveHttp2({ limit: 100 });
    for (const size of [101, 30_000, 2_000_000]) {
      expect(await send(headers, 'x'.repeat(size))).toBe(status);
    }
    await vi.waitFor(() => expect(streams.size).toBe(0));
  });

  it('it counts the bytes of the body for the Content-Length that was signed', async () => {
    const url = 'https://shop.example.com/failures';
    const signer = createTestSigner({ account: 'account-1', url });
    const verify = { account: 'account-1', resolveTxt: signer.resolveTxt, url };
    const { send, onFailure } = await serveHttp2({ verify });
    const { headers, body } = signer.sign(REQUIRED);
    const { Host: _, ...sent } = headers;
    expect(await send(sent, body.slice(0, 9), body.slice(9))).toBe(200);
    expect(onFailure).toHaveBeenCalledOnce();
  });

  it('it takes :authority for the host that was signed', async () => {
    const resolveTxt = (name: string) => signer.resolveTxt(name);
    const { send, port, onFailure } = await serveHttp2({
      verify: { account: 'account-1', resolveTxt },
    });
    const signer = createTestSigner({
      account: 'account-1',
      url: `http://127.0.0.1:${port}/failures?x`,
    });
    const { headers, body } = signer.sign(REQUIRED);
    const { Host: _, ...sent } = headers;
    expect(await send(sent, body)).toBe(200);
    expect(await send({ ...sent, ':authority': 'other.example.com' }, body)).toBe(401);
    expect(onFailure).toHaveBeenCalledOnce();
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
