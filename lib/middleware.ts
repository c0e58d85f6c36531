import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Request } from 'express';
import { checkMediaType, createBodyReader, type IncomingRequest, parsedUpstream } from './body.js';
import { type CopernicaFailuresOptions, checkOptions } from './options.js';
import { nestVariables, parseBody } from './payload.js';
import { toReport } from './report.js';

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
  const { onFailure, limit } = checkOptions(options);
  const readBody = createBodyReader(limit);

  async function receive(req: IncomingRequest, res: ServerResponse): Promise<void> {
    const charset = checkMediaType(req);
    const bytes = await readBody(req, res);
    const variables = bytes ? parseBody(bytes, charset) : nestVariables(parsedUpstream(req));
    req.body = variables;
    await onFailure(toReport(variables), req as Request);
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
    receive(req, res).then(
      () => acknowledge(res),
      // Without a reason, next() would pass the report on as if all were well.
      (reason) => next(reason || new Error('onFailure failed without a reason')),
    );
  };
}

function acknowledge(res: ServerResponse): void {
  if (res.headersSent || res.writableEnded) return;
  res.statusCode = 200;
  res.setHeader('Content-Type', 'text/plain; charset=utf-8');
  res.setHeader('Content-Length', 2);
  res.end('OK');
}
