import type { FailureCategory, FailureReport, FailureSeverity } from 'copernica-failures';
import type { Database } from '../database/database.js';
import { allMatching, matching } from './matching.js';
import type { Search } from './search.js';
import { allVariables, type Variables } from './variables.js';

export interface StoredReport {
  serial: string;
  receivedAt: Date;
  category: FailureCategory;
  severity: FailureSeverity;
  /** Sent by the page's form. */
  test: boolean;
  /** The receiving domain, empty where the recipient has none. */
  domain: string;
  /** The recipient in the form in which addresses are compared. */
  address: string;
  report: FailureReport;
}

const COLUMNS = `serial::text, received_at as "receivedAt", category, severity, test,
  receiving_domain(recipient) as domain, report_address(recipient) as address, report`;

/**
 * The newest reports, a page at a time. A page starts after the last report of the one before it
 * rather than at a number of rows, so that what arrives in between shifts nothing.
 *
 * @returns with `lookedBackTo` where older reports have not been looked at yet, so that it does not
 * take long: fewer than a page holds, or none, is not all there is. `next` goes on from there.
 */
export async function findReports(
  database: Database,
  search: Search,
  size = 20,
): Promise<{
  reports: StoredReport[];
  more: boolean;
  next: string | null;
  lookedBackTo: Date | null;
}> {
  const { rows, end } = await matching<StoredReport>(database, search, COLUMNS, size + 1);
  const reports = rows.slice(0, size);
  const more = rows.length > size;
  const next = more ? reports.at(-1)?.serial : end?.serial;
  return { reports, more, next: next ?? null, lookedBackTo: (!more && end?.receivedAt) || null };
}

/** All of one report; undefined where there is none, or none any more. */
export async function findReport(
  database: Database,
  serial: string,
): Promise<(StoredReport & { variables: Variables }) | undefined> {
  const [found] = await database.query<StoredReport & { others: Variables | null }>(
    `select ${COLUMNS}, others from failure_reports where serial = $1`,
    [serial],
  );
  return found && withVariables(found);
}

/** Every report that matches, but tests, with all its variables, newest first, fetched as it is consumed. */
export async function* allReports(
  database: Database,
  search: Search,
  size = 200,
): AsyncGenerator<StoredReport & { variables: Variables }> {
  type Row = StoredReport & { others: Variables | null };
  const real: Search = { ...search, tests: false };
  const all = allMatching<Row>(database, real, `${COLUMNS}, others`, size);
  for await (const report of all) yield withVariables(report);
}

function withVariables<Found extends StoredReport & { others: Variables | null }>(found: Found) {
  const { others, ...stored } = found;
  return { ...stored, variables: allVariables(stored.report, others) };
}
