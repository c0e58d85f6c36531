import type { RequestListener } from 'node:http';
import type { NextFunction, Request, Response } from 'express';
import {
  type CopernicaFailuresOptions,
  copernicaFailures,
  type FailureReport,
} from '../../lib/index.js';
import { deferred } from './deferred.js';
import { EXPRESS_VERSIONS } from './express.js';
import { serve } from './servers.js';

type Handler = ReturnType<typeof copernicaFailures>;
type Host = (handler: Handler, onError: (error: unknown) => void) => RequestListener;

/** Each way to run the handler on a server of its own: for `describe.each`. */
export const HOSTS: { name: string; host: Host }[] = [
  ...EXPRESS_VERSIONS.map(({ name, express }) => ({
    name,
    host: ((handler, onError) => {
      const app = express();
      app.use(handler);
      app.use((error: unknown, _req: Request, _res: Response, next: NextFunction) => {
        onError(error);
        next(error);
      });
      return app;
    }) satisfies Host,
  })),
  {
    name: 'node:http',
    host: (handler, onError) => (req, res) =>
      handler(req, res, (error) => {
        if (error) onError(error);
        res.statusCode = error ? ((error as { status?: number }).status ?? 500) : 404;
        res.end();
      }),
  },
];

/** A server with the handler at its root, and what went through it. */
export interface Running {
  port: number;
  delivered: FailureReport[];
  errors: unknown[];
  /** Resolves when the head of the first request has arrived. */
  requested: Promise<void>;
  /** Resolves with the first error. */
  failed: Promise<unknown>;
}

/** Runs the handler until the test is over. */
export async function run(
  host: Host,
  options: Partial<CopernicaFailuresOptions> = {},
): Promise<Running> {
  const delivered: FailureReport[] = [];
  const errors: unknown[] = [];
  const [request, failure] = [deferred(), deferred<unknown>()];
  const { onFailure, ...others } = options;
  const handler = copernicaFailures({
    ...others,
    onFailure(report, req) {
      delivered.push(report);
      return onFailure?.(report, req);
    },
  });
  const listener = host(handler, (error) => {
    errors.push(error);
    failure.resolve(error);
  });
  const port = await serve((req, res) => {
    listener(req, res);
    request.resolve();
  });
  return { port, delivered, errors, requested: request.promise, failed: failure.promise };
}
