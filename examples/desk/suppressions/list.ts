import createError from 'http-errors';
import { z } from 'zod';
import type { Count, Suppression, SuppressionPage } from '../answers.js';
import type { Database } from '../database/driver.js';
import { lowerCase, normalizeAddress } from './address.js';

const COLUMNS = 'address, reason, description, since, source, note, report_id::text as report';
/** Counting stops above this number. */
export const MAX_COUNT = 1000;

/** A place in the list, to the microsecond, which a Date would lose. */
const PLACE = `to_char(since at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;
const cursorSchema = z.tuple([
  z.iso.datetime({ precision: 6 }).refine((since) => since >= '0001'),
  z.string(),
]);

/** The suppressions, newest first, a page at a time. `search` is a part of an address. */
export async function findSuppressions(
  database: Database,
  { search, before }: { search?: string | undefined; before?: string | undefined } = {},
  size = 20,
): Promise<SuppressionPage> {
  const [since, address] = before ? readCursor(before) : [null, null];
  const rows = await database.search<Suppression & { place: string }>(
    `select ${COLUMNS}, ${PLACE} as place from suppressions
     where ($1::text is null or lower(address) like $1)
       and ($2::timestamptz is null or (since, address) < ($2, $3))
     order by since desc, address desc limit $4`,
    [search ? partPattern(search) : null, since, address, size + 1],
  );
  const suppressions = rows.slice(0, size).map(({ place: _, ...suppression }) => suppression);
  const last = rows.length > size ? rows[size - 1] : undefined;
  return {
    suppressions,
    next: last ? writeCursor(last.place, last.address) : null,
    total: await countAll(database),
  };
}

async function countAll(database: Database): Promise<number> {
  const [row] = await database.query<{ count: number }>(
    'select suppressed::float8 as count from suppression_sequence',
  );
  return row?.count ?? 0;
}

/** How many suppressed addresses contain a text. */
export async function countSuppressions(database: Database, search: string): Promise<Count> {
  const [row] = await database.search<{ count: number }>(
    `select count(*)::int as count
     from (select from suppressions where lower(address) like $1 limit ${MAX_COUNT + 1}) found`,
    [partPattern(search)],
  );
  return toCount(row?.count ?? 0);
}

/** A count that may have stopped at the limit. */
export function toCount(count: number): Count {
  return { count: Math.min(count, MAX_COUNT), exact: count <= MAX_COUNT };
}

/** All suppressions by address, however many, fetched as they are consumed. */
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

/** The suppression of an address; null if it is not on the list. */
export async function findSuppression(
  database: Database,
  address: string,
): Promise<Suppression | null> {
  const [found] = await database.query<Suppression>(
    `select ${COLUMNS} from suppressions where address = $1`,
    [normalizeAddress(address)],
  );
  return found ?? null;
}

/** Tells which of these addresses are on the list, and which a person took off. They must be normalized and differ from each other. */
export function findListed(
  database: Database,
  addresses: readonly string[],
): Promise<{ address: string; isListed: boolean; wasTakenOff: boolean }[]> {
  return database.query(
    `select asked.address, suppressions.address is not null as "isListed",
       exists (select from suppression_changes as past
         where past.address = asked.address collate "C" and past.change = 'taken off') as "wasTakenOff"
     from unnest($1::text[]) as asked (address)
     left join suppressions on suppressions.address = asked.address collate "C"`,
    [addresses],
  );
}

/** A LIKE pattern for part of a lower-case address, with wildcards escaped. */
export function partPattern(part: string): string {
  return `%${lowerCase(part).replace(/[\\%_]/g, '\\$&')}%`;
}

function writeCursor(since: string, address: string): string {
  return Buffer.from(JSON.stringify([since, address])).toString('base64url');
}

function readCursor(cursor: string): [string, string] {
  try {
    return cursorSchema.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString()));
  } catch {
    throw createError(400, 'The cursor is not one that this desk has given');
  }
}
