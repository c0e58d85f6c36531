import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Http2ServerRequest } from 'node:http2';
import bodyParser from 'body-parser';
import getRawBody from 'raw-body';
import { bodyConsumedError, bodyTooLargeError, bodyTruncatedError, copyBytes } from './body.js';
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

/** Makes the function that reads a request's body, up to a limit in bytes, with body-parser. */
export function createBodyReader(limit: number) {
  // body-parser calls `verify` and then its callback at once. Some hosts do not let it set `req.body`.
  let parsedBytes: Buffer | undefined;
  const parse = bodyParser.raw({
    type: () => true,
    inflate: false,
    limit,
    verify(_req, _res, bytes) {
      parsedBytes = bytes;
    },
  });

  /** Returns `undefined` if something upstream has read the bytes and kept no `req.rawBody`. */
  return function readBody(
    req: NodeRequest,
    res: ServerResponse,
  ): Buffer | Promise<Buffer> | undefined {
    if (Buffer.isBuffer(req.rawBody)) return copyBytes(req.rawBody, limit);
    if (isConsumed(req)) return undefined;
    if (Number(req.headers['content-length']) > limit) throw bodyTooLargeError();
    // A closed request emits no further events.
    if (req.destroyed || (req.socket?.destroyed && !req.complete)) throw bodyTruncatedError();
    return readStream(req, res);
  };

  function readStream(req: NodeRequest, res: ServerResponse): Promise<Buffer> {
    return new Promise((resolve, reject) => {
      let isDone = false;
      function done(cause?: unknown, bytes?: Buffer): void {
        if (isDone) return;
        isDone = true;
        if (bytes) resolve(bytes);
        else reject(bodyTruncatedError(cause));
      }
      rejectEarly(req, limit, reject);
      // body-parser may wait for ever for the end of a destroyed request.
      req.on('close', done);
      parse(req, res, (error?: unknown) => {
        const bytes = parsedBytes;
        parsedBytes = undefined;
        if (error || bytes) return done(error, bytes);
        // body-parser skips requests without a length, as in HTTP/2, or without a socket.
        getRawBody(req, { limit, length: req.headers['content-length'] ?? null }, done);
      });
      // Middleware may have paused the request.
      req.resume();
    });
  }
}

function isConsumed(req: NodeRequest): boolean {
  const { readableDidRead, readableEnded, readableEncoding } = req;
  const isWaitedFor = req.listenerCount('readable') > 0;
  return readableDidRead || readableEnded || Boolean(readableEncoding) || isWaitedFor;
}

/** Smallest average part of a body in over 1000 parts: each takes 400 bytes of memory besides its own. */
const MIN_PART_BYTES = 32;
const MAX_SMALL_PARTS = 1000;

/** Rejects a body that becomes too large, or arrives in too many parts, without waiting for its end. */
function rejectEarly(req: NodeRequest, limit: number, reject: (error: Error) => void): void {
  // A short body can be neither.
  if (Number(req.headers['content-length']) <= MAX_SMALL_PARTS) return;
  let received = 0;
  let parts = 0;
  req.on('data', ({ length }: Buffer) => {
    received += length;
    parts++;
    if (received > limit) reject(bodyTooLargeError());
    if (parts <= MAX_SMALL_PARTS || received >= parts * MIN_PART_BYTES) return;
    req.removeAllListeners('data');
    reject(createError('COPERNICA_BODY_INVALID', 'The body arrived in too many small parts'));
  });
}

/** Returns the variables that a urlencoded parser upstream has put on `req.body`, nested or flat. */
export function requireParsedBody({ body, headers }: NodeRequest): object {
  const isParsed = typeof body === 'object' && body !== null && !ArrayBuffer.isView(body);
  // Express 4 sets an empty object for bodies that it did not parse.
  const isEmpty = isParsed && Object.keys(body).length === 0;
  if (!isParsed || (isEmpty && headers['content-length'] !== '0')) throw bodyConsumedError();
  return body;
}

/** Bytes of a refused body that are still read, so that an honest client can reuse its connection. */
const MAX_DISCARDED_BYTES = 1024 * 1024;
/** Time that a body of unknown length gets to end: some clients read no answer before. */
const UNKNOWN_LENGTH_GRACE_MS = 250;

/**
 * Discards what still arrives of a refused request, up to `MAX_DISCARDED_BYTES`, so that the answer can
 * go out. After a longer body the connection is closed (RFC 9110, section 15.5.14).
 */
export async function discardRest(req: NodeRequest, res: ServerResponse): Promise<void> {
  // Serverless hosts pass complete requests.
  if (req.complete !== false) return;
  if (req.httpVersionMajor !== 1) {
    const { stream } = req as unknown as Http2ServerRequest;
    // An unread stream would stay open for ever.
    stream.once('finish', () => {
      req.resume();
      stream.close();
    });
    return;
  }
  // Express's final handler waits for the end of a request that is not `finished`.
  Object.assign(req, { finished: true });
  let allowed = MAX_DISCARDED_BYTES;
  const settled = new Promise<void>((resolve) => {
    req.once('end', resolve).once('close', resolve);
    req.on('data', ({ length }: Buffer) => {
      allowed -= length;
      if (allowed >= 0) return;
      req.pause();
      resolve();
    });
  });
  req.resume();
  const length = req.headers['content-length'];
  if (length === undefined) await Promise.race([settled, wait(UNKNOWN_LENGTH_GRACE_MS)]);
  // Node.js closes the connection after the answer. Otherwise the next request would wait behind a body
  // that nobody reads. Not by `setHeader`: error handlers, such as Koa's, remove all headers.
  if (!req.complete && !(Number(length) <= MAX_DISCARDED_BYTES)) res.shouldKeepAlive = false;
}

function wait(milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, milliseconds).unref();
  });
}
