import { randomUUID } from 'node:crypto';
import type { FailureReport } from 'copernica-failures';
import { encodeReport, SAMPLES } from '../send/samples.js';
import type { SendTest } from './verification.js';

/** Reports of the page's form. They go through the endpoint like all others. */
export interface TestReports {
  /** True for a report of the form. Only this process knows its id, and only while it is sent. */
  isTest(report: FailureReport): boolean;
  /** True for the id of such a report, also if it was refused. */
  isTestId(id: unknown): boolean;
  send(
    url: string,
    test: { sample: string; recipient: string; tags: string[] },
  ): Promise<{ id: string; status: number; answer: string; report: FailureReport | undefined }>;
}

export function createTestReports(sendTest: SendTest): TestReports {
  const underWay = new Map<string, FailureReport | undefined>();
  const isTestId = (id: unknown) => typeof id === 'string' && underWay.has(id);
  return {
    isTestId,
    isTest(report) {
      if (!isTestId(report.id)) return false;
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
