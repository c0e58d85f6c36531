import type { FailureCategory, FailureSeverity } from 'copernica-failures';
import { AT, shortState } from '../database/indexes.js';
import { normaliseAddress } from '../suppressions/rule.js';

/** What can be asked for. Searches narrow down each other. */
export interface Search {
  /** Part of the address, in upper or lower case. */
  recipient?: string | undefined;
  /** The whole address. */
  address?: string | undefined;
  tag?: string | undefined;
  state?: string | undefined;
  category?: string | undefined;
  severity?: string | undefined;
  /** The receiving domain; `@`, which is in no domain, for recipients without one. */
  domain?: string | undefined;
  /** False leaves out the reports of the page's form. */
  tests?: false | undefined;
  /** Unix time; `to` is exclusive. */
  from?: number | undefined;
  to?: number | undefined;
  /** Only reports older, or newer, than the one with this serial number. */
  before?: string | undefined;
  after?: string | undefined;
  /** Only the one with this serial number and newer ones. */
  downTo?: string | undefined;
}

export const CATEGORIES = Object.keys({
  'invalid-address': 0,
  'mailbox-unavailable': 0,
  reputation: 0,
  content: 0,
  frequency: 0,
  technical: 0,
  unclassified: 0,
} satisfies Record<FailureCategory, 0>);

export const SEVERITIES = Object.keys({
  permanent: 0,
  temporary: 0,
  unknown: 0,
} satisfies Record<FailureSeverity, 0>);

/** Collects the parameters of a statement; each has a number. */
export class Parameters {
  readonly values: unknown[] = [];

  add(value: unknown): string {
    this.values.push(value);
    return `$${this.values.length}`;
  }
}

/**
 * What holds for the time of a report: where in the list, newest first, to look.
 *
 * @param inUtc writes times as the indexes that begin with something else do
 */
export function timeConditions(search: Search, parameters: Parameters, inUtc = false): string[] {
  const { from, to, before, after, downTo } = search;
  const column = inUtc ? AT : 'received_at';
  const zone = inUtc ? "at time zone 'UTC'" : '';
  const conditions: string[] = [];
  if (from !== undefined) {
    conditions.push(`${column} >= to_timestamp(${parameters.add(from)}::float8) ${zone}`);
  }
  if (to !== undefined) {
    conditions.push(`${column} < to_timestamp(${parameters.add(to)}::float8) ${zone}`);
  }
  for (const [serial, sign] of [
    [before, '<'],
    [after, '>'],
    [downTo, '>='],
  ]) {
    if (serial === undefined) continue;
    const place = `${parameters.add(serial)}::bigint`;
    // The report itself may have been deleted since it was on show, and all before it.
    conditions.push(`(${column}, serial) ${sign} (
      coalesce((select ${column} from failure_reports where serial <= ${place}
       order by serial desc limit 1), '-infinity'), ${place})`);
  }
  return conditions;
}

/** What a report itself must be like. */
export function contentConditions(search: Search, parameters: Parameters): string[] {
  const conditions: string[] = [];
  const { recipient, address, tag, state, category, severity, domain, tests } = search;
  if (address) {
    const place = parameters.add(normaliseAddress(address));
    conditions.push(`hashtextextended(report_address(recipient), 0) = hashtextextended(${place}, 0)
      and report_address(recipient) = ${place}`);
  }
  if (recipient) {
    conditions.push(`recipient ilike ${parameters.add(pattern(recipient))}`);
  }
  if (tag) {
    conditions.push(`report->'tags' @> jsonb_build_array(${parameters.add(tag)}::text)`);
  }
  if (domain) {
    conditions.push(`receiving_domain(recipient) = ${domainOf(parameters.add(domain))}`);
  }
  if (state) {
    const place = parameters.add(state);
    conditions.push(`${shortState('state')} = ${shortState(place)} and state = ${place}`);
  }
  for (const [column, value] of Object.entries({ category, severity })) {
    if (value) conditions.push(`${column} = ${parameters.add(value)}`);
  }
  if (tests === false) conditions.push('not test');
  return conditions;
}

/** The domain that a parameter names, in the form in which domains are stored. */
export function domainOf(place: string): string {
  return `receiving_domain('@' || ${place}::text)`;
}

/** A text to be found anywhere, with nothing in it that stands for something else. */
export function pattern(part: string): string {
  return `%${part.replace(/[\\%_]/g, '\\$&')}%`;
}
