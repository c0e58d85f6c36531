import { pipeline } from 'node:stream/promises';
import express, { Router } from 'express';
import createError from 'http-errors';
import type { AddedSuppression, RemovedSuppression } from '../answers.js';
import type { Database } from '../database/driver.js';
import { canSuppress, normalizeAddress } from '../suppressions/address.js';
import { addSuppressions, removeSuppression } from '../suppressions/edit.js';
import { exportedRows, suppressionsAsCsv } from '../suppressions/export-csv.js';
import { importSuppressions, previewImport } from '../suppressions/import-csv.js';
import { countSuppressions, findSuppressions } from '../suppressions/list.js';
import type { Cached } from './answer-cache.js';
import {
  additionSchema,
  check,
  exportSchema,
  importSchema,
  removalSchema,
  suppressionCountSchema,
  suppressionsSchema,
  withoutEmpty,
} from './requests.js';

/** The list of suppressions: search, changes by hand, import and export. */
export function suppressionRoutes(database: Database, cached: Cached): Router {
  const router = Router();

  router.get(
    '/suppressions',
    cached(({ query }) => {
      const { search, before, size } = check(suppressionsSchema, withoutEmpty(query));
      return findSuppressions(database, { search, before }, size);
    }),
  );

  router.get(
    '/suppressions/count',
    cached(({ query }) => countSuppressions(database, check(suppressionCountSchema, query).search)),
  );

  router.post('/suppressions', express.json(), async (req, res) => {
    const addition = check(additionSchema, req.body ?? {});
    const address = normalizeAddress(addition.address);
    if (!canSuppress(address)) throw createError(400, 'No address is longer than 320 characters');
    const added = (await addSuppressions(database, [addition], 'hand')) > 0;
    res.json({ address, added } satisfies AddedSuppression);
  });

  router.post('/suppressions/remove', express.json(), async (req, res) => {
    const { address, note } = check(removalSchema, req.body ?? {});
    const removed = await removeSuppression(database, address, note);
    res.json({ address: normalizeAddress(address), removed } satisfies RemovedSuppression);
  });

  router.post('/suppressions/import', async (req, res) => {
    // If the iterator ends early, the request must stay open for the answer.
    const file = req.iterator({ destroyOnReturn: false });
    try {
      const { preview } = check(importSchema, req.query);
      const read = preview ? previewImport : importSuppressions;
      res.json(await read(database, file));
    } finally {
      // After a refusal, and after a preview that stopped, the rest of the file must be read, or the sender
      // may never read the answer. `resume` works once the iterator has ended.
      void file.return?.().then(() => req.resume());
    }
  });

  router.get('/suppressions.csv', async (req, res) => {
    const isForExcel = check(exportSchema, req.query).for === 'excel';
    const rows = exportedRows(database);
    // Find the first row before sending the first byte: if the database is down, the answer is a 503.
    const first = await rows.next();
    res.type('csv').attachment('suppressions.csv');
    const csv = suppressionsAsCsv(isForExcel);
    if (first.value) csv.write(first.value);
    await pipeline(rows, csv, res);
  });

  return router;
}
