import type { ServerResponse } from 'node:http';
import type { Http2ServerRequest } from 'node:http2';
import type { IncomingRequest } from './body.js';

/** Bytes of a refused body that are still read, so that an honest client can use its connection again. */
const PATIENCE = 1024 * 1024;
/** Milliseconds that a body of unknown length gets to end: some clients read no answer before. */
const GRACE_MS = 250;
/** Milliseconds that a client has to read its answer before the connection is closed on it. */
const LINGER = 1000;

/**
 * Lets the answer to a refused request go out while its body is still coming in: what comes is
 * thrown away, up to a bound. Past it, the connection is closed after the answer (RFC 9110, 15.5.14). A
 * body of unknown length may pass the bound: if it does not end soon, the answer announces `close`.
 */
export async function discardRest(req: IncomingRequest, res: ServerResponse): Promise<void> {
  // Serverless hosts have it all.
  if (req.complete !== false) return;
  if (req.httpVersionMajor !== 1) {
    const { stream } = req as unknown as Http2ServerRequest;
    // A stream that is not read to its end would stay open for ever.
    stream.once('finish', () => {
      req.resume();
      stream.close();
    });
    return;
  }
  // The last handler of Express waits for the end of a request that is not `finished`.
  Object.assign(req, { finished: true });
  const answered = new Promise((resolve) => res.once('finish', resolve));
  let rest = PATIENCE;
  const passed = new Promise<void>((resolve) => {
    req.once('end', resolve).once('close', resolve);
    req.on('data', ({ length }: Buffer) => {
      rest -= length;
      if (rest >= 0) return;
      req.pause();
      // Once complete, the connection may carry the next request already.
      const cutOff = () => req.complete || req.destroy();
      void answered.then(() => setTimeout(cutOff, LINGER).unref());
      resolve();
    });
  });
  req.resume();
  const length = req.headers['content-length'];
  if (length === undefined) await Promise.race([passed, elapse(GRACE_MS)]);
  // Otherwise the client would send its next request behind a body that nobody reads to its end. Not
  // by setHeader: error handlers, such as Koa's, remove all headers.
  if (!req.complete && !(Number(length) <= PATIENCE)) res.shouldKeepAlive = false;
}

function elapse(milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, milliseconds).unref();
  });
}
