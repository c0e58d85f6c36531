import type { IncomingMessage, ServerResponse } from 'node:http';
import bodyParser from 'body-parser';
import { FailureReportError } from './errors.js';

/** A request as other middleware, or a serverless host, may have left it. */
export type IncomingRequest = IncomingMessage & {
  body?: unknown;
  rawBody?: unknown;
  originalUrl?: string;
};

const CUT_OFF = 'The body was cut off';

/** The encodings a body may declare; without a declaration it is `utf-8`. */
export type Charset = 'utf-8' | 'iso-8859-1';

/**
 * Checks that the request carries a urlencoded, uncompressed body.
 *
 * @returns the charset it declares
 * @throws FailureReportError `COPERNICA_MEDIA_TYPE_UNSUPPORTED`
 */
export function checkMediaType({ headers }: IncomingMessage): Charset {
  const contentType = headers['content-type'] ?? '';
  if (!/^\s*application\/x-www-form-urlencoded\s*(;|$)/i.test(contentType)) {
    throw unsupported('The content type must be application/x-www-form-urlencoded');
  }
  if (!/^(identity)?$/i.test(headers['content-encoding'] ?? '')) {
    throw unsupported('The body must not be compressed');
  }
  const charset = /;\s*charset\s*=\s*"?([^\s;"]*)/i.exec(contentType)?.[1]?.toLowerCase();
  if (charset === undefined || charset === 'utf-8') return 'utf-8';
  if (charset === 'iso-8859-1') return charset;
  throw unsupported('The charset must be utf-8 or iso-8859-1');
}

/**
 * Makes the function that reads a request's body.
 *
 * It gives the bytes as sent, or `undefined` where something upstream has read them and kept no
 * copy as `req.rawBody`.
 *
 * @param limit the largest body, in bytes
 */
export function createBodyReader(limit: number) {
  const raw = bodyParser.raw({ type: () => true, inflate: false, limit });

  /** @throws FailureReportError `COPERNICA_BODY_TOO_LARGE`, `COPERNICA_BODY_INVALID` */
  return async function readBody(
    req: IncomingRequest,
    res: ServerResponse,
  ): Promise<Buffer | undefined> {
    if (Buffer.isBuffer(req.rawBody)) {
      if (req.rawBody.length > limit) throw tooLarge();
      return req.rawBody;
    }
    if (req.readableDidRead || req.readableEnded || req.readableEncoding) return undefined;
    await new Promise<void>((resolve, reject) => {
      raw(req, res, (error?: unknown) => (error ? reject(readError(error)) : resolve()));
    });
    if (Buffer.isBuffer(req.body)) return req.body;
    if (hasBody(req)) throw new FailureReportError('COPERNICA_BODY_INVALID', CUT_OFF);
    return Buffer.alloc(0);
  };
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
export function bodyConsumed(): FailureReportError {
  return new FailureReportError(
    'COPERNICA_BODY_CONSUMED',
    'Something upstream has read the body: mount copernicaFailures before other body parsers, or keep the bytes as req.rawBody',
  );
}

function hasBody({ headers }: IncomingMessage): boolean {
  return headers['content-length'] !== undefined || headers['transfer-encoding'] !== undefined;
}

function unsupported(message: string): FailureReportError {
  return new FailureReportError('COPERNICA_MEDIA_TYPE_UNSUPPORTED', message);
}

function tooLarge(cause?: unknown): FailureReportError {
  return new FailureReportError('COPERNICA_BODY_TOO_LARGE', 'The body is larger than the limit', {
    cause,
  });
}

/** Turns what body-parser reports into this package's own error. */
function readError(cause: unknown): FailureReportError {
  switch ((cause as { type?: string }).type) {
    case 'entity.too.large':
      return tooLarge(cause);
    case 'request.size.invalid':
      return new FailureReportError(
        'COPERNICA_BODY_INVALID',
        'The body is not as long as Content-Length says',
        { cause },
      );
    default:
      return new FailureReportError('COPERNICA_BODY_INVALID', CUT_OFF, { cause });
  }
}
