import { pipeline } from 'node:stream/promises';
import { type RequestHandler, Router } from 'express';
import type { Database } from '../database/driver.js';
import { deleteAddress } from '../reports/delete-address.js';
import { allReports } from '../reports/report.js';
import { findSpelling } from '../reports/spelling.js';
import { findChanges } from '../suppressions/changes.js';
import { findSuppression } from '../suppressions/list.js';
import {
  addressSchema,
  changesSchema,
  check,
  deletionSchema,
  strictSearchSchema,
  withoutEmpty,
} from './requests.js';

/**
 * The interface for your own app. Addresses are in the query, which the desk does not log.
 *
 * @param guard runs before all requests
 */
export function createApi(database: Database, guard: RequestHandler): Router {
  const router = Router();
  router.use(guard, (_req, res, next) => {
    res.set('Cache-Control', 'no-store');
    next();
  });

  router.get('/suppressions', async (req, res) => {
    const text = check(addressSchema, req.query).address;
    const { address, similar } = await findSpelling(database, text);
    const suppression = await findSuppression(database, address);
    res.json({
      address,
      similar,
      suppressed: suppression !== null,
      ...(suppression && { reason: suppression.reason, since: suppression.since }),
    });
  });

  router.get('/changes', async (req, res) => {
    const { after, limit } = check(changesSchema, withoutEmpty(req.query));
    res.json(await findChanges(database, after, limit));
  });

  router.get('/reports', async (req, res) => {
    const reports = allReports(database, check(strictSearchSchema, withoutEmpty(req.query)));
    // Find the first report before sending the first byte: if the database is down, the answer is a 503.
    const first = await reports.next();
    res.type('application/x-ndjson');
    await pipeline(async function* () {
      if (!first.done) yield `${JSON.stringify(first.value)}\n`;
      for await (const report of reports) yield `${JSON.stringify(report)}\n`;
    }, res);
  });

  router.delete('/addresses', async (req, res) => {
    const { address, keepSuppression } = check(deletionSchema, req.query);
    res.json(await deleteAddress(database, address, keepSuppression));
  });

  router.use(notFound);
  return router;
}

export const notFound: RequestHandler = (_req, res) => {
  res.status(404).json({ error: 'There is nothing here' });
};
