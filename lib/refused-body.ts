import type { ServerResponse } from 'node:http';
import type { Http2ServerRequest } from 'node:http2';
import type { IncomingRequest } from './body.js';

/** Bytes of a refused body that are still read, so that an honest client can use its connection again. */
const PATIENCE = 1024 * 1024;
/** Milliseconds that a client has to read its answer before the connection is closed on it. */
const LINGER = 1000;

/**
 * Lets the answer to a refused request go out while its body is still coming in: what comes is
 * thrown away, up to a bound. Past it, the connection is closed after the answer (RFC 9110, 15.5.14).
 */
export function discardRest(req: IncomingRequest, res: ServerResponse): void {
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
  // Or the client would send its next request behind a body that nobody reads.
  if (Number(req.headers['content-length']) > PATIENCE && !res.headersSent) {
    res.setHeader('Connection', 'close');
  }
  const answered = new Promise((resolve) => res.once('finish', resolve));
  let rest = PATIENCE;
  req.on('data', ({ length }: Buffer) => {
    rest -= length;
    if (rest > 0) return;
    req.pause();
    void answered.then(() => setTimeout(() => req.destroy(), LINGER).unref());
  });
  req.resume();
}
