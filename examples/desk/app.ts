import { copernicaFailures, type VerifyOptions } from 'copernica-failures';
import express, { type ErrorRequestHandler, type Express } from 'express';
import type { Logger } from 'pino';
import type { Database } from './database.js';
import type { Events } from './events.js';
import { createPage } from './page.js';
import type { Settings } from './settings.js';
import { createStore } from './store.js';
import type { SendTest } from './verification.js';

const ENDPOINT = '/copernica/failures';

/** Everything of the desk but the process around it: the endpoint, the page and /healthz. */
export function createApp({
  database,
  events,
  log,
  password,
  sendTest,
  verify,
}: {
  database: Database;
  events: Events;
  log: Logger;
  password: Settings['DESK_PASSWORD'];
  sendTest: SendTest;
  verify?: VerifyOptions | undefined;
}): Express {
  const store = createStore(database);
  const app = express().disable('x-powered-by');

  app.use(
    ENDPOINT,
    copernicaFailures({
      ...(verify && { verify }),
      async onFailure(report) {
        await store(report);
        const { id, recipient, state, severity } = report;
        log.info({ id, state, severity }, 'stored');
        log.debug({ id, recipient }, 'recipient');
      },
    }),
  );

  app.get('/healthz', async (_req, res) => {
    await database.query('select 1');
    res.json({ status: 'ok' });
  });

  app.use(createPage({ database, endpoint: ENDPOINT, events, password, sendTest }));
  app.use(answerError(log));
  return app;
}

/**
 * Answers with the status an error carries, and with its message where that is meant to be shown.
 * The log gets names and codes only: a message of the database can quote what was sent.
 */
function answerError(log: Logger): ErrorRequestHandler {
  return (error, req, res, next) => {
    const { name, code, status = 500, expose = false, message, problems, cause } = error;
    const entry = {
      name,
      code,
      status,
      problems,
      cause: cause?.code,
      path: req.baseUrl + req.path,
    };
    log[status < 500 ? 'warn' : 'error'](entry, 'refused');
    log.debug({ err: error }, 'error');
    if (res.headersSent) return next(error);
    if (status === 503 && !res.hasHeader('Retry-After')) res.set('Retry-After', '5');
    res.status(status).json({ error: expose ? message : 'Something went wrong' });
  };
}
