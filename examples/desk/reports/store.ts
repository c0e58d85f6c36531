import { createHash } from 'node:crypto';
import {
  classifyFailure,
  type FailureCategory,
  type FailureReport,
  type FailureSeverity,
} from 'copernica-failures';
import type { Database } from '../database/driver.js';
import { toStorableJson } from '../database/sanitize-text.js';
import {
  addressToSuppress,
  domainOf,
  MAX_ADDRESS_LENGTH,
  normalizeAddress,
} from '../suppressions/address.js';
import { RECORD_SUPPRESSED } from '../suppressions/changes.js';
import { batched } from './batch.js';
import { extraVariables, type Variables } from './variables.js';

/** Searches know this much of a text, in characters; the report itself is kept whole. */
export const MAX_STATE_LENGTH = 100;
export const MAX_TAG_LENGTH = 100;
const MAX_TAGS = 50;
const MAX_DESCRIPTION_LENGTH = 1000;
/** In characters of JSON. */
const MAX_BATCH_LENGTH = 2_000_000;

/** Data about the call that delivered a report. */
interface Circumstances {
  /** All variables of the call, documented or not. */
  variables?: Variables;
  /** True for a test report: it is stored, but suppresses nothing and counts nowhere. */
  test?: boolean;
}

/** One commit, and the reports that shared it. */
export interface Commit {
  /** Also those that had been stored before. */
  reports: (Kind & { isNew: boolean })[];
  /** How long it took. */
  seconds: number;
}

/** The properties by which reports are counted. */
interface Kind {
  severity: FailureSeverity;
  category: FailureCategory;
  test: boolean;
}

/**
 * Stores reports and suppresses addresses in one statement, so both happen or neither.
 *
 * Rows are inserted in the order of their keys, so two desks that store the same reports do not deadlock.
 * A report never gets a time in an hour that has been counted.
 */
const INSERT = `
  with incoming as (
    select * from jsonb_to_recordset($1::jsonb) as incoming (
      key text, address text, domain text, severity text, category text, state text, tags text[],
      is_test boolean, suppress boolean, description text, report jsonb, extra_variables jsonb)
  ), stored as (
    insert into failure_reports (dedup_key, received_at, address, domain, severity, category, state,
      tags, is_test, report, extra_variables)
    select key, greatest(now(), rolled_up_to), address, domain, severity, category, state,
      tags, is_test, report, extra_variables
    from incoming, rollup_progress
    where not exists (select from deleted_report_keys where dedup_key = key)
    order by key collate "C"
    on conflict (dedup_key) do nothing
    returning dedup_key, serial
  ), suppressed as (
    insert into suppressions (address, reason, description, source, report_id)
    select distinct on (address collate "C") address, category, description, 'report', serial
    from incoming join stored on dedup_key = key
    where suppress order by address collate "C", serial
    -- Changes nothing, but locks the row: a deletion of this address waits for this report.
    on conflict (address) do update set reason = excluded.reason where false
    returning address, source, reason, note, report_id
  ), ${RECORD_SUPPRESSED}
  select dedup_key as key from stored`;

/**
 * Makes the function that stores a report. It resolves when the report is committed: to true, or to false
 * if the report was stored before.
 *
 * @param onCommit is called after each commit
 */
export function createStore(
  database: Database,
  onCommit?: (commit: Commit) => void,
): (report: FailureReport, circumstances?: Circumstances) => Promise<boolean> {
  const store = batched(
    async (rows: Row[]) => {
      const values = `[${rows.map(({ json }) => json).join()}]`;
      const start = performance.now();
      const stored = await database.query<{ key: string }>(INSERT, [values]);
      const seconds = (performance.now() - start) / 1000;
      const keys = new Set(stored.map(({ key }) => key));
      // Of duplicates within the batch, only the first was stored.
      const reports = rows.map(({ key, kind }) => ({ ...kind, isNew: keys.delete(key) }));
      onCommit?.({ reports, seconds });
      return reports.map(({ isNew }) => isNew);
    },
    { maxSize: MAX_BATCH_LENGTH, sizeOf: ({ json }) => json.length },
  );
  return (report, circumstances) => store(toRow(report, circumstances));
}

interface Row {
  key: string;
  json: string;
  kind: Kind;
}

function toRow(report: FailureReport, { variables = {}, test = false }: Circumstances = {}): Row {
  const category = classifyFailure(report);
  const address = normalizeAddress(report.recipient);
  const key = dedupKey(report);
  const row = {
    key,
    address: address.slice(0, MAX_ADDRESS_LENGTH),
    domain: domainOf(address),
    severity: report.severity,
    category,
    state: report.state.slice(0, MAX_STATE_LENGTH),
    tags: report.tags.slice(0, MAX_TAGS).map((tag) => tag.slice(0, MAX_TAG_LENGTH)),
    is_test: test,
    suppress: !test && addressToSuppress(report, category) !== undefined,
    description: report.description?.slice(0, MAX_DESCRIPTION_LENGTH),
    report,
    extra_variables: extraVariables(variables, report),
  };
  const kind = { severity: report.severity, category, test };
  return { key, json: toStorableJson(row), kind };
}

/**
 * Identifies a report, also if it is delivered again: by the message, its recipient, and how it failed.
 *
 * The id alone is not enough: a message may have several recipients, and a delayed one can bounce later.
 * The time is left out, since a repeated report may carry a new one. So are the tags, which belong to the
 * message. A key with too many fields stores duplicates; a key with too few loses reports. It is a digest,
 * since a recipient can be longer than an index takes.
 */
function dedupKey({ id, recipient, state, code, extended, description }: FailureReport): string {
  const identity = JSON.stringify([id, recipient, state, code, extended, description]);
  return createHash('sha256').update(identity).digest('base64url');
}
