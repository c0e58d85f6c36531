import type { FailureCategory, FailureReport, FailureSeverity } from 'copernica-failures';
import type { Database } from '../database/database.js';
import { visibleNul } from '../endpoint/store.js';

/** What the page asks for. Searches narrow down each other. */
export interface Search {
  /** Part of the address, in upper or lower case. */
  recipient?: string | undefined;
  tag?: string | undefined;
  state?: string | undefined;
  category?: string | undefined;
  /** Only reports older than the one with this serial number. */
  before?: string | undefined;
}

export interface StoredReport {
  serial: string;
  receivedAt: Date;
  category: FailureCategory;
  severity: FailureSeverity;
  report: FailureReport;
}

/**
 * The newest reports, a page at a time. A page starts after the last report of the one before it
 * rather than at a number of rows, so that what arrives in between shifts nothing.
 */
export async function findReports(
  database: Database,
  { recipient, tag, state, category, before }: Search,
  size = 20,
): Promise<{ reports: StoredReport[]; more: boolean }> {
  const texts = [recipient, tag, state, category].map((text) => (text ? visibleNul(text) : null));
  const reports = await database.query<StoredReport>(
    `select serial::text, received_at as "receivedAt", category, severity, report
     from failure_reports
     where ($1::text is null or position(lower($1) in lower(recipient)) > 0)
       and ($2::text is null or report->'tags' ? $2)
       and ($3::text is null or state = $3)
       and ($4::text is null or category = $4)
       and ($5::bigint is null or serial < $5)
     order by failure_reports.serial desc limit $6`,
    [...texts, before ?? null, size + 1],
  );
  return { reports: reports.slice(0, size), more: reports.length > size };
}

/** How far back the numbers go and how finely they are plotted, in seconds. */
export const PERIODS = {
  hour: { length: 3600, step: 60 },
  day: { length: 86_400, step: 1800 },
  month: { length: 30 * 86_400, step: 43_200 },
  year: { length: 365 * 86_400, step: 7 * 86_400 },
} as const;

/** How many reports arrived, per step of the period, category and severity. */
export interface Count {
  /** Start of the step, in Unix time. */
  time: number;
  category: FailureCategory;
  severity: FailureSeverity;
  count: number;
}

export async function countReports(
  database: Database,
  period: keyof typeof PERIODS,
  now = Date.now() / 1000,
): Promise<{ from: number; to: number; step: number; counts: Count[] }> {
  const { length, step } = PERIODS[period];
  const to = Math.floor(now / step) * step;
  const from = to - length + step;
  const counts = await database.query<Count>(
    `select (floor(extract(epoch from received_at) / $2::int) * $2::int)::float8 as time,
       category, severity, count(*)::int as count
     from failure_reports where received_at >= to_timestamp($1::float8)
     group by 1, 2, 3 order by 1, 2, 3`,
    [from, step],
  );
  return { from, to, step, counts };
}

export interface Suppression {
  address: string;
  reason: FailureCategory;
  description: string | null;
  since: Date;
}

export async function newestSuppressions(
  database: Database,
  size = 10,
): Promise<{ suppressions: Suppression[]; total: number }> {
  const rows = await database.query<Suppression & { total: number }>(
    `select address, reason, description, since, (select count(*)::int from suppressions) as total
     from suppressions order by since desc, address limit $1`,
    [size],
  );
  return {
    suppressions: rows.map(({ total: _, ...suppression }) => suppression),
    total: rows[0]?.total ?? 0,
  };
}

/** Every suppression by address, fetched as it is consumed, however many there are. */
export async function* allSuppressions(
  database: Database,
  size = 1000,
): AsyncGenerator<Suppression> {
  let last = '';
  for (;;) {
    const rows = await database.query<Suppression>(
      `select address, reason, description, since from suppressions
       where address > $1 order by address limit $2`,
      [last, size],
    );
    yield* rows;
    const end = rows.at(-1);
    if (!end || rows.length < size) return;
    last = end.address;
  }
}
