import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Http2ServerRequest, Http2ServerResponse } from 'node:http2';
import { type Answer, answerTo } from './answer.js';
import { createBodyReader, type IncomingRequest, parsedUpstream } from './body.js';
import { FailureReportError } from './errors.js';
import { checkOptions, type ReceiverOptions } from './options.js';
import type { Variables } from './payload.js';
import { createReceiver } from './receiver.js';
import { discardRest } from './refused-body.js';
import type { FailureReport } from './report.js';

/** The request of `node:http`, once its body is parsed. */
type ParsedRequest = IncomingMessage & {
  /** All variables that were sent, documented or not, nested. */
  body?: unknown;
};

/**
 * The options of `copernicaFailures`.
 *
 * `Req` is the request that `onFailure` gets. TypeScript infers it from the callback: annotate its second
 * parameter with Express's `Request`, or what your server has.
 */
export interface CopernicaFailuresOptions<Req extends IncomingMessage = ParsedRequest>
  extends ReceiverOptions<Req> {
  /**
   * Called for each valid report, with the server's request; all variables are on `req.body`, nested.
   * 200 is sent after it has returned or resolved. What it throws goes to `next(err)` unchanged, so
   * the sender learns that the report is not safe yet. If it has answered the request itself, the
   * response is left alone.
   *
   * At least once: the same report can come again, so make it idempotent.
   */
  onFailure: (report: FailureReport, req: Req) => unknown;
}

type Next = (error?: unknown) => unknown;

/** The handler that `copernicaFailures` returns. If it is called with `next`, it returns nothing. */
interface FailuresHandler {
  (
    req: IncomingMessage | Http2ServerRequest,
    res: ServerResponse | Http2ServerResponse,
    next: Next,
  ): void;
  (
    req: IncomingMessage | Http2ServerRequest,
    res: ServerResponse | Http2ServerResponse,
    next?: undefined,
  ): Promise<void>;
}

/**
 * Makes the request handler that receives Copernica's failure reports.
 *
 * A POST with a valid report is answered 200 once `onFailure` is done with it. Everything else
 * that is posted goes to `next(err)`, other methods to `next()`. The handler works wherever
 * Express 4 or 5 takes one, and as `(req, res) => handler(req, res)` under `node:http`: without a
 * `next` it answers everything itself, and returns a promise that resolves once the call is answered
 * and never rejects.
 *
 * @param options the options; `onFailure` alone stands for `{ onFailure }`
 * @throws TypeError if an option is unknown, missing or unusable
 * @example
 * app.use('/copernica/failures', copernicaFailures({
 *   async onFailure(report) {
 *     await store(report);
 *   },
 * }));
 */
export function copernicaFailures<Req extends IncomingMessage = ParsedRequest>(
  options: CopernicaFailuresOptions<Req> | CopernicaFailuresOptions<Req>['onFailure'],
  ...others: readonly undefined[]
) {
  const settings = checkOptions<Req>(options, others);
  const receive = createReceiver(settings);
  const readBytes = createBodyReader(settings.limit);

  async function run(req: IncomingRequest, res: ServerResponse, next?: Next): Promise<void> {
    try {
      await receive({
        request: req,
        readBody: async () => (await readBytes(req)) ?? parsedUpstream(req),
        contextOf: (variables) => withBody(req, variables) as IncomingMessage as Req,
      });
      acknowledge(res);
    } catch (reason) {
      await refuse(reason, req, res, next);
    }
  }

  async function handle(req: IncomingRequest, res: ServerResponse, next?: Next): Promise<void> {
    if (req.method === 'POST') await run(req, res, next);
    else if (next) await handOn(next, res);
    else reply(res, () => ({ status: 404, headers: {}, body: '' }));
  }

  return function failures(
    req: IncomingMessage | Http2ServerRequest,
    res: ServerResponse | Http2ServerResponse,
    next?: Next,
  ) {
    // HTTP/2 has what is used here of HTTP/1.
    const handled = handle(req as IncomingRequest, res as ServerResponse, next);
    // Some hosts that pass `next` take a promise for the outcome, and ignore what `next` is told.
    return next ? undefined : handled;
  } as FailuresHandler;
}

/** Puts the variables on `req.body`. If a host does not allow that, gives a request that has them. */
function withBody(req: IncomingRequest, variables: Variables): IncomingRequest {
  try {
    if (Reflect.set(req, 'body', variables) && req.body === variables) return req;
  } catch {
    // A setter of the host has thrown.
  }
  const body = { value: variables, configurable: true, enumerable: true, writable: true };
  return Reflect.defineProperty(req, 'body', body) ? req : Object.create(req, { body });
}

function acknowledge(res: ServerResponse): void {
  if (res.headersSent || res.writableEnded) return;
  send(res, { status: 200, headers: { 'Content-Type': 'text/plain; charset=utf-8' }, body: 'OK' });
}

/** Hands the reason on, or answers where nobody takes it. Never throws: nothing would catch it. */
async function refuse(
  reason: unknown,
  req: IncomingRequest,
  res: ServerResponse,
  next?: Next,
): Promise<void> {
  // Nothing, 'route' and 'router' would make Express go on as if all were well.
  const skips = !reason || reason === 'route' || reason === 'router';
  const error = skips ? new Error('onFailure failed without an error', { cause: reason }) : reason;
  try {
    await discardRest(req, res);
    // For error handlers of one's own; the one of Express takes the headers from the error.
    if (error instanceof FailureReportError && error.headers && !res.headersSent) {
      for (const [name, value] of Object.entries(error.headers)) res.setHeader(name, value);
    }
  } catch {
    // It cannot be looked at; whoever takes it may know what to do with it.
  }
  if (next) await handOn(next, res, error);
  else reply(res, () => answerTo(error));
}

/** Calls the next handler; where it fails, the error it was given, or else its own, is answered. */
async function handOn(next: Next, res: ServerResponse, error?: unknown): Promise<void> {
  try {
    await (error === undefined ? next() : next(error));
  } catch (reason) {
    reply(res, () => answerTo(error ?? reason));
  }
}

function reply(res: ServerResponse, makeAnswer: () => Answer): void {
  try {
    send(res, makeAnswer());
  } catch {
    // An answer has begun, or cannot be written.
    if (!res.writableEnded) res.destroy();
  }
}

function send(res: ServerResponse, { status, headers, body }: Answer): void {
  res.writeHead(status, { ...headers, 'Content-Length': Buffer.byteLength(body) });
  res.end(body);
}
