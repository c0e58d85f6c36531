import { AT } from '../database/indexes.js';
import {
  CATEGORIES,
  contentConditions,
  Parameters,
  SEVERITIES,
  type Search,
  timeConditions,
} from './search.js';

export type Statement = [sql: string, parameters: unknown[]];

const NEWEST = 'order by received_at desc, serial desc';
/** The same by the numbers in the source, where columns are given as texts of the same name. */
const LIST = 'order by source.received_at desc, source.serial desc';

/** Whether an index has what matches in the order of the list. */
export function isOrdered({ recipient, address, tag }: Search): boolean {
  return !recipient && !address && !tag;
}

/**
 * Reports as an index has them, in the order of the list: of all, or of each pair of a category and a
 * severity. The newest of all pairs are among the newest of each.
 */
interface Source {
  /** To be followed by what is taken of each, a `limit` or an `offset`. */
  each: string;
  /** Makes a `from` of it. */
  from(each: string): string;
  pairs: number;
}

/** The source for a search, but for the parts of it that no index has in that order. */
function sourceOf(search: Search, parameters: Parameters): Source {
  const { recipient: _, address: __, tag: ___, category, severity, ...rest } = search;
  const plain = !category && !severity && !search.domain && !search.state;
  const conditions = [
    ...contentConditions(rest, parameters),
    ...timeConditions(rest, parameters, !plain),
  ];
  if (plain) {
    const each = `select * from failure_reports ${where(conditions)} ${NEWEST}`;
    return { each, from: (each) => `(${each}) source`, pairs: 1 };
  }
  const categories = category ? [category] : CATEGORIES;
  const severities = severity ? [severity] : SEVERITIES;
  const pairs = `unnest(${parameters.add(categories)}::text[]) as one_category,
    unnest(${parameters.add(severities)}::text[]) as one_severity`;
  conditions.push('category = one_category', 'severity = one_severity');
  return {
    each: `select * from failure_reports ${where(conditions)} order by ${AT} desc, serial desc`,
    from: (each) => `${pairs}, lateral (${each}) source`,
    pairs: categories.length * severities.length,
  };
}

/** The newest that match a search that is ordered. */
export function ordered(search: Search, columns: string, most: number): Statement {
  const parameters = new Parameters();
  const { each, from } = sourceOf(search, parameters);
  return [
    `select ${columns} from ${from(`${each} limit ${most}`)} ${LIST} limit ${most}`,
    parameters.values,
  ];
}

/** Where a look through some of the newest ends: what is older has not been looked at in every pair. */
export function endOfLook(search: Search, reach: number): Statement {
  const parameters = new Parameters();
  const { each, from, pairs } = sourceOf(search, parameters);
  const last = `${each} limit 1 offset ${Math.ceil(reach / pairs) - 1}`;
  return [
    `select serial::text, received_at as "receivedAt" from ${from(last)} ${LIST} limit 1`,
    parameters.values,
  ];
}

/** What matches in such a look. */
export function inLook(
  search: Search,
  reach: number,
  end: string | undefined,
  columns: string,
  most: number,
): Statement {
  const parameters = new Parameters();
  const { recipient, tag, ...rest } = search;
  const { each, from, pairs } = sourceOf({ ...rest, downTo: end }, parameters);
  // There are no more than that, but the database would not know, and read the whole table.
  const looked = `${each} limit ${Math.ceil(reach / pairs)}`;
  const wanted = contentConditions({ recipient, tag }, parameters);
  return [
    `select ${columns} from ${from(looked)} ${where(wanted)} ${LIST} limit ${most}`,
    parameters.values,
  ];
}

export function where(conditions: string[]): string {
  return conditions.length > 0 ? `where ${conditions.join(' and ')}` : '';
}
