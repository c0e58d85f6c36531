import { explainFailure } from 'copernica-failures';
import express, { type RequestHandler, Router } from 'express';
import createError from 'http-errors';
import type { Database } from '../database/database.js';
import { countResults } from '../reports/count-reports.js';
import { findReport, findReports } from '../reports/reports.js';
import { type TestReports, testReportRoutes } from '../reports/test-reports.js';
import { countingProgress } from '../statistics/counters.js';
import { largestDomains } from '../statistics/domains.js';
import { countReports } from '../statistics/numbers.js';
import { findState } from '../statistics/overview.js';
import { findSteps, type Period } from '../statistics/periods.js';
import { findCourses } from '../statistics/trends.js';
import { deleteAddress, findAddress } from '../suppressions/addresses.js';
import { findSuppression } from '../suppressions/list.js';
import type { Events } from './events.js';
import { pageFiles } from './files.js';
import {
  addressSchema,
  deletionSchema,
  domainsSchema,
  filled,
  numbersSchema,
  pageSchema,
  read,
  searchSchema,
  serialSchema,
} from './requests.js';
import { createSharedAnswers } from './shared-answers.js';
import { suppressionRoutes, suppressionsFile } from './suppressions.js';

/** The page and what it asks for. */
export function createPage({
  database,
  endpoint,
  events,
  guard,
  keepDays,
  tests,
}: {
  database: Database;
  /** Path of the endpoint that test reports are sent to. */
  endpoint: string;
  events: Events;
  /** What stands before all of it. */
  guard: RequestHandler;
  /** How long reports are kept; without it, for ever. */
  keepDays?: number | undefined;
  tests: TestReports;
}): Router {
  const router = Router();
  router.use(guard);
  router.use(pageFiles());
  router.use((_req, res, next) => {
    res.set('Cache-Control', 'no-store');
    next();
  });

  router.get('/events', events.subscribe);

  const { shared, forget } = createSharedAnswers(events);
  router.use(forget);

  router.get(
    '/state',
    shared(async () => ({ ...(await findState(database)), keepDays: keepDays ?? null })),
  );

  router.get(
    '/numbers',
    shared(async ({ query }) => {
      const { period, ...choice } = read(numbersSchema, filled(query));
      const numbers = await countReports(database, period, Date.now() / 1000, choice);
      return { ...numbers, counting: await countingProgress(database) };
    }),
  );

  router.get(
    '/domains',
    shared(async ({ query }) => {
      const { period, zone, courses } = read(domainsSchema, filled(query));
      const largest = await largestDomains(database, await rangeOf(database, period, zone));
      const names = largest.domains.slice(0, courses).map(({ domain }) => domain);
      const drawn = courses > 0 ? await findCourses(database, names, period, largest) : {};
      return { ...largest, ...drawn, counting: await countingProgress(database) };
    }),
  );

  router.get(
    '/reports',
    shared(async ({ query }) => {
      const { size } = read(pageSchema, filled(query));
      return findReports(database, read(searchSchema, filled(query)), size);
    }),
  );

  router.get(
    '/reports/count',
    shared(({ query }) => countResults(database, read(searchSchema, filled(query)))),
  );

  router.get('/reports/:serial', async (req, res) => {
    const stored = await findReport(database, read(serialSchema, req.params).serial);
    if (!stored) throw createError(404, 'There is no such report, or no more');
    const suppression = await findSuppression(database, stored.address);
    // By the rules of today, not those of the day the report came.
    res.json({ ...stored, explanation: explainFailure(stored.report), suppression });
  });

  router.get('/addresses', async (req, res) => {
    res.json(await findAddress(database, read(addressSchema, req.query).address));
  });

  router.delete('/addresses', express.json(), async (req, res) => {
    const { address, keepSuppression } = read(deletionSchema, req.body ?? {});
    res.json(await deleteAddress(database, address, keepSuppression));
  });

  router.use('/suppressions', suppressionRoutes(database, shared));
  router.use(suppressionsFile(database));
  router.use(testReportRoutes(tests, database, endpoint));
  return router;
}

/** The time of a period that ends now. */
async function rangeOf(database: Database, period: Period, zone: string) {
  const { starts, end } = await findSteps(database, period, Date.now() / 1000, { zone });
  return { from: starts[0] ?? end, to: end };
}
