// Tests the Web handler with Web requests and streams, and its option `onRefused`.
import { runInNewContext } from 'node:vm';
import { describe, expect, it, vi } from 'vitest';
import { FailureReportError } from '../lib/index.js';
import { createTestSigner } from '../lib/testing.js';
import { copernicaFailures, type WebFailuresOptions } from '../lib/web.js';
import { expectRejection, thrownBy } from './helpers/rejections.js';
import { REQUIRED, SECRET, URLENCODED } from './helpers/reports.js';

const ADDRESS = 'https://hooks.example.com/copernica/failures?x=1';
const signer = createTestSigner({ account: 'account-1234', url: ADDRESS });
const verify = { account: 'account-1234', resolveTxt: signer.resolveTxt };

function handler(options: Partial<WebFailuresOptions> = {}) {
  const onFailure = vi.fn();
  const onRefused = vi.fn();
  return { onFailure, onRefused, handle: copernicaFailures({ onFailure, onRefused, ...options }) };
}

/** An unsigned request. */
function plain(init: RequestInit & { duplex?: 'half' } = {}): Request {
  const headers = { 'Content-Type': URLENCODED };
  return new Request(ADDRESS, { method: 'POST', headers, body: REQUIRED, ...init });
}

/** A body of these parts, and what was asked for of it. */
function streamOf(...parts: unknown[]) {
  const seen = { pulled: 0, cancelled: false };
  const body = new ReadableStream(
    {
      pull(controller) {
        const part = parts[seen.pulled++];
        if (part === undefined) controller.close();
        else controller.enqueue(part);
      },
      cancel() {
        seen.cancelled = true;
      },
    },
    { highWaterMark: 0 },
  );
  return { seen, init: { body, duplex: 'half' } as const };
}

describe('the Web handler', () => {
  it('gives onFailure the request, and answers with text', async () => {
    const { handle, onFailure, onRefused } = handler();
    const request = plain();
    const response = await handle(request);
    expect(response.headers.get('Content-Type')).toBe('text/plain; charset=utf-8');
    expect(onFailure.mock.calls[0]?.[1].request).toBe(request);
    expect(onRefused).not.toHaveBeenCalled();
  });

  it.each([
    ['with the Host it was sent with', (host: string) => ({ Host: host })],
    ['with the host of its address alone', () => ({})],
  ])('takes a signed request, %s', async (_, hostHeader) => {
    const { handle, onFailure } = handler({ verify });
    const { headers, body } = signer.sign(REQUIRED);
    const { Host = '', ...others } = headers;
    const request = plain({ headers: { ...others, ...hostHeader(Host) }, body });
    expect((await handle(request)).status).toBe(200);
    expect(onFailure).toHaveBeenCalledOnce();
  });

  it.each<[string, (bytes: Uint8Array) => unknown]>([
    ['ArrayBuffers', (bytes) => bytes.slice().buffer],
    ['bytes of another realm', (bytes) => runInNewContext('Uint8Array.from(bytes)', { bytes })],
    ['texts', (bytes) => new TextDecoder().decode(bytes)],
  ])('reads a body that comes as %s, no further than the limit', async (_, form) => {
    const read = async (limit: number) => {
      const bytes = new TextEncoder().encode(REQUIRED);
      const parts = [bytes.subarray(0, 9), bytes.subarray(9)].map(form);
      const { seen, init } = streamOf(...parts);
      const { handle, onFailure } = handler({ limit });
      const { status } = await handle(plain(init));
      return { status, delivered: onFailure.mock.calls.length, pulled: seen.pulled };
    };
    expect(await read(100)).toEqual({ status: 200, delivered: 1, pulled: 3 });
    expect(await read(8)).toEqual({ status: 413, delivered: 0, pulled: 1 });
  });

  it('copies each part of a body, whose source may use its memory again', async () => {
    const part = new Uint8Array(1);
    const bytes = new TextEncoder().encode(REQUIRED).values();
    const body = new ReadableStream({
      pull(controller) {
        const { value, done } = bytes.next();
        if (done) return controller.close();
        part[0] = value;
        controller.enqueue(part);
      },
    });
    const { handle, onFailure } = handler();
    expect((await handle(plain({ body, duplex: 'half' }))).status).toBe(200);
    expect(onFailure).toHaveBeenCalledOnce();
  });

  it.each<[string, unknown]>([
    ['an error', new Error('down')],
    ['nothing', undefined],
    ['an error of another receiver', new FailureReportError('COPERNICA_DATE_STALE', 'stale')],
  ])('throws on the very thing onFailure throws: %s', async (_, reason) => {
    const { handle, onRefused } = handler({ onFailure: () => Promise.reject(reason) });
    expect(await thrownBy(() => handle(plain()))).toBe(reason);
    expect(onRefused).not.toHaveBeenCalled();
  });
});

describe('the Web handler refuses', () => {
  const LARGE = { 'Content-Type': URLENCODED, 'Content-Length': '102401' };
  it.each<[string, number, Parameters<typeof expectRejection>[2], () => Request]>([
    ['HEAD', 405, 'COPERNICA_METHOD_UNSUPPORTED', () => new Request(ADDRESS, { method: 'HEAD' })],
    ['a body announced as large', 413, 'COPERNICA_BODY_TOO_LARGE', () => plain({ headers: LARGE })],
    ['no body', 400, 'COPERNICA_REPORT_INVALID', () => plain({ body: null })],
    ['an invalid report', 400, 'COPERNICA_REPORT_INVALID', () => plain({ body: `id=${SECRET}` })],
    [
      'a body of another length than announced',
      400,
      'COPERNICA_BODY_INVALID',
      () => plain({ headers: { 'Content-Type': URLENCODED, 'Content-Length': '9' } }),
    ],
    [
      'a body that is not made of bytes',
      400,
      'COPERNICA_BODY_INVALID',
      () => {
        const bytes = new TextEncoder().encode(`${REQUIRED}&x=`);
        return plain(streamOf(bytes, null).init);
      },
    ],
    [
      'a body that was used',
      500,
      'COPERNICA_BODY_CONSUMED',
      () => {
        const request = plain();
        void request.text();
        return request;
      },
    ],
    [
      'a body that something else is reading',
      500,
      'COPERNICA_BODY_CONSUMED',
      () => {
        const request = plain();
        request.body?.getReader();
        return request;
      },
    ],
  ])('%s with %i, and tells onRefused', async (_, status, code, makeRequest) => {
    const { handle, onFailure, onRefused } = handler();
    const request = makeRequest();
    const response = await handle(request);
    expect(response.status).toBe(status);
    expect(onRefused).toHaveBeenCalledOnce();
    const [error, told] = onRefused.mock.calls[0] ?? [];
    const { message, problems } = expectRejection(error, status, code);
    expect(told).toBe(request);
    expect(response.headers.get('Content-Type')).toBe('application/json; charset=utf-8');
    expect(await response.json()).toEqual({
      code,
      message: status < 500 ? message : expect.not.stringContaining(message),
      ...(problems && { problems }),
    });
    expect(onFailure).not.toHaveBeenCalled();
  });

  it('a large body without reading on', async () => {
    const { seen, init } = streamOf(...Array(20).fill('x'.repeat(60)));
    const response = await handler({ limit: 100 }).handle(plain(init));
    expect(response.status).toBe(413);
    expect(seen).toEqual({ pulled: 2, cancelled: true });
  });

  it('a large body of a request that was cloned, though nobody reads the clone', async () => {
    const request = plain(streamOf(...Array(20).fill('x'.repeat(60))).init);
    request.clone();
    expect((await handler({ limit: 100 }).handle(request)).status).toBe(413);
  });

  it('a large body whose source does not let go of it', async () => {
    const body = new ReadableStream({
      pull: (controller) => controller.enqueue(new Uint8Array(60)),
      cancel: () => Promise.reject(new Error('cannot')),
    });
    const response = await handler({ limit: 100 }).handle(plain({ body, duplex: 'half' }));
    expect(response.status).toBe(413);
  });

  it('a body that is announced as too large without reading it', async () => {
    const { seen, init } = streamOf('x');
    const headers = { 'Content-Type': URLENCODED, 'Content-Length': '101' };
    const response = await handler({ limit: 100 }).handle(plain({ ...init, headers }));
    expect(response.status).toBe(413);
    expect(seen.pulled).toBe(0);
  });
});

describe('onRefused', () => {
  it('is waited for', async () => {
    const steps: string[] = [];
    const { handle } = handler({
      async onRefused() {
        await new Promise(setImmediate);
        steps.push('logged');
      },
    });
    await handle(new Request(ADDRESS));
    expect(steps).toEqual(['logged']);
  });

  it('may fail, which the framework then hears of', async () => {
    const reason = new Error('log full');
    const { handle } = handler({ onRefused: () => Promise.reject(reason) });
    expect(await thrownBy(() => handle(new Request(ADDRESS)))).toBe(reason);
  });
});

describe('the options of the Web handler', () => {
  it.each<[string, unknown, string]>([
    ['none', undefined, 'onFailure'],
    ['no callback', {}, 'onFailure'],
    [
      'one that is unknown',
      { onFailure: Object, limits: 1 },
      'limits; known are onFailure, limit, verify, onRefused',
    ],
    ['onRefused that is no function', { onFailure: Object, onRefused: 'log' }, 'onRefused'],
    ['verify without account', { onFailure: Object, verify: {} }, 'verify.account'],
  ])('are refused: %s', (_, options, name) => {
    expect(() => copernicaFailures(options as never)).toThrow(TypeError);
    expect(() => copernicaFailures(options as never)).toThrow(name);
  });
});
