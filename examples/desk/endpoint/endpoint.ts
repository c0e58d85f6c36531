import { copernicaFailures, type VerifyOptions } from 'copernica-failures';
import type { RequestHandler } from 'express';
import type { Logger } from 'pino';
import type { Database } from '../database/database.js';
import { createStore } from './store.js';

/** The handler that receives reports: acknowledged once they are stored, not before. */
export function createEndpoint({
  database,
  log,
  verify,
}: {
  database: Database;
  log: Logger;
  verify?: VerifyOptions | undefined;
}): RequestHandler {
  const store = createStore(database);
  return copernicaFailures({
    ...(verify && { verify }),
    async onFailure(report) {
      await store(report);
      const { id, recipient, state, severity } = report;
      log.info({ id, state, severity }, 'stored');
      log.debug({ id, recipient }, 'recipient');
    },
  });
}
