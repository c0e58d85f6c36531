import { explainFailure } from 'copernica-failures';
import type { WholeReport } from '../answers.js';
import type { Database } from '../database/driver.js';
import { conditions, ORDER, type Search } from './search.js';
import { allVariables, type Variables } from './variables.js';

/** A whole report, as an app gets it. */
type StoredReport = Omit<WholeReport, 'explanation'>;

type Row = Omit<StoredReport, 'variables'> & { extra: Variables | null };

const COLUMNS = `serial::text, received_at as "receivedAt", category, severity, is_test as test,
  domain, address, report, extra_variables as extra`;

/** Limit for one page of all reports. An app can wait longer than a person. */
const PAGE_TIMEOUT_MS = 30_000;

/** The whole report; undefined if it does not exist, or was deleted. */
export async function findReport(
  database: Database,
  serial: string,
): Promise<WholeReport | undefined> {
  const [row] = await database.query<Row>(
    `select ${COLUMNS} from failure_reports where serial = $1`,
    [serial],
  );
  // The explanation follows the current rules, not those of the day when the report arrived.
  return row && { ...withVariables(row), explanation: explainFailure(row.report) };
}

/** All matching reports except test reports, newest first, fetched as they are consumed. */
export async function* allReports(
  database: Database,
  search: Search,
  size = 50,
): AsyncGenerator<StoredReport> {
  for (let { before } = search; ; ) {
    const { where, values } = conditions({ ...search, before, tests: false });
    const rows = await database.search<Row>(
      `select ${COLUMNS} from failure_reports ${where} ${ORDER} limit ${size}`,
      values,
      PAGE_TIMEOUT_MS,
    );
    yield* rows.map(withVariables);
    before = rows.at(-1)?.serial;
    if (rows.length < size) return;
  }
}

function withVariables({ extra, ...stored }: Row): StoredReport {
  return { ...stored, variables: allVariables(stored.report, extra) };
}
