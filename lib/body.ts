import type { IncomingMessage } from 'node:http';
import { types } from 'node:util';
import { FailureReportError } from './errors.js';

const CHECK = 'check the connection and any proxy in between';

/** A request as other middleware, or a serverless host, may have left it. */
export type IncomingRequest = IncomingMessage & {
  body?: unknown;
  rawBody?: unknown;
  originalUrl?: string;
};

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
    if (Buffer.isBuffer(req.rawBody)) return copyBytes(req.rawBody, limit);
    if (req.readableDidRead || req.readableEnded || req.readableEncoding) return undefined;
    if (req.listenerCount('readable') > 0) return undefined;
    const declared = req.headers['content-length'];
    if (Number(declared) > limit) throw tooLarge();
    const bytes = await collect(req, limit);
    checkLength(bytes, declared);
    return bytes;
  };
}

/**
 * Gives access to bytes in whatever holds them, those of another realm (`node:vm`, jsdom) included:
 * `instanceof` does not know them. Text is taken for UTF-8.
 *
 * @returns `undefined` for anything else
 */
export function viewBytes(holder: unknown): Buffer | undefined {
  if (typeof holder === 'string') return Buffer.from(holder);
  if (types.isAnyArrayBuffer(holder)) return Buffer.from(holder);
  if (!ArrayBuffer.isView(holder)) return undefined;
  return Buffer.from(holder.buffer, holder.byteOffset, holder.byteLength);
}

/**
 * Copies a body: its owner may use the memory again before the call is done.
 *
 * @throws FailureReportError `COPERNICA_BODY_TOO_LARGE`
 */
export function copyBytes(bytes: Buffer, limit: number): Buffer {
  if (bytes.length > limit) throw tooLarge();
  return Buffer.from(bytes);
}

/** Gives the bytes of a stream; over the limit it stops where it is. */
function collect(req: IncomingRequest, limit: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const body = createGatherer(limit);
    function onData(part: Buffer): void {
      if (body.add(part)) return;
      req.off('data', onData).pause();
      reject(tooLarge());
    }
    const onCutOff = (cause?: unknown) => reject(cutOff(cause));
    // One that was closed before has nothing more to say.
    if (req.destroyed || (req.socket?.destroyed && !req.complete)) return onCutOff();
    req
      .on('data', onData)
      .on('end', () => resolve(body.bytes()))
      .on('error', onCutOff)
      .on('close', () => req.readableEnded || onCutOff())
      .resume();
  });
}

/** Puts the parts of a body together as they come; a body in many small ones takes no more room. */
export function createGatherer(limit: number) {
  let bytes: Buffer = Buffer.alloc(0);
  let length = 0;
  return {
    /** Tells whether the body, with this part, is within the limit still. */
    add(part: Uint8Array): boolean {
      const whole = length + part.length;
      if (whole > limit) return false;
      if (whole > bytes.length) {
        const larger = Buffer.allocUnsafe(Math.min(limit, Math.max(whole, 2 * length)));
        bytes.copy(larger, 0, 0, length);
        bytes = larger;
      }
      bytes.set(part, length);
      length = whole;
      return true;
    },
    bytes: (): Buffer => bytes.subarray(0, length),
  };
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
