import { pipeline } from 'node:stream/promises';
import express, { Router } from 'express';
import createError from 'http-errors';
import type { Database } from '../database/database.js';
import { changesOf } from '../suppressions/changes.js';
import { importSuppressions, suppressionsAsCsv } from '../suppressions/csv.js';
import { addByHand, takeOff } from '../suppressions/edit.js';
import {
  allSuppressions,
  countSuppressions,
  findSuppressions,
  isSuppressible,
  lookUp,
} from '../suppressions/list.js';
import { normaliseAddress } from '../suppressions/rule.js';
import {
  additionSchema,
  addressSchema,
  filled,
  read,
  suppressionCountSchema,
  suppressionsSchema,
  takeOffSchema,
} from './requests.js';
import type { Shared } from './shared-answers.js';

/** The list of suppressions: to search, to change by hand, to take elsewhere and to bring along. */
export function suppressionRoutes(database: Database, shared: Shared): Router {
  const router = Router();

  router.get(
    '/',
    shared(({ query }) => {
      const { search, before, size } = read(suppressionsSchema, filled(query));
      return findSuppressions(database, { search, before }, size);
    }),
  );

  router.get(
    '/count',
    shared(({ query }) => countSuppressions(database, read(suppressionCountSchema, query).search)),
  );

  router.get('/lookup', async (req, res) => {
    const { address, suppression } = await lookUp(database, read(addressSchema, req.query).address);
    const [lastChange = null] = await changesOf(database, address, 1);
    res.json({ address, suppression, lastChange });
  });

  router.post('/', express.json(), async (req, res) => {
    const { address, note } = read(additionSchema, req.body ?? {});
    if (!isSuppressible(address)) {
      throw createError(400, 'No address is longer than 320 characters');
    }
    res.json({ address: normaliseAddress(address), ...(await addByHand(database, address, note)) });
  });

  router.post('/take-off', express.json(), async (req, res) => {
    const { address, note } = read(takeOffSchema, req.body ?? {});
    const takenOff = await takeOff(database, address, note);
    res.json({ address: normaliseAddress(address), takenOff });
  });

  router.post('/import', async (req, res) => {
    try {
      const file = req.iterator({ destroyOnReturn: false });
      res.json(await importSuppressions(database, file));
    } finally {
      // Who is still sending is told why the file was refused once it has been read.
      req.resume();
    }
  });

  return router;
}

/** All of the list as CSV. */
export function suppressionsFile(database: Database): Router {
  return Router().get('/suppressions.csv', async (_req, res) => {
    // Asked for before the first byte is sent, so that a database that is down is still a 503.
    const rows = allSuppressions(database);
    const first = await rows.next();
    res.type('csv').attachment('suppressions.csv');
    const csv = suppressionsAsCsv();
    if (first.value) csv.write(first.value);
    await pipeline(rows, csv, res);
  });
}
