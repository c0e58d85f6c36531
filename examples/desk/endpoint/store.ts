import { createHash } from 'node:crypto';
import { classifyFailure, type FailureReport } from 'copernica-failures';
import type { Database } from '../database/database.js';
import { inGroups } from './group.js';
import { addressToSuppress } from './suppression.js';

/** The channel on which every process hears that reports have been stored. */
export const CHANNEL = 'failure_reports';

/**
 * Stores reports, with what follows from them, in one statement and so in one transaction: all of
 * it or nothing.
 *
 * Rows go in by the order of their keys. Two processes that store the same reports at the same
 * moment then wait for each other, where in different orders they would block each other.
 */
const INSERT = `
  with incoming as (
    select * from jsonb_to_recordset($1::jsonb) as incoming (
      key text, id text, recipient text, state text, severity text, category text,
      address text, report jsonb)
  ), stored as (
    insert into failure_reports (key, id, recipient, state, severity, category, report)
    select key, id, recipient, state, severity, category, report
    from incoming order by key collate "C"
    on conflict (key) do nothing
    returning key
  ), suppressed as (
    insert into suppressions (address, reason, description)
    select address, category, report->>'description'
    from incoming join stored using (key)
    where address is not null order by address collate "C"
    on conflict (address) do nothing
  )
  select pg_notify('${CHANNEL}', '') where exists (select from stored)`;

/** Makes the function that stores a report. It resolves once the report is committed. */
export function createStore(
  database: Database,
  { largestGroup }: { largestGroup?: number } = {},
): (report: FailureReport) => Promise<void> {
  return inGroups(async (reports) => {
    await database.query(INSERT, [JSON.stringify(reports.map(toRow), storable)]);
    return reports.map(() => undefined);
  }, largestGroup);
}

function storable(_name: string, value: unknown): unknown {
  return typeof value === 'string' ? visibleNul(value) : value;
}

function toRow(report: FailureReport) {
  const category = classifyFailure(report);
  return {
    key: keyOf(report),
    id: report.id,
    recipient: report.recipient,
    state: report.state,
    severity: report.severity,
    category,
    address: addressToSuppress(report, category),
    report,
  };
}

/**
 * What makes two deliveries the same report: the message, whom it was for, and how it failed.
 *
 * The id alone will not do: one message may have several recipients, and one that was reported as
 * delayed can bounce for good later, which must not be lost. The time is left out, since a report
 * that is sent again might carry a new one; so are the tags, which belong to the message. Where that
 * is too fine, a report is stored twice; where a key is too coarse, one is lost.
 *
 * As a digest it has a fixed length: a recipient can be longer than an index takes.
 */
function keyOf({ id, recipient, state, code, extended, description }: FailureReport): string {
  const identity = JSON.stringify([id, recipient, state, code, extended, description]);
  return createHash('sha256').update(identity).digest('base64url');
}

/** PostgreSQL's texts hold every character but NUL, so that one is kept as the symbol for it. */
export function visibleNul(text: string): string {
  return text.replaceAll('\0', '\u2400');
}
