import type { Database } from '../database/database.js';
import { AT } from '../database/indexes.js';
import {
  CATEGORIES,
  contentConditions,
  Parameters,
  SEVERITIES,
  type Search,
  timeConditions,
} from './search.js';

const NEWEST = 'order by received_at desc, serial desc';

/** How many of the newest reports are looked through before an index is asked. */
const REACHES = [2000, 12_000];

/**
 * The newest reports that match, at most so many.
 *
 * An index that is in the order of the list gives them at once. Where there is none, for a part of
 * an address or a tag, what is common is among the newest reports, and what is rare is found through
 * its index and sorted. Left to itself, the database would guess which of the two it is.
 */
export async function matching<Row>(
  database: Database,
  search: Search,
  columns: string,
  most: number,
): Promise<Row[]> {
  if (isOrdered(search)) return database.query<Row>(...ordered(search, columns, most));
  for (const reach of search.address ? [] : REACHES) {
    const rows = await database.query<Row>(...among(search, columns, most, reach));
    if (rows.length >= most) return rows;
    // Fewer than enough to reach the page's end with the longest look: rare.
    if ((rows.length * Math.max(...REACHES)) / reach < most) break;
  }
  return database.query<Row>(...indexed(search, columns, most));
}

type Statement = [sql: string, parameters: unknown[]];

/** Whether an index has what matches in the order of the list. */
export function isOrdered({ recipient, address, tag, state, category, severity, domain }: Search) {
  return !recipient && !address && !tag && (!state || !(category || severity || domain));
}

/**
 * Through indexes on domain, category, severity and time: each pair of a category and a severity is
 * in the order of the list, so the newest of all are among the newest of each.
 */
export function ordered(search: Search, columns: string, most: number): Statement {
  const parameters = new Parameters();
  const { category, severity, ...rest } = search;
  const plain = !category && !severity && !search.domain && !search.state;
  const order = plain ? NEWEST : `order by ${AT} desc, serial desc`;
  const conditions = [
    ...contentConditions(rest, parameters),
    ...timeConditions(rest, parameters, !plain),
  ];
  if (plain || search.state) {
    const sql = `select ${columns} from failure_reports ${where(conditions)} ${order} limit ${most}`;
    return [sql, parameters.values];
  }
  const categories = parameters.add(category ? [category] : CATEGORIES);
  const severities = parameters.add(severity ? [severity] : SEVERITIES);
  conditions.push('category = one_category', 'severity = one_severity');
  return [
    `select ${columns}
     from unnest(${categories}::text[]) as one_category,
       unnest(${severities}::text[]) as one_severity,
       lateral (select * from failure_reports ${where(conditions)} ${order} limit ${most}) matching
     ${NEWEST} limit ${most}`,
    parameters.values,
  ];
}

/** Among so many of the newest. */
function among(search: Search, columns: string, most: number, reach: number): Statement {
  const parameters = new Parameters();
  return [
    `select ${columns} from (${newest(search, parameters, reach)}) newest
     ${where(contentConditions(search, parameters))} ${NEWEST} limit ${most}`,
    parameters.values,
  ];
}

/** So many of the newest of a time, whatever they are like. */
export function newest(search: Search, parameters: Parameters, reach: number): string {
  return `select * from failure_reports ${where(timeConditions(search, parameters))}
    ${NEWEST} limit ${reach}`;
}

/** All that match, found through an index, and then the newest of them. */
function indexed(search: Search, columns: string, most: number): Statement {
  const parameters = new Parameters();
  const conditions = [
    ...contentConditions(search, parameters),
    ...timeConditions(search, parameters),
  ];
  return [
    `with found as materialized (
       select serial as found_serial, received_at as found_at from failure_reports
       ${where(conditions)}
     ), newest as materialized (
       select * from found order by found_at desc, found_serial desc limit ${most}
     )
     select ${columns} from newest join failure_reports on serial = found_serial ${NEWEST}`,
    parameters.values,
  ];
}

export function where(conditions: string[]): string {
  return conditions.length > 0 ? `where ${conditions.join(' and ')}` : '';
}
