import type { VerifyOptions } from 'copernica-failures';
import express, { type Express } from 'express';
import type { Logger } from 'pino';
import type { Database } from '../database/database.js';
import { createEndpoint } from '../endpoint/endpoint.js';
import { answerError } from '../endpoint/errors.js';
import { refusePassedOn, refuseWebPages } from '../endpoint/senders.js';
import type { Events } from '../page/events.js';
import { guardPage } from '../page/guard.js';
import { askPassword } from '../page/password.js';
import { createPage } from '../page/routes.js';
import { createTestReports } from '../page/test-reports.js';
import { createInterface, nothingHere } from '../queries/interface.js';
import { createAttempts } from './attempts.js';
import type { Settings } from './settings.js';
import type { SendTest } from './verification.js';

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
