import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Http2ServerRequest, Http2ServerResponse } from 'node:http2';
import { type ErrorResponse, toErrorResponse } from './error-response.js';
import { FailureReportError } from './errors.js';
import { discardRest, type NodeRequest, readBody, requireParsedBody } from './node-body.js';
import { type CommonOptions, checkOptions } from './options.js';
import { createCallProcessor } from './receiver.js';

/**
 * The options of `copernicaFailures`. `onFailure` gets the server's request, whose `body` has all
 * variables, nested. If it answers the request itself, the handler leaves the response alone.
 *
 * TypeScript infers `Req` from the callback: annotate its second parameter with Express's `Request`, or
 * with the request of your server.
 */
export type CopernicaFailuresOptions<Req extends IncomingMessage = NodeRequest> =
  CommonOptions<Req>;

type Next = (error?: unknown) => unknown;
type AnyRequest = IncomingMessage | Http2ServerRequest;
type AnyResponse = ServerResponse | Http2ServerResponse;

/** The handler that `copernicaFailures` returns. If it is called with `next`, it returns nothing. */
interface FailuresHandler {
  (req: AnyRequest, res: AnyResponse, next: Next): void;
  (req: AnyRequest, res: AnyResponse, next?: undefined): Promise<void>;
}

/**
 * Makes the request handler that receives Copernica's failure reports.
 *
 * A POST with a valid report is answered 200 once `onFailure` is done with it. Every other POST
 * goes to `next(err)`, other methods to `next()`. The handler works wherever Express 4 or 5 takes
 * one, and as `(req, res) => handler(req, res)` under `node:http`. Without `next`, it answers
 * everything itself and returns a promise that resolves once the call is answered, and never rejects.
 *
 * @param options the options, or `onFailure` alone
 * @throws TypeError if an option is unknown, missing or unusable
 * @example
 * app.use('/copernica/failures', copernicaFailures({
 *   async onFailure(report) {
 *     await store(report);
 *   },
 * }));
 */
export function copernicaFailures<Req extends IncomingMessage = NodeRequest>(
  options: CopernicaFailuresOptions<Req> | CopernicaFailuresOptions<Req>['onFailure'],
  ...others: readonly undefined[]
) {
  const settings = checkOptions<Req>(options, others);
  const processCall = createCallProcessor(settings);

  async function handle(req: NodeRequest, res: ServerResponse, next?: Next): Promise<void> {
    if (req.method !== 'POST') {
      if (next) return await callNext(next, res);
      // As Express answers where no handler is.
      return send(res, () => ({ status: 404, headers: {}, body: '' }));
    }
    try {
      await processCall({
        request: req,
        readBody: () => readBody(req, res, settings.limit) ?? requireParsedBody(req),
        toContext: (variables) => withBody(req, variables) as IncomingMessage as Req,
      });
      acknowledge(res);
    } catch (reason) {
      await refuse(reason, req, res, next);
    }
  }

  return function failures(req: AnyRequest, res: AnyResponse, next?: Next) {
    // HTTP/2 objects have every member used here. Only `discardRest` treats them differently.
    const handled = handle(req as NodeRequest, res as ServerResponse, next);
    // Some frameworks ignore `next(error)` if the handler returns a promise.
    return next ? undefined : handled;
  } as FailuresHandler;
}

/** Sets `req.body`. If the host forbids that, returns a request that inherits all else from `req`. */
function withBody(req: NodeRequest, variables: object): NodeRequest {
  try {
    req.body = variables;
    if (req.body === variables) return req;
  } catch {
    // It is read-only, or a setter of the host has thrown.
  }
  const body = { value: variables, configurable: true, enumerable: true, writable: true };
  return Reflect.defineProperty(req, 'body', body) ? req : Object.create(req, { body });
}

function acknowledge(res: ServerResponse): void {
  if (res.headersSent || res.writableEnded) return;
  res.writeHead(200, { 'Content-Type': 'text/plain; charset=utf-8', 'Content-Length': 2 });
  res.end('OK');
}

/** Calls `next(error)`, or answers itself without `next`. Never throws: nothing would catch it. */
async function refuse(
  reason: unknown,
  req: NodeRequest,
  res: ServerResponse,
  next?: Next,
): Promise<void> {
  // Express takes these for success, or for a wish to skip handlers.
  const isNoError = !reason || reason === 'route' || reason === 'router';
  const error = isNoError
    ? new Error('onFailure failed without an error', { cause: reason })
    : reason;
  try {
    await discardRest(req, res);
    // For the app's own error handlers. Express's reads `error.headers` itself.
    if (error instanceof FailureReportError && error.headers && !res.headersSent) {
      for (const [name, value] of Object.entries(error.headers)) res.setHeader(name, value);
    }
  } catch {
    // The error is a proxy that throws, or the host's response takes no headers.
  }
  if (next) await callNext(next, res, error);
  else send(res, () => toErrorResponse(error));
}

/** Calls `next`. If `next` throws, answers with `error`, or with what it threw if there is no `error`. */
async function callNext(next: Next, res: ServerResponse, error?: unknown): Promise<void> {
  try {
    await (error === undefined ? next() : next(error));
  } catch (reason) {
    send(res, () => toErrorResponse(error ?? reason));
  }
}

/** Calls `makeResponse` in the `try`, because a hostile error can throw when it is read. */
function send(res: ServerResponse, makeResponse: () => ErrorResponse): void {
  try {
    const { status, headers, body } = makeResponse();
    res.writeHead(status, { ...headers, 'Content-Length': Buffer.byteLength(body) });
    res.end(body);
  } catch {
    // An answer has begun, or cannot be written.
    if (!res.writableEnded) res.destroy();
  }
}
