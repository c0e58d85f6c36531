import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Http2ServerRequest } from 'node:http2';
import bodyParser from 'body-parser';
import getRawBody from 'raw-body';
import {
  bodyConsumedError,
  bodyTooLargeError,
  bodyTruncatedError,
  copyWithinLimit,
} from './body.js';
import { createError } from './errors.js';

/** A request of `node:http`, as body parsers, routers and serverless hosts may have changed it. */
export type NodeRequest = IncomingMessage & {
  /** All variables that were sent, documented or not, nested. */
  body?: unknown;
  /** The bytes as sent, if a serverless host or a body parser has kept them. */
  rawBody?: unknown;
  /** The whole `url`, if a router has cut it. */
  originalUrl?: string;
};

/**
 * Reads the body of a request with body-parser. Returns `undefined` if something upstream has read the
 * bytes and kept no `req.rawBody`.
 *
 * @param limit the largest body, in bytes
 */
export function readBody(
  req: NodeRequest,
  res: ServerResponse,
  limit: number,
): Buffer | Promise<Buffer> | undefined {
  if (Buffer.isBuffer(req.rawBody)) return copyWithinLimit(req.rawBody, limit);
  if (isConsumed(req)) return undefined;
  if (Number(req.headers['content-length']) > limit) throw bodyTooLargeError();
  // A closed request emits no further events.
  if (req.destroyed || (req.socket?.destroyed && !req.complete)) throw bodyTruncatedError();
  return readStream(req, res, limit);
}

/** Tells whether something else has read from the request, is about to, or has set an encoding. */
function isConsumed(req: NodeRequest): boolean {
  const { readableDidRead, readableEnded, readableEncoding } = req;
  const hasOtherReader = req.listenerCount('readable') > 0;
  return readableDidRead || readableEnded || Boolean(readableEncoding) || hasOtherReader;
}

function readStream(req: NodeRequest, res: ServerResponse, limit: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    let isDone = false;
    function done(cause?: unknown, bytes?: Buffer): void {
      // Every request closes in the end, even after success, and errors are costly.
      if (isDone) return;
      isDone = true;
      if (bytes) resolve(bytes);
      else reject(bodyTruncatedError(cause));
    }
    rejectEarly(req, limit, reject);
    // body-parser waits for the end of a request that has failed, if need be for ever.
    req.on('error', done).on('close', done);
    // One parser a request, so that requests share no state. To make it takes half a microsecond.
    const parse = bodyParser.raw({
      type: () => true,
      inflate: false,
      limit,
      // Some hosts do not let body-parser set `req.body`.
      verify: (_req, _res, bytes) => done(undefined, bytes),
    });
    parse(req, res, (error?: unknown) => {
      if (error) done(error);
      // The bytes are not authentic yet: loggers shall not find them.
      else if (isDone) req.body = undefined;
      // body-parser regards requests without a length, as in HTTP/2, or without a socket as empty.
      else getRawBody(req, { limit, length: req.headers['content-length'] ?? null }, done);
    });
    // Middleware may have paused the request.
    req.resume();
  });
}

/** Up to this many parts may be tiny. body-parser keeps each part, with some 400 bytes besides its own. */
const MAX_TINY_PARTS = 1000;
/** In a body of more parts, they must have this size on average. */
const MIN_PART_BYTES = 32;

/** Rejects a body that becomes too large, or arrives in too many parts, without waiting for its end. */
function rejectEarly(req: NodeRequest, limit: number, reject: (error: Error) => void): void {
  // Its length is within the limit, and it has at most one part a byte.
  if (Number(req.headers['content-length']) <= MAX_TINY_PARTS) return;
  let received = 0;
  let parts = 0;
  req.on('data', function count({ length }: Buffer): void {
    received += length;
    parts++;
    if (received > limit) {
      req.off('data', count);
      reject(bodyTooLargeError());
    } else if (parts > MAX_TINY_PARTS && received < parts * MIN_PART_BYTES) {
      // body-parser shall keep no more of it.
      req.removeAllListeners('data').pause();
      reject(createError('COPERNICA_BODY_INVALID', 'The body arrived in too many small parts'));
    }
  });
}

/** Returns the variables that a urlencoded parser upstream has put on `req.body`, nested or flat. */
export function requireParsedBody({ body, headers }: NodeRequest): Record<string, unknown> {
  const isParsed = typeof body === 'object' && body !== null && !ArrayBuffer.isView(body);
  // Express 4 sets an empty object for bodies that it did not parse.
  const isEmpty = isParsed && Object.keys(body).length === 0;
  if (!isParsed || (isEmpty && headers['content-length'] !== '0')) throw bodyConsumedError();
  return body as Record<string, unknown>;
}

/** Bytes of a refused body that are still read, so that an honest client can reuse its connection. */
const MAX_DISCARDED_BYTES = 1024 * 1024;
/** The wait before the answer if the body's length is unknown: some clients send everything before they read. */
const UNKNOWN_LENGTH_GRACE_MS = 250;

/**
 * Discards what still arrives of a refused request, up to `MAX_DISCARDED_BYTES`, so that the answer can go
 * out. If the body is longer, or its end is unknown, Node.js closes the connection after the answer (RFC
 * 9110, section 15.5.14).
 */
export async function discardRest(req: NodeRequest, res: ServerResponse): Promise<void> {
  // All of it was read, or a serverless host has no more to read.
  if (req.complete !== false) return;
  if (req.httpVersionMajor !== 1) return closeStream(req as unknown as Http2ServerRequest);
  // Pretend that it has ended, or Express's final handler waits for the rest of the body.
  Object.assign(req, { finished: true });
  const discarded = discardUpTo(MAX_DISCARDED_BYTES, req);
  const length = req.headers['content-length'];
  if (length === undefined) await Promise.race([discarded, wait(UNKNOWN_LENGTH_GRACE_MS)]);
  if (req.complete || Number(length) <= MAX_DISCARDED_BYTES) return;
  // The next request would wait behind a body that nobody reads. `setHeader` cannot announce the close:
  // error handlers, such as Koa's, remove all headers.
  res.shouldKeepAlive = false;
}

/** An unread stream of HTTP/2 would stay open for ever. */
function closeStream(req: Http2ServerRequest): void {
  const { stream } = req;
  stream.once('finish', () => {
    req.resume();
    stream.close();
  });
}

/** Resolves once the request has ended or has sent more than `max` bytes. Then it is no longer read. */
function discardUpTo(max: number, req: NodeRequest): Promise<void> {
  let discarded = 0;
  return new Promise((resolve) => {
    req.once('end', resolve).once('close', resolve);
    req.on('data', ({ length }: Buffer) => {
      discarded += length;
      if (discarded <= max) return;
      req.pause();
      resolve();
    });
    req.resume();
  });
}

function wait(milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, milliseconds).unref();
  });
}
