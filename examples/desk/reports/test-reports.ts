import { randomUUID } from 'node:crypto';
import { classifyFailure, type FailureReport } from 'copernica-failures';
import express, { type Request, Router } from 'express';
import { z } from 'zod';
import type { Database } from '../database/database.js';
import { read } from '../routes/requests.js';
import { encodeReport, SAMPLES } from '../send/samples.js';
import { findSuppression } from '../suppressions/list.js';
import { addressToSuppress, normaliseAddress } from '../suppressions/rule.js';
import { findReports } from './reports.js';
import type { SendTest } from './verification.js';

/** Reports of the page's form, which go through the endpoint like any other. */
export interface TestReports {
  /** Whether it is one of them. Only this process knows their ids, and only while they are sent. */
  isTest(report: FailureReport): boolean;
  send(
    url: string,
    test: { sample: string; recipient: string; tags: string[] },
  ): Promise<{ id: string; status: number; answer: string; report: FailureReport | undefined }>;
}

export function createTestReports(sendTest: SendTest): TestReports {
  const underWay = new Map<string, FailureReport | undefined>();
  return {
    isTest(report) {
      if (!underWay.has(report.id)) return false;
      underWay.set(report.id, report);
      return true;
    },
    async send(url, { sample: name, recipient, tags }) {
      const sample = SAMPLES.find((known) => known.name === name) ?? SAMPLES[0];
      const id = `test-${randomUUID()}`;
      underWay.set(id, undefined);
      try {
        const body = encodeReport(sample, { id, recipient, tags, time: new Date() });
        const answer = await sendTest(url, body);
        const text = await answer.text();
        return { id, status: answer.status, answer: text, report: underWay.get(id) };
      } finally {
        underWay.delete(id);
      }
    },
  };
}

const testSchema = z.object({
  sample: z.enum(
    SAMPLES.map(({ name }) => name),
    { error: 'Choose what happens' },
  ),
  recipient: z
    .string({ error: 'Give a recipient' })
    .max(1000, { error: 'A recipient has at most 1,000 characters' })
    .refine((given) => given.trim() !== '', { error: 'Give a recipient' }),
  tags: z
    .array(z.string().max(100, { error: 'A tag has at most 100 characters' }))
    .max(20, { error: 'Give at most 20 tags' }),
});

/** What can be sent, and to send it: with what a real report would have done. */
export function testReportRoutes(tests: TestReports, database: Database, endpoint: string): Router {
  const router = Router();

  router.get('/samples', (_req, res) => {
    res.json(SAMPLES.map(({ name, title }) => ({ name, title })));
  });

  router.post('/test-reports', express.json(), async (req, res) => {
    const test = read(testSchema, req.body ?? {});
    const { id, status, answer, report } = await tests.send(ownAddress(req) + endpoint, test);
    const accepted = status >= 200 && status < 300 && report;
    res.json({ id, status, answer, result: accepted ? await judge(database, report) : null });
  });

  return router;
}

async function judge(database: Database, report: FailureReport) {
  const category = classifyFailure(report);
  const address = normaliseAddress(report.recipient);
  const [{ reports }, suppression] = await Promise.all([
    findReports(database, { address }),
    findSuppression(database, address),
  ]);
  return {
    serial: reports.find((stored) => stored.report.id === report.id)?.serial ?? null,
    category,
    severity: report.severity,
    address,
    wouldSuppress: addressToSuppress(report, category) !== undefined,
    alreadySuppressed: suppression !== null,
  };
}

/** Where this process listens, as opposed to a proxy in front of it. */
function ownAddress({ socket: { localAddress = '', localPort } }: Request): string {
  return `http://${localAddress.includes(':') ? `[${localAddress}]` : localAddress}:${localPort}`;
}
