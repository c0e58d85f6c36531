import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Request } from 'express';
import {
  bodyConsumed,
  checkMediaType,
  createBodyReader,
  type IncomingRequest,
  parsedUpstream,
} from './body.js';
import { FailureReportError } from './errors.js';
import { type CopernicaFailuresOptions, checkOptions } from './options.js';
import { nestVariables, parseBody } from './payload.js';
import { toReport } from './report.js';
import { createReplayGuard } from './signature/replay.js';
import { createVerifier } from './signature/verify.js';

/**
 * Makes the request handler that receives Copernica's failure reports.
 *
 * A POST with a valid report is answered 200 once `onFailure` is done with it. Everything else
 * that is posted goes to `next(err)`, other methods to `next()`. The handler works wherever
 * Express 4 or 5 takes one, and as `(req, res) => handler(req, res, next)` under `node:http`.
 *
 * @throws TypeError if an option is unknown, missing or unusable
 * @example
 * app.use('/copernica/failures', copernicaFailures({
 *   async onFailure(report) {
 *     await store(report);
 *   },
 * }));
 */
export function copernicaFailures(options: CopernicaFailuresOptions) {
  const { onFailure, limit, verify } = checkOptions(options);
  if (!verify) warnUnverified();
  const readBody = createBodyReader(limit);
  const authenticate = verify && createVerifier(verify);
  const deliverOnce = verify && createReplayGuard(verify.nonces);

  async function receive(req: IncomingRequest, res: ServerResponse): Promise<void> {
    const declared = checkMediaType(req);
    const bytes = await readBody(req, res);
    if (authenticate && !bytes) throw bodyConsumed();
    const call = bytes && (await authenticate?.(req, bytes));
    // What nobody signed must not change how the bytes are read.
    const charset = call?.names.includes('content-type') === false ? 'utf-8' : declared;
    const variables = bytes ? parseBody(bytes, charset) : nestVariables(parsedUpstream(req));
    req.body = variables;
    const report = toReport(variables);
    const deliver = async () => void (await onFailure(report, req as Request));
    await (call && deliverOnce ? deliverOnce(call, deliver) : deliver());
  }

  return function failures(
    req: IncomingMessage,
    res: ServerResponse,
    next: (error?: unknown) => void,
  ): void {
    if (req.method !== 'POST') {
      next();
      return;
    }
    receive(req, res)
      .then(() => acknowledge(res))
      .catch((reason: unknown) => refuse(reason, res, next));
  };
}

function acknowledge(res: ServerResponse): void {
  if (res.headersSent || res.writableEnded) return;
  res.writeHead(200, { 'Content-Type': 'text/plain; charset=utf-8', 'Content-Length': 2 });
  res.end('OK');
}

function refuse(reason: unknown, res: ServerResponse, next: (error: unknown) => void): void {
  // For error handlers of one's own; the one of Express takes the headers from the error.
  if (reason instanceof FailureReportError && reason.headers && !res.headersSent) {
    res.setHeader('Retry-After', reason.headers['Retry-After']);
  }
  // Nothing, 'route' and 'router' would make Express go on as if all were well.
  const skips = !reason || reason === 'route' || reason === 'router';
  next(skips ? new Error('onFailure failed without an error', { cause: reason }) : reason);
}

let warned = false;

function warnUnverified(): void {
  if (warned || process.env.NODE_ENV !== 'production') return;
  warned = true;
  process.emitWarning(
    'Failure reports are accepted from anyone: set the option verify of copernicaFailures',
    { code: 'COPERNICA_UNVERIFIED' },
  );
}
