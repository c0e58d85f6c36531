import type { IncomingMessage } from 'node:http';
import { FailureReportError } from './errors.js';

const CHECK = 'check the connection and any proxy in between';

/** A request as other middleware, or a serverless host, may have left it. */
export type IncomingRequest = IncomingMessage & {
  body?: unknown;
  rawBody?: unknown;
  originalUrl?: string;
};

/** Bytes of a refused body that are still read, so that an honest client is not cut off. */
const PATIENCE = 1024 * 1024;

/**
 * Makes the function that reads a request's body.
 *
 * It gives the bytes as sent, or `undefined` where something upstream has read them and kept no
 * copy as `req.rawBody`.
 *
 * @param limit the largest body, in bytes
 */
export function createBodyReader(limit: number) {
  /** @throws FailureReportError `COPERNICA_BODY_TOO_LARGE`, `COPERNICA_BODY_INVALID` */
  return async function readBody(req: IncomingRequest): Promise<Buffer | undefined> {
    if (Buffer.isBuffer(req.rawBody)) {
      if (req.rawBody.length > limit) throw tooLarge();
      return req.rawBody;
    }
    if (req.readableDidRead || req.readableEnded || req.readableEncoding) return undefined;
    const declared = req.headers['content-length'];
    if (Number(declared) > limit) throw tooLarge();
    const bytes = await collect(req, limit);
    checkLength(bytes, declared);
    return bytes;
  };
}

/** Gives the bytes of a stream; over the limit it stops where it is. */
function collect(req: IncomingRequest, limit: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let length = 0;
    function onData(chunk: Buffer): void {
      chunks.push(chunk);
      length += chunk.length;
      if (length <= limit) return;
      req.off('data', onData).pause();
      reject(tooLarge());
    }
    const onCutOff = (cause?: unknown) => reject(cutOff(cause));
    // One that was closed before has nothing more to say.
    if (req.destroyed || (req.socket?.destroyed && !req.complete)) return onCutOff();
    req
      .on('data', onData)
      .on('end', () => resolve(Buffer.concat(chunks)))
      .on('error', onCutOff)
      .on('close', () => req.readableEnded || onCutOff())
      .resume();
  });
}

/**
 * Checks that there are as many bytes as were announced.
 *
 * @throws FailureReportError `COPERNICA_BODY_INVALID`
 */
export function checkLength(bytes: Uint8Array, declared: unknown): void {
  if (declared === undefined || Number(declared) === bytes.length) return;
  throw invalid(`The body is not as long as Content-Length says: ${CHECK}`);
}

/**
 * Lets the answer to a refused request go out while its body is still coming in: what comes is
 * thrown away, and past a bound the connection is closed.
 */
export function discardRest(req: IncomingRequest): void {
  // HTTP/2 stops a sender by itself, and serverless hosts have it all.
  if (req.complete !== false || req.httpVersionMajor !== 1) return;
  // The last handler of Express waits for the end of a request that is not `finished`.
  Object.assign(req, { finished: true });
  let rest = PATIENCE;
  req.on('data', ({ length }: Buffer) => {
    rest -= length;
    if (rest < 0) req.destroy();
  });
  req.resume();
}

/**
 * The variables a urlencoded parser upstream has put on `req.body`, nested or flat.
 *
 * @throws FailureReportError `COPERNICA_BODY_CONSUMED` where there are none
 */
export function parsedUpstream({ body, headers }: IncomingRequest): object {
  const parsed = typeof body === 'object' && body !== null && !ArrayBuffer.isView(body);
  // An empty object says nothing: Express 4 sets it for bodies it did not parse.
  if (parsed && (Object.keys(body).length > 0 || headers['content-length'] === '0')) return body;
  throw bodyConsumed();
}

/** The error for a body that something upstream has read and not kept. */
export function bodyConsumed(
  remedy = 'mount copernicaFailures before other body parsers, or keep the bytes as req.rawBody',
): FailureReportError {
  return new FailureReportError(
    'COPERNICA_BODY_CONSUMED',
    `Something upstream has read the body: ${remedy}`,
  );
}

/** The error for a body over the limit. */
export function tooLarge(): FailureReportError {
  return new FailureReportError(
    'COPERNICA_BODY_TOO_LARGE',
    'The body is larger than the option limit: raise it if you expect such reports',
  );
}

/** The error for a body whose end did not come. */
export function cutOff(cause?: unknown): FailureReportError {
  return invalid(`The body was cut off: ${CHECK}`, cause);
}

function invalid(message: string, cause?: unknown): FailureReportError {
  return new FailureReportError('COPERNICA_BODY_INVALID', message, { cause });
}
