import type { FailureSeverity } from 'copernica-failures';
import type { Count, ReportPage, ReportRow } from '../answers.js';
import type { Database } from '../database/driver.js';
import {
  domainOf,
  lowerCase,
  MAX_ADDRESS_LENGTH,
  normalizeAddress,
} from '../suppressions/address.js';
import { MAX_COUNT, partPattern, toCount } from '../suppressions/list.js';
import { MAX_STATE_LENGTH, MAX_TAG_LENGTH } from './store.js';

/** The conditions of a search. A report must meet all of them. */
export interface Search {
  /** Part of the address, in upper or lower case. */
  recipient?: string | undefined;
  /** The whole address. */
  address?: string | undefined;
  /** Identifier of the message. */
  id?: string | undefined;
  tag?: string | undefined;
  state?: string | undefined;
  category?: string | undefined;
  severity?: string | undefined;
  /** The receiving domain; `@` for recipients without one. */
  domain?: string | undefined;
  /** False leaves out test reports. */
  tests?: false | undefined;
  /** Unix time, in seconds; `to` is exclusive. */
  from?: number | undefined;
  to?: number | undefined;
  /** Only reports that are older, or newer, than the one with this serial. */
  before?: string | undefined;
  after?: string | undefined;
}

export const SEVERITIES = Object.keys({
  permanent: 0,
  temporary: 0,
  unknown: 0,
} satisfies Record<FailureSeverity, 0>);

const MAX_STATES = 200;

/** A report as a list shows it; see `ReportRow` for the lengths. */
const ROW = `serial::text, received_at as "receivedAt", category, severity, is_test as test,
  address, domain, state, (report->'code')::float8 as code, left(report->>'extended', 100) as extended,
  coalesce(left(report->>'description', 400), '') as description,
  coalesce(length(report->>'description') > 400, false) as shortened,
  tags[1:5] as tags, jsonb_array_length(report->'tags') as "tagCount"`;

/** Newest first. */
export const ORDER = 'order by failure_reports.received_at desc, failure_reports.serial desc';

/**
 * The newest matching reports, a page at a time. A page starts after the last report of the page before, so
 * reports that arrive in between shift nothing.
 */
export async function findReports(
  database: Database,
  search: Search,
  size = 20,
): Promise<ReportPage> {
  const { where, values } = conditions(search);
  const rows = await database.search<ReportRow>(
    `select ${ROW} from failure_reports ${where} ${ORDER} limit ${size + 1}`,
    values,
  );
  const reports = rows.slice(0, size);
  return { reports, next: rows.length > size ? (reports.at(-1)?.serial ?? null) : null };
}

/** How many reports match. Test reports do not count. */
export async function countReports(database: Database, search: Search): Promise<Count> {
  const { where, values } = conditions({ ...search, before: undefined, tests: false });
  const [row] = await database.search<{ count: number }>(
    `select count(*)::int as count
     from (select from failure_reports ${where} limit ${MAX_COUNT + 1}) found`,
    values,
  );
  return toCount(row?.count ?? 0);
}

/** The states of all reports, by name; the first ones if there are very many. */
export async function findStates(database: Database): Promise<string[]> {
  // Jumps from each state to the next one in the index.
  const rows = await database.search<{ state: string }>(
    `with recursive states as (
       (select state from failure_reports order by state limit 1)
       union all
       select (select state from failure_reports where state > states.state order by state limit 1)
       from states where state is not null
     )
     select state from states where state is not null limit ${MAX_STATES}`,
  );
  return rows.map(({ state }) => state);
}

/** The condition of a search, and its parameters. */
export function conditions(search: Search): { where: string; values: unknown[] } {
  const values: unknown[] = [];
  const parameter = (value: unknown) => `$${values.push(value)}`;
  const all: string[] = [];
  const { recipient, address, id, tag, state, category, severity, domain, tests } = search;
  if (recipient) all.push(`lower(address) like ${parameter(partPattern(recipient))}`);
  // A text such as `<>` means the empty address.
  if (address !== undefined) {
    const written = normalizeAddress(address).slice(0, MAX_ADDRESS_LENGTH);
    // The index is by lower case, so that other spellings are found too.
    all.push(
      `lower(address) = ${parameter(lowerCase(written))} and address = ${parameter(written)}`,
    );
  }
  if (id) {
    const whole = parameter(id);
    // The index has the first hundred characters.
    all.push(`left(report->>'id', 100) = left(${whole}, 100) and report->>'id' = ${whole}`);
  }
  if (domain) all.push(`domain = ${parameter(domainOf(`@${domain}`))}`);
  if (tag) all.push(`tags @> array[${parameter(tag.slice(0, MAX_TAG_LENGTH))}::text]`);
  if (state) all.push(`state = ${parameter(state.slice(0, MAX_STATE_LENGTH))}`);
  if (category) all.push(`category = ${parameter(category)}`);
  if (severity) all.push(`severity = ${parameter(severity)}`);
  if (tests === false) all.push('not is_test');
  const { from, to, before, after } = search;
  if (from !== undefined) all.push(`received_at >= to_timestamp(${parameter(from)}::float8)`);
  if (to !== undefined) all.push(`received_at < to_timestamp(${parameter(to)}::float8)`);
  if (before !== undefined) all.push(`(received_at, serial) < ${placeOf(parameter(before))}`);
  if (after !== undefined) all.push(`(received_at, serial) > ${placeOf(parameter(after))}`);
  return { where: all.length > 0 ? `where ${all.join(' and ')}` : '', values };
}

/** The place of a report in the list, also if that report was deleted. */
function placeOf(serial: string): string {
  return `(coalesce((select received_at from failure_reports where serial <= ${serial}::bigint
    order by serial desc limit 1), '-infinity'), ${serial}::bigint)`;
}
