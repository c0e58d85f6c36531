import express, { type RequestHandler, Router } from 'express';
import createError from 'http-errors';
import type { Database } from '../database/driver.js';
import { findAddress } from '../reports/address-history.js';
import { deleteAddress } from '../reports/delete-address.js';
import { findReport } from '../reports/report.js';
import { countReports, findReports, findStates } from '../reports/search.js';
import type { TestReports } from '../reports/test-reports.js';
import { findLargestDomains } from '../statistics/domains.js';
import { countByStep } from '../statistics/numbers.js';
import { createAnswerCache } from './answer-cache.js';
import { pageFiles } from './files.js';
import {
  addressSchema,
  check,
  deletionSchema,
  domainsSchema,
  numbersSchema,
  pageSchema,
  searchSchema,
  serialSchema,
  withoutEmpty,
} from './requests.js';
import { createState } from './state.js';
import { suppressionRoutes } from './suppressions.js';
import { testReportRoutes } from './test-reports.js';

/** Pages that ask within this time get the same state, and so share the answers for its version. */
const STATE_TTL_MS = 500;

/** The page and its requests; `answers.ts` describes the answers. */
export function createPage({
  database,
  endpoint,
  guard,
  hasInterface,
  keepDays,
  tests,
}: {
  database: Database;
  /** Path of the endpoint that test reports are sent to. */
  endpoint: string;
  /** Runs before all of them. */
  guard: RequestHandler;
  /** True if the interface for the user's own app is on. */
  hasInterface: boolean;
  /** How long reports are kept; undefined for ever. */
  keepDays?: number | undefined;
  tests: TestReports;
}): Router {
  const router = Router();
  router.use(guard, pageFiles(), (_req, res, next) => {
    res.set('Cache-Control', 'no-store');
    next();
  });
  const { cached, clearOnChange } = createAnswerCache();
  router.use(clearOnChange);

  router.get('/state', cached(createState(database, { hasInterface, keepDays }), STATE_TTL_MS));

  router.get(
    '/numbers',
    cached(({ query }) => {
      const { period, ...options } = check(numbersSchema, withoutEmpty(query));
      return countByStep(database, period, options);
    }),
  );

  router.get(
    '/domains',
    cached(({ query }) =>
      findLargestDomains(database, check(domainsSchema, withoutEmpty(query)).period),
    ),
  );

  router.get(
    '/reports',
    cached(({ query }) => {
      const { size } = check(pageSchema, withoutEmpty(query));
      return findReports(database, check(searchSchema, withoutEmpty(query)), size);
    }),
  );

  router.get(
    '/reports/count',
    cached(({ query }) => countReports(database, check(searchSchema, withoutEmpty(query)))),
  );

  router.get(
    '/states',
    cached(() => findStates(database)),
  );

  router.get('/reports/:serial', async (req, res) => {
    const report = await findReport(database, check(serialSchema, req.params).serial);
    if (!report) throw createError(404, 'There is no such report, or it was deleted');
    res.json(report);
  });

  router.get('/addresses', async (req, res) => {
    res.json(await findAddress(database, check(addressSchema, req.query).address));
  });

  router.delete('/addresses', express.json(), async (req, res) => {
    const { address, keepSuppression } = check(deletionSchema, req.body ?? {});
    res.json(await deleteAddress(database, address, keepSuppression));
  });

  router.use(suppressionRoutes(database, cached));
  router.use(testReportRoutes(tests, database, endpoint));
  return router;
}
