import { explainFailure } from 'copernica-failures';
import type { WholeReport } from '../answers.js';
import type { Database } from '../database/driver.js';
import { conditions, ORDER, type Search } from './search.js';
import { allVariables, type Variables } from './variables.js';

/** A report with all that was stored of it, as an app gets it. */
type StoredReport = Omit<WholeReport, 'explanation'>;

type Row = Omit<StoredReport, 'variables'> & { extra: Variables | null };

const COLUMNS = `serial::text, received_at as "receivedAt", category, severity, is_test as test,
  domain, address, report, extra_variables as extra`;

/** How long one page of all reports may take. An app can wait longer than a person. */
const PAGE_TIMEOUT_MS = 30_000;

/** All of one report; undefined if there is none, or none any more. */
export async function findReport(
  database: Database,
  serial: string,
): Promise<WholeReport | undefined> {
  const [row] = await database.query<Row>(
    `select ${COLUMNS} from failure_reports where serial = $1`,
    [serial],
  );
  // The explanation follows the rules of today, not those of the day the report came.
  return row && { ...withVariables(row), explanation: explainFailure(row.report) };
}

/** Every report that matches but test reports, newest first, fetched as it is consumed. */
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
