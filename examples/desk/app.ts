import type { VerifyOptions } from 'copernica-failures';
import express, { type Express } from 'express';
import type { Logger } from 'pino';
import { guardPage } from './auth/guard.js';
import { requirePassword } from './auth/password.js';
import { requireToken } from './auth/token.js';
import { refuseProxied, refuseWebPages } from './auth/unverified-senders.js';
import type { Database } from './database/driver.js';
import { createEndpoint } from './reports/endpoint.js';
import { createMetrics } from './reports/metrics.js';
import { createTestReports } from './reports/test-reports.js';
import type { SendTest } from './reports/verification.js';
import { createApi, notFound } from './routes/api.js';
import { answerError } from './routes/errors.js';
import { createPage } from './routes/page.js';
import type { Settings } from './settings.js';

const ENDPOINT = '/copernica/failures';

/** The desk without the process around it: the endpoint, the page, the interface, /metrics and /healthz. */
export function createApp({
  database,
  log,
  settings,
  sendTest,
  verify,
}: {
  database: Database;
  log: Logger;
  settings: Pick<Settings, 'DESK_PASSWORD' | 'DESK_TOKEN' | 'KEEP_DAYS' | 'TRUSTED_PROXIES'>;
  sendTest: SendTest;
  verify?: VerifyOptions | undefined;
}): Express {
  const { DESK_PASSWORD, DESK_TOKEN, KEEP_DAYS, TRUSTED_PROXIES } = settings;
  // Browsers cache nothing that can change, so entity tags would be of no use.
  const app = express().disable('x-powered-by').disable('etag');
  // From all others, X-Forwarded-For could contain any address.
  if (TRUSTED_PROXIES) app.set('trust proxy', TRUSTED_PROXIES);

  const tests = createTestReports(sendTest);
  const admit = DESK_TOKEN ? requireToken(DESK_TOKEN, log) : undefined;
  const metrics = admit && createMetrics(database, tests);
  if (!verify) app.use(ENDPOINT, refuseWebPages);
  if (!verify && !DESK_PASSWORD) app.use(ENDPOINT, refuseProxied);
  const onCommit = metrics?.countCommit;
  app.use(ENDPOINT, createEndpoint({ database, isTest: tests.isTest, log, onCommit, verify }));
  if (metrics) app.use(ENDPOINT, metrics.countRefusal);

  app.get('/healthz', async (_req, res) => {
    await database.query('select 1');
    res.json({ status: 'ok' });
  });
  app.use('/api', admit ? createApi(database, admit) : notFound);
  app.get('/metrics', admit && metrics ? [admit, metrics.answer] : notFound);
  const guard = guardPage(DESK_PASSWORD ? requirePassword(DESK_PASSWORD, log) : undefined);
  app.use(
    createPage({
      database,
      endpoint: ENDPOINT,
      guard,
      hasInterface: DESK_TOKEN !== undefined,
      keepDays: KEEP_DAYS,
      tests,
    }),
  );
  app.use(answerError(log));
  return app;
}
