import type { VerifyOptions } from 'copernica-failures';
import express, { type Express } from 'express';
import type { Logger } from 'pino';
import { guardPage } from './auth/guard.js';
import { createAttempts } from './auth/login-limiter.js';
import { askPassword } from './auth/password.js';
import { refusePassedOn, refuseWebPages } from './auth/senders.js';
import type { Database } from './database/database.js';
import { createEndpoint } from './reports/endpoint.js';
import { createTestReports } from './reports/test-reports.js';
import type { SendTest } from './reports/verification.js';
import { createInterface, nothingHere } from './routes/api.js';
import { answerError } from './routes/errors.js';
import type { Events } from './routes/events.js';
import { createPage } from './routes/page.js';
import type { Settings } from './settings.js';

const ENDPOINT = '/copernica/failures';

/** Everything of the desk but the process around it: the endpoint, the page and /healthz. */
export function createApp({
  database,
  events,
  log,
  password,
  sendTest,
  token,
  trustedProxies,
  keepDays,
  verify,
}: {
  database: Database;
  events: Events;
  log: Logger;
  password: Settings['DESK_PASSWORD'];
  sendTest: SendTest;
  token?: Settings['DESK_TOKEN'];
  keepDays?: Settings['KEEP_DAYS'];
  trustedProxies?: Settings['TRUSTED_PROXIES'];
  verify?: VerifyOptions | undefined;
}): Express {
  // Nothing that could change is kept by a browser, so there is nothing to compare.
  const app = express().disable('x-powered-by').disable('etag');
  // Whose X-Forwarded-For is believed; from anyone else it could name any address.
  if (trustedProxies) app.set('trust proxy', trustedProxies);
  const tests = createTestReports(sendTest);
  if (!verify) app.use(ENDPOINT, refuseWebPages);
  if (!verify && !password) app.use(ENDPOINT, refusePassedOn);
  app.use(ENDPOINT, createEndpoint({ database, isTest: tests.isTest, log, verify }));
  app.get('/healthz', async (_req, res) => {
    await database.query('select 1');
    res.json({ status: 'ok' });
  });
  app.use(
    '/api',
    token ? createInterface(database, token, createAttempts(database, log, 'token')) : nothingHere,
  );
  const guard = password
    ? guardPage(askPassword(password, createAttempts(database, log, 'password'), log))
    : guardPage();
  app.use(createPage({ database, endpoint: ENDPOINT, events, guard, keepDays, tests }));
  app.use(answerError(log));
  return app;
}
