import { createHash } from 'node:crypto';
import { classifyFailure, type FailureReport } from 'copernica-failures';
import type { Database } from '../database/database.js';
import { storable } from '../database/sanitize-text.js';
import { addressToSuppress } from '../suppressions/rule.js';
import { inGroups } from './batch.js';
import { otherVariables, type Variables } from './variables.js';

/** What came with a report. */
export interface Circumstances {
  /** All variables of the call, documented or not. */
  variables?: Variables;
  /** It is only a test: it is kept, and nothing follows from it. */
  test?: boolean;
}

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
      address text, report jsonb, others jsonb, test boolean)
  ), stored as (
    insert into failure_reports
      (key, id, recipient, state, severity, category, report, others, test)
    select key, id, recipient, state, severity, category, report, others, test
    from incoming
    where not exists (select from cleared_keys where cleared_keys.key = incoming.key)
    order by key collate "C"
    on conflict (key) do nothing
    returning key, serial
  ), suppressed as (
    insert into suppressions (address, reason, description, report)
    select distinct on (address collate "C") address, category, report->>'description', serial
    from incoming join stored using (key)
    where address is not null order by address collate "C", serial
    -- Changes nothing, but locks the row: whoever deletes the address waits for this report.
    on conflict (address) do update set reason = excluded.reason where false
  )
  select key from stored`;

/**
 * Makes the function that stores a report. It resolves once the report is committed: to true, or to
 * false for a duplicate of one that was stored before.
 */
export function createStore(
  database: Database,
): (report: FailureReport, circumstances?: Circumstances) => Promise<boolean> {
  const store = inGroups(async (rows: Row[]) => {
    const stored = await database.query<{ key: string }>(INSERT, [JSON.stringify(rows, storable)]);
    const keys = new Set(stored.map(({ key }) => key));
    // Of duplicates within the group, the first is the one that was stored.
    return rows.map(({ key }) => keys.delete(key));
  });
  return (report, circumstances) => store(toRow(report, circumstances));
}

type Row = ReturnType<typeof toRow>;

function toRow(report: FailureReport, { variables = {}, test = false }: Circumstances = {}) {
  const category = classifyFailure(report);
  return {
    key: keyOf(report),
    id: report.id,
    recipient: report.recipient,
    state: report.state,
    severity: report.severity,
    category,
    address: test ? undefined : addressToSuppress(report, category),
    report,
    others: otherVariables(variables, report),
    test,
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
