import { setTimeout as delay } from 'node:timers/promises';
import { FailureReportError, type FailureReportErrorCode } from 'copernica-failures';
import type { ErrorRequestHandler, RequestHandler } from 'express';
import {
  Counter,
  collectDefaultMetrics,
  exponentialBuckets,
  Gauge,
  Histogram,
  Registry,
} from 'prom-client';
import {
  type Database,
  DatabaseUnavailableError,
  StatementTimeoutError,
} from '../database/driver.js';
import { CATEGORIES } from '../suppressions/reasons.js';
import { SEVERITIES } from './search.js';
import type { Commit } from './store.js';
import type { TestReports } from './test-reports.js';

/** A scrape waits so long for the database. Prometheus itself waits for ten seconds. */
const MAX_WAIT_MS = 2000;

/** promtool warns of these gauges: their names end like those of counters. Others tell the same in parts. */
const MISNAMED = ['handles', 'requests', 'resources'].map((name) => `nodejs_active_${name}_total`);

/** The error codes of the package, and those of the desk itself. */
const CODES = Object.keys({
  COPERNICA_REPORT_INVALID: 0,
  COPERNICA_BODY_INVALID: 0,
  COPERNICA_METHOD_UNSUPPORTED: 0,
  COPERNICA_BODY_TOO_LARGE: 0,
  COPERNICA_MEDIA_TYPE_UNSUPPORTED: 0,
  COPERNICA_SIGNATURE_MISSING: 0,
  COPERNICA_SIGNATURE_MALFORMED: 0,
  COPERNICA_SIGNATURE_INCOMPLETE: 0,
  COPERNICA_SIGNATURE_MISMATCH: 0,
  COPERNICA_ACCOUNT_MISMATCH: 0,
  COPERNICA_DATE_STALE: 0,
  COPERNICA_DIGEST_MISMATCH: 0,
  COPERNICA_KEY_UNTRUSTED: 0,
  COPERNICA_KEY_UNAVAILABLE: 0,
  COPERNICA_REPLAY_STORE_UNAVAILABLE: 0,
  COPERNICA_BODY_CONSUMED: 0,
  DATABASE_UNAVAILABLE: 0,
  DATABASE_TIMEOUT: 0,
  SENDER_FORBIDDEN: 0,
  INTERNAL_ERROR: 0,
} satisfies Record<Code, 0>);

type Code =
  | FailureReportErrorCode
  | 'DATABASE_UNAVAILABLE'
  | 'DATABASE_TIMEOUT'
  | 'SENDER_FORBIDDEN'
  | 'INTERNAL_ERROR';

const NEWEST = `select extract(epoch from received_at)::float8 as time from failure_reports
  where not is_test order by received_at desc, serial desc limit 1`;

/** Counts what happens to reports, for Prometheus. Test reports count nowhere. */
export interface Metrics {
  countCommit(commit: Commit): void;
  /** Counts an error of the endpoint, and passes it on. */
  countRefusal: ErrorRequestHandler;
  /** Answers a scrape with all numbers. */
  answer: RequestHandler;
}

/** All labels have fixed values, so no sender can add a series, or bring an address into one. */
export function createMetrics(database: Database, tests: TestReports): Metrics {
  const registry = new Registry();
  const registers = [registry];
  const stored = new Counter({
    name: 'failure_desk_reports_stored_total',
    help: 'Reports that were stored, without duplicates.',
    labelNames: ['severity', 'category'],
    registers,
  });
  const duplicates = new Counter({
    name: 'failure_desk_reports_duplicate_total',
    help: 'Reports that had been stored before.',
    registers,
  });
  const refused = new Counter({
    name: 'failure_desk_reports_refused_total',
    help: 'Reports that were answered with an error.',
    labelNames: ['code'],
    registers,
  });
  const commitDuration = new Histogram({
    name: 'failure_desk_commit_duration_seconds',
    help: 'How long the database took to commit waiting reports.',
    registers,
  });
  const commitSize = new Histogram({
    name: 'failure_desk_commit_reports',
    help: 'How many reports shared a commit.',
    buckets: exponentialBuckets(1, 2, 9),
    registers,
  });
  const up = new Gauge({
    name: 'failure_desk_database_up',
    help: 'Whether the database answers: 1, or 0.',
    registers,
  });
  const newest = new Gauge({
    name: 'failure_desk_newest_report_timestamp_seconds',
    help: 'When the newest report arrived. Absent if there is none, or the database does not answer.',
    registers,
  });
  collectDefaultMetrics({ register: registry });
  for (const name of MISNAMED) registry.removeSingleMetric(name);
  // A series that begins above 0 would hide its first events from rate() and increase().
  for (const severity of SEVERITIES) {
    for (const category of CATEGORIES) stored.inc({ severity, category }, 0);
  }
  for (const code of CODES) refused.inc({ code }, 0);

  async function updateGauges(): Promise<void> {
    const rows = await Promise.race([
      database.query<{ time: number }>(NEWEST).catch(() => undefined),
      delay(MAX_WAIT_MS, undefined, { ref: false }),
    ]);
    up.set(rows ? 1 : 0);
    const [row] = rows ?? [];
    if (row) newest.set(row.time);
    else newest.remove();
  }

  return {
    countCommit({ reports, seconds }) {
      const counted = reports.filter(({ test }) => !test);
      if (counted.length === 0) return;
      commitDuration.observe(seconds);
      commitSize.observe(counted.length);
      for (const { severity, category, isNew } of counted) {
        if (isNew) stored.inc({ severity, category });
        else duplicates.inc();
      }
    },
    countRefusal(error, req, _res, next) {
      // The desk refuses a test report only after it has read the variables, so the id is there.
      if (!tests.isTestId(req.body?.id)) refused.inc({ code: codeOf(error) });
      next(error);
    },
    async answer(_req, res) {
      await updateGauges();
      res.set({ 'Cache-Control': 'no-store', 'Content-Type': registry.contentType });
      res.send(await registry.metrics());
    },
  };
}

/** The label of an error. An unknown error's own `code` is not used: a database server can send any text. */
function codeOf(error: Error & { status?: number }): Code {
  if (error instanceof FailureReportError) return error.code;
  if (error instanceof DatabaseUnavailableError) return 'DATABASE_UNAVAILABLE';
  if (error instanceof StatementTimeoutError) return 'DATABASE_TIMEOUT';
  return error.status === 403 ? 'SENDER_FORBIDDEN' : 'INTERNAL_ERROR';
}
