import { copernicaFailures, type FailureReport, type VerifyOptions } from 'copernica-failures';
import type { Request, RequestHandler } from 'express';
import type { Logger } from 'pino';
import type { Database } from '../database/driver.js';
import { type Commit, createStore } from './store.js';

/** The handler that receives reports. It answers 200 only once a report is stored. */
export function createEndpoint({
  database,
  isTest,
  log,
  onCommit,
  verify,
}: {
  database: Database;
  /** True for a test report. */
  isTest: (report: FailureReport) => boolean;
  log: Logger;
  onCommit?: ((commit: Commit) => void) | undefined;
  verify?: VerifyOptions | undefined;
}): RequestHandler {
  const store = createStore(database, onCommit);
  return copernicaFailures({
    verify,
    async onFailure(report, req: Request) {
      const stored = await store(report, { variables: req.body, test: isTest(report) });
      const { id, recipient, state, severity } = report;
      log.info({ id, state, severity }, stored ? 'stored' : 'duplicate');
      log.debug({ id, recipient }, 'recipient');
    },
  });
}
