import { createHash, timingSafeEqual } from 'node:crypto';
import { pipeline } from 'node:stream/promises';
import { type RequestHandler, Router } from 'express';
import type { Attempts } from '../auth/login-limiter.js';
import type { Database } from '../database/database.js';
import { allReports } from '../reports/reports.js';
import { deleteAddress } from '../suppressions/addresses.js';
import { findChanges } from '../suppressions/changes.js';
import { lookUp } from '../suppressions/list.js';
import {
  addressSchema,
  changesSchema,
  deletionSchema,
  filled,
  read,
  strictSearchSchema,
} from './requests.js';

/** What one's own app asks the desk. Addresses stand in the query, which no log here contains. */
export function createInterface(database: Database, token: string, attempts: Attempts): Router {
  const router = Router();
  router.use(askToken(token, attempts));
  router.use((_req, res, next) => {
    res.set('Cache-Control', 'no-store');
    next();
  });

  router.get('/suppressions', async (req, res) => {
    const { address } = read(addressSchema, req.query);
    const { suppression, ...found } = await lookUp(database, address);
    res.json({
      ...found,
      suppressed: suppression !== null,
      ...(suppression && { reason: suppression.reason, since: suppression.since }),
    });
  });

  router.get('/changes', async (req, res) => {
    const { after, limit } = read(changesSchema.strict(), filled(req.query));
    res.json(await findChanges(database, after, limit));
  });

  router.get('/reports', async (req, res) => {
    const reports = allReports(database, read(strictSearchSchema, filled(req.query)));
    // Asked for before the first byte is sent, so that a database that is down is still a 503.
    const first = await reports.next();
    res.type('application/x-ndjson');
    await pipeline(async function* () {
      if (!first.done) yield `${JSON.stringify(first.value)}\n`;
      for await (const report of reports) yield `${JSON.stringify(report)}\n`;
    }, res);
  });

  router.delete('/addresses', async (req, res) => {
    const { address, keepSuppression } = read(deletionSchema, req.query);
    res.json(await deleteAddress(database, address, keepSuppression));
  });

  router.use(nothingHere);
  return router;
}

export const nothingHere: RequestHandler = (_req, res) => {
  res.status(404).json({ error: 'There is nothing here' });
};

function askToken(token: string, attempts: Attempts): RequestHandler {
  return async (req, res, next) => {
    const [scheme, given = ''] = (req.get('Authorization') ?? '').split(' ');
    const isRight = scheme?.toLowerCase() === 'bearer' && isSame(given, token);
    const verdict = given ? await attempts.judge(req.ip, isRight) : 'wrong';
    if (verdict === 'right') return next();
    if (verdict === 'wrong') {
      res.status(401).set('WWW-Authenticate', 'Bearer realm="Failure desk"');
      res.json({ error: 'Send the header Authorization: Bearer, and DESK_TOKEN' });
    } else {
      res.status(429).set('Retry-After', String(verdict.locked));
      res.json({ error: 'Too many wrong tokens came from this address' });
    }
  };
}

/** Takes as long for a guess that is nearly right as for any other. */
function isSame(given: string, token: string): boolean {
  const [one, other] = [given, token].map((text) => createHash('sha256').update(text).digest());
  return Boolean(one && other && timingSafeEqual(one, other));
}
