import createError from 'http-errors';
import { z } from 'zod';
import type { Database } from '../database/database.js';
import { pattern } from '../reports/search.js';
import { formsOf } from './alike.js';
import { meantAddress } from './parse-address.js';
import { LONGEST, normaliseAddress } from './rule.js';

export interface Suppression {
  address: string;
  /** A category, or how else it came about. */
  reason: string;
  description: string | null;
  since: Date;
  source: 'report' | 'hand' | 'import';
  /** What a person gave as the reason. */
  note: string | null;
  /** Serial number of the report that led to it. */
  report: string | null;
}

/** A place in the list: to the microsecond, which a Date would lose, in the form that Zod checks. */
const PLACE = `to_char(since at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;
const cursorSchema = z.tuple([
  z.iso.datetime({ precision: 6 }).refine((since) => since >= '0001'),
  z.string(),
]);

const COLUMNS = 'address, reason, description, since, source, note, report::text';

/** The suppressions, newest first, a page at a time. */
export async function findSuppressions(
  database: Database,
  { search, before }: { search?: string | undefined; before?: string | undefined } = {},
  size = 20,
): Promise<{ suppressions: Suppression[]; next: string | null; total: number }> {
  const [since, address] = before ? readCursor(before) : [null, null];
  const rows = await database.query<Suppression & { place: string }>(
    `select ${COLUMNS}, ${PLACE} as place from suppressions
     where ($1::text is null or address ilike $1)
       and ($2::timestamptz is null or (since, address) < ($2, $3))
     order by since desc, address desc limit $4`,
    [search ? pattern(search) : null, since, address, size + 1],
  );
  const [feed] = await database.query<{ total: number }>(
    'select suppressed::float8 as total from suppression_feed',
  );
  const suppressions = rows.slice(0, size).map(({ place: _, ...suppression }) => suppression);
  const last = rows.length > size ? rows[size - 1] : undefined;
  return {
    suppressions,
    next: last ? writeCursor(last.place, last.address) : null,
    total: feed?.total ?? 0,
  };
}

/** Counting stops here. */
const ENOUGH = 1000;

/** How many suppressed addresses have this in them. */
export async function countSuppressions(
  database: Database,
  search: string,
): Promise<{ count: number; exact: boolean }> {
  const [row] = await database.query<{ count: number }>(
    `select count(*)::int as count
     from (select from suppressions where address ilike $1 limit ${ENOUGH + 1}) found`,
    [pattern(search)],
  );
  const count = row?.count ?? 0;
  return { count: Math.min(count, ENOUGH), exact: count <= ENOUGH };
}

/** Every suppression by address, fetched as it is consumed, however many there are. */
export async function* allSuppressions(
  database: Database,
  size = 1000,
): AsyncGenerator<Suppression> {
  let last = '';
  for (;;) {
    const rows = await database.query<Suppression>(
      `select ${COLUMNS} from suppressions where address > $1 order by address limit $2`,
      [last, size],
    );
    yield* rows;
    const end = rows.at(-1);
    if (!end || rows.length < size) return;
    last = end.address;
  }
}

/** The suppression of an address, if it is suppressed. */
export async function findSuppression(
  database: Database,
  address: string,
): Promise<Suppression | null> {
  const [found] = await database.query<Suppression>(
    `select ${COLUMNS} from suppressions where address = any($1) order by address <> $2 limit 1`,
    [formsOf(address), normaliseAddress(address)],
  );
  return found ?? null;
}

/** The same for what a person or an app asks about: as it is written or else as it is meant. */
export async function lookUp(
  database: Database,
  given: string,
): Promise<{ address: string; suppression: Suppression | null }> {
  const meant = meantAddress(given);
  const exact = await findSuppression(database, given);
  if (exact || meant === given.trim())
    return { address: normaliseAddress(given), suppression: exact };
  return { address: normaliseAddress(meant), suppression: await findSuppression(database, meant) };
}

/** Whether it can be on the list: not blank, and no longer than an address can be. */
export function isSuppressible(address: string): boolean {
  const { length } = normaliseAddress(address);
  return length > 0 && length <= LONGEST;
}

function writeCursor(since: string, address: string): string {
  return Buffer.from(JSON.stringify([since, address])).toString('base64url');
}

function readCursor(cursor: string): [string, string] {
  try {
    return cursorSchema.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString()));
  } catch {
    // Whatever is wrong with it, the answer is the same.
  }
  throw createError(400, 'The cursor is not one that this desk has given');
}
