import { classifyFailure, type FailureReport } from 'copernica-failures';
import express, { type Request, Router } from 'express';
import { z } from 'zod';
import type { Samples, TestReportResult } from '../answers.js';
import type { Database } from '../database/driver.js';
import type { TestReports } from '../reports/test-reports.js';
import { SAMPLES } from '../send/samples.js';
import {
  addressToSuppress,
  MAX_ADDRESS_LENGTH,
  normalizeAddress,
} from '../suppressions/address.js';
import { findSuppression } from '../suppressions/list.js';
import { check } from './requests.js';

const testSchema = z.object({
  sample: z.enum(
    SAMPLES.map(({ name }) => name),
    { error: 'Choose a kind of failure' },
  ),
  recipient: z
    .string({ error: 'Give a recipient' })
    .max(1000, { error: 'A recipient has at most 1,000 characters' })
    .refine((recipient) => recipient.trim() !== '', { error: 'Give a recipient' }),
  tags: z
    .array(z.string().max(100, { error: 'A tag has at most 100 characters' }))
    .max(20, { error: 'Give at most 20 tags' }),
});

/** Requests of the form for test reports: lists the samples, and sends one. */
export function testReportRoutes(tests: TestReports, database: Database, endpoint: string): Router {
  const router = Router();

  router.get('/samples', (_req, res) => {
    res.json(SAMPLES.map(({ name, title }) => ({ name, title })) satisfies Samples);
  });

  router.post('/test-reports', express.json(), async (req, res) => {
    const test = check(testSchema, req.body ?? {});
    const { id, status, answer, report } = await tests.send(ownAddress(req) + endpoint, test);
    const isAccepted = status >= 200 && status < 300 && report;
    const result = isAccepted ? await effectsOfRealReport(database, report) : null;
    res.json({ id, status, answer, result } satisfies TestReportResult);
  });

  return router;
}

/** The effects that a real report of this kind would have had. */
async function effectsOfRealReport(
  database: Database,
  report: FailureReport,
): Promise<TestReportResult['result']> {
  const category = classifyFailure(report);
  const address = normalizeAddress(report.recipient);
  const [stored] = await database.query<{ serial: string }>(
    `select serial::text from failure_reports
     where address = $1 and is_test and report->>'id' = $2`,
    [address.slice(0, MAX_ADDRESS_LENGTH), report.id],
  );
  return {
    serial: stored?.serial ?? null,
    category,
    severity: report.severity,
    address,
    wouldSuppress: addressToSuppress(report, category) !== undefined,
    alreadySuppressed: (await findSuppression(database, address)) !== null,
  };
}

/** The address of this process itself, not of a proxy in front of it. */
function ownAddress({ socket: { localAddress = '', localPort } }: Request): string {
  return `http://${localAddress.includes(':') ? `[${localAddress}]` : localAddress}:${localPort}`;
}
