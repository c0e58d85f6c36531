import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { stringify } from 'csv-stringify';
import express, { type Request, type RequestHandler, Router } from 'express';
import { z } from 'zod';
import { encodeReport, SAMPLES } from '../../samples.js';
import type { Database } from '../database/database.js';
import type { SendTest } from '../endpoint/verification.js';
import {
  allSuppressions,
  countReports,
  findReports,
  newestSuppressions,
  PERIODS,
} from '../queries/queries.js';
import type { Events } from './events.js';
import { toCell } from './spreadsheet.js';

const FILES = fileURLToPath(new URL('browser', import.meta.url));
const PLOT_FILES = dirname(createRequire(import.meta.url).resolve('uplot'));

const text = z.string().max(1000).optional();
const searchSchema = z.object({
  recipient: text,
  tag: text,
  state: text,
  category: text,
  before: z
    .string()
    .regex(/^\d{1,18}$/)
    .optional(),
});
const periodSchema = z.object({
  period: z.enum(Object.keys(PERIODS) as [keyof typeof PERIODS]).default('day'),
});
const testSchema = z.object({
  sample: z.enum(SAMPLES.map(({ name }) => name)),
  recipient: z.string().min(1).max(1000),
  tags: z.array(z.string().max(100)).max(20),
});

/** The page and what it asks for. */
export function createPage({
  database,
  endpoint,
  events,
  guard,
  sendTest,
}: {
  database: Database;
  /** Path of the endpoint that test reports are sent to. */
  endpoint: string;
  events: Events;
  /** What stands before all of it. */
  guard: RequestHandler;
  sendTest: SendTest;
}): Router {
  const router = Router();
  router.use(guard);
  router.use('/uplot', express.static(PLOT_FILES, { index: false }));
  router.use(express.static(FILES));
  router.use((_req, res, next) => {
    res.set('Cache-Control', 'no-store');
    next();
  });

  router.get('/events', events.subscribe);

  router.get('/numbers', async (req, res) => {
    res.json(await countReports(database, read(periodSchema, req.query).period));
  });

  router.get('/reports', async (req, res) => {
    res.json(await findReports(database, read(searchSchema, req.query)));
  });

  router.get('/suppressions', async (_req, res) => {
    res.json(await newestSuppressions(database));
  });

  router.get('/suppressions.csv', async (_req, res) => {
    const csv = stringify({
      header: true,
      columns: ['address', 'reason', 'since', 'description'],
      cast: { date: (date) => date.toISOString(), string: toCell },
    });
    // Asked for before the first byte is sent, so that a database that is down is still a 503.
    const rows = allSuppressions(database);
    const first = await rows.next();
    res.type('csv').attachment('suppressions.csv');
    if (first.value) csv.write(first.value);
    await pipeline(rows, csv, res);
  });

  router.get('/samples', (_req, res) => {
    res.json(SAMPLES.map(({ name, title }) => ({ name, title })));
  });

  router.post('/test-reports', express.json(), async (req, res) => {
    const { sample: name, recipient, tags } = read(testSchema, req.body);
    const sample = SAMPLES.find((known) => known.name === name) ?? SAMPLES[0];
    const id = `test-${Date.now().toString(36)}-${Math.random().toString(36).slice(2, 8)}`;
    const body = encodeReport(sample, { id, recipient, tags, time: new Date() });
    const answer = await sendTest(ownAddress(req) + endpoint, body);
    res.json({ id, status: answer.status, answer: await answer.text() });
  });

  return router;
}

function read<Output>(schema: z.ZodType<Output>, value: unknown): Output {
  const { data, error } = schema.safeParse(value);
  if (error) throw Object.assign(new Error(z.prettifyError(error)), { status: 400, expose: true });
  return data as Output;
}

/** Where this process listens, as opposed to a proxy in front of it. */
function ownAddress({ socket: { localAddress = '', localPort } }: Request): string {
  return `http://${localAddress.includes(':') ? `[${localAddress}]` : localAddress}:${localPort}`;
}
