import type { Express, NextFunction, Request, RequestHandler, Response } from 'express';
import {
  type CopernicaFailuresOptions,
  copernicaFailures,
  type FailureReport,
} from '../../lib/index.js';
import type { EXPRESS_VERSIONS } from './express.js';

type ExpressModule = (typeof EXPRESS_VERSIONS)[number]['express'];

/** An app with the handler at its root, and what went through it. */
export interface Receiver {
  app: Express;
  delivered: FailureReport[];
  bodies: unknown[];
  errors: unknown[];
}

/** Makes a receiver, with middleware that stands before the handler. */
export function receiver(
  express: ExpressModule,
  options: Partial<CopernicaFailuresOptions<Request>> = {},
  ...upstream: RequestHandler[]
): Receiver {
  const delivered: FailureReport[] = [];
  const bodies: unknown[] = [];
  const errors: unknown[] = [];
  const app = express();
  for (const handler of upstream) app.use(handler);
  app.use(
    copernicaFailures({
      onFailure(report, req: Request) {
        delivered.push(report);
        bodies.push(req.body);
      },
      ...options,
    }),
  );
  app.use((error: unknown, _req: Request, _res: Response, next: NextFunction) => {
    errors.push(error);
    next(error);
  });
  return { app, delivered, bodies, errors };
}
