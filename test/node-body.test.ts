import { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { PassThrough, Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { type NodeRequest, readBody, requireParsedBody } from '../lib/node-body.js';

import { expectRejection, thrownBy } from './helpers/rejections.js';
import { SECRET } from './helpers/reports.js';

/** A request with a body, as a serverless host makes it: without a connection. */
function request(
  headers: IncomingMessage['headers'],
  body?: string | Buffer,
  left: Partial<NodeRequest> = {},
): NodeRequest {
  const req = new IncomingMessage(new PassThrough() as unknown as Socket);
  req.method = 'POST';
  Object.assign(req.headers, headers);
  if (body !== undefined) req.push(body);
  req.push(null);
  return Object.assign(req, left);
}

function read(req: NodeRequest, limit = 100) {
  return readBody(req, new ServerResponse(req), limit);
}

/** Headers for a body of a length. */
function lengthOf(body: string | Buffer) {
  return { 'content-length': String(Buffer.byteLength(body)) };
}

describe('readBody', () => {
  it('gives the bytes as they were sent', async () => {
    const body = Buffer.from([0x61, 0x3d, 0xff, 0x00, 0x25, 0x45, 0x39]);
    expect(await read(request(lengthOf(body), body))).toEqual(body);
  });

  it.each([
    ['no header tells of a body', {}],
    ['Content-Length is 0', { 'content-length': '0' }],
    ['no chunk arrives', { 'transfer-encoding': 'chunked' }],
  ])('gives no bytes where %s', async (_, headers) => {
    expect(await read(request(headers))).toEqual(Buffer.alloc(0));
  });

  it('reads a body at the limit', async () => {
    const body = 'x'.repeat(100);
    expect(await read(request(lengthOf(body), body))).toHaveLength(100);
  });

  it.each([
    ['with Content-Length', lengthOf('x'.repeat(101))],
    ['in chunks', { 'transfer-encoding': 'chunked' }],
  ])('refuses a body over the limit %s', async (_, headers) => {
    const body = SECRET.padEnd(101, 'x');
    const error = await thrownBy(() => read(request(headers, body)));
    expectRejection(error, 413, 'COPERNICA_BODY_TOO_LARGE');
  });

  it.each([
    ['longer', '99'],
    ['shorter', '3'],
  ])('refuses a body when Content-Length says it is %s', async (_, length) => {
    const error = await thrownBy(() => read(request({ 'content-length': length }, SECRET)));
    expectRejection(error, 400, 'COPERNICA_BODY_INVALID');
  });

  it('refuses a body when the connection closes in its middle', async () => {
    const req = new IncomingMessage(new PassThrough() as unknown as Socket);
    req.headers['content-length'] = '99';
    req.push(SECRET);
    const bytes = read(req);
    req.destroy();
    expectRejection(await thrownBy(() => bytes), 400, 'COPERNICA_BODY_INVALID');
  });

  it('refuses a body when the connection is closed before it is read', async () => {
    const connection = new PassThrough();
    const req = new IncomingMessage(connection as unknown as Socket);
    req.headers['content-length'] = '99';
    req.push(SECRET);
    connection.destroy();
    expectRejection(await thrownBy(() => read(req)), 400, 'COPERNICA_BODY_INVALID');
  });

  it('reads no further once it has refused a body in many small parts', async () => {
    let reads = 0;
    const source = new Readable({
      highWaterMark: 1,
      read() {
        this.push(reads++ < 100_000 ? Buffer.from('x') : null);
      },
    });
    const req = Object.assign(source, { headers: {} }) as unknown as NodeRequest;
    expectRejection(await thrownBy(() => read(req, 200_000)), 400, 'COPERNICA_BODY_INVALID');
    await new Promise(setImmediate);
    expect(reads).toBeLessThan(1100);
    // Nor does body-parser keep what is discarded later.
    expect(req.listenerCount('data')).toBe(0);
  });

  it('refuses a body whose source is destroyed, and says nothing else', async () => {
    const req = Object.assign(new PassThrough(), { headers: {} });
    req.write('x');
    const bytes = read(req as unknown as NodeRequest);
    req.destroy();
    expectRejection(await thrownBy(() => bytes), 400, 'COPERNICA_BODY_INVALID');
  });

  it('hears an error of a request whose body it has refused', async () => {
    const req = Object.assign(new PassThrough(), { headers: {} });
    req.write('x'.repeat(101));
    const error = await thrownBy(() => read(req as unknown as NodeRequest));
    expectRejection(error, 413, 'COPERNICA_BODY_TOO_LARGE');
    req.destroy(new Error('reset'));
    await new Promise((resolve) => req.on('close', resolve));
  });

  it('leaves no bytes on req.body, since they may not be authentic', async () => {
    const req = request(lengthOf('sent'), 'sent');
    await read(req);
    expect(req.body).toBeUndefined();
  });

  it('prefers rawBody to the stream, whether that was read or not', async () => {
    const rawBody = Buffer.from('kept');
    const unread = request(lengthOf('sent'), 'sent', { rawBody });
    expect(await read(unread)).toEqual(rawBody);
    expect(unread.readableDidRead).toBe(false);
    const drained = request(lengthOf('sent'), 'sent', { rawBody });
    await drained.toArray();
    expect(await read(drained)).toEqual(rawBody);
  });

  it('gives a copy of rawBody, so that its owner may use the memory again', async () => {
    const rawBody = Buffer.from('kept');
    const bytes = await read(request({}, '', { rawBody }));
    rawBody.fill('x');
    expect(String(bytes)).toBe('kept');
  });

  it('takes a rawBody at the limit, and none over it', async () => {
    const at = request({}, '', { rawBody: Buffer.alloc(100) });
    expect(await read(at)).toHaveLength(100);
    const over = request({}, '', { rawBody: Buffer.from(SECRET.padEnd(101)) });
    expectRejection(await thrownBy(() => read(over)), 413, 'COPERNICA_BODY_TOO_LARGE');
  });

  it.each([['text'], [{ id: '1' }], [new Uint8Array(4)], [null]])(
    'reads the stream where rawBody is %o, no Buffer',
    async (rawBody) => {
      const req = request(lengthOf('sent'), 'sent', { rawBody });
      expect(String(await read(req))).toBe('sent');
    },
  );

  it('reads the stream where req.body is a Buffer, which may be over the limit', async () => {
    const body = Buffer.from(SECRET.padEnd(101, 'x'));
    const error = await thrownBy(() => read(request(lengthOf(body), body, { body })));
    expectRejection(error, 413, 'COPERNICA_BODY_TOO_LARGE');
  });

  it('reads the stream where req.body is an object and the body unread', async () => {
    const req = request(lengthOf('sent'), 'sent', { body: {} });
    expect(String(await read(req))).toBe('sent');
  });

  it('reads a stream that was paused', async () => {
    const req = request(lengthOf('sent'), 'sent');
    req.pause();
    expect(String(await read(req))).toBe('sent');
  });

  it('gives nothing when the stream was drained', async () => {
    const req = request(lengthOf('sent'), 'sent');
    await req.toArray();
    expect(await read(req)).toBeUndefined();
  });

  it('gives nothing when part of the stream was read', async () => {
    const req = request(lengthOf('sent'), 'sent');
    req.read(1);
    expect(await read(req)).toBeUndefined();
  });

  it('gives nothing when the stream was told to decode', async () => {
    const req = request(lengthOf('sent'), 'sent');
    req.setEncoding('utf8');
    expect(await read(req)).toBeUndefined();
  });

  it('gives nothing when something else waits to read the stream', async () => {
    const req = request(lengthOf('sent'), 'sent');
    req.on('readable', () => undefined);
    expect(await read(req)).toBeUndefined();
  });
});

describe('requireParsedBody', () => {
  it.each([
    ['nested variables', { tags: ['a'] }],
    ['flat variables', { 'tags[]': ['a'] }],
    ['an object without a prototype', Object.assign(Object.create(null), { id: '1' })],
  ])('gives %s as they are', (_, body) => {
    expect(requireParsedBody(request({}, '', { body }))).toBe(body);
  });

  it('takes an empty object for an empty body', () => {
    const body = {};
    expect(requireParsedBody(request({ 'content-length': '0' }, '', { body }))).toBe(body);
  });

  it.each([
    ['nothing', undefined],
    ['null', null],
    ['a text', `id=${SECRET}`],
    ['a Buffer', Buffer.from(`id=${SECRET}`)],
    ['a Uint8Array', new TextEncoder().encode(`id=${SECRET}`)],
    ['an empty object for a body that was not empty', {}],
  ])('refuses %s', async (_, body) => {
    const error = await thrownBy(() => requireParsedBody(request(lengthOf('sent'), '', { body })));
    expectRejection(error, 500, 'COPERNICA_BODY_CONSUMED');
  });
});
