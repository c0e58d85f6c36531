import type { Database } from '../database/database.js';
import type { Search } from './search.js';
import { findSelective, indexed } from './selective.js';
import { endOfLook, inLook, isOrdered, ordered } from './sources.js';

/** How many of the newest reports are looked through, at first and at most. */
const SHORT_LOOK = 2000;
const LONG_LOOK = 12_000;

/** The report that a look ended at: what is older has not been looked at. */
interface End {
  serial: string;
  receivedAt: Date;
}

/** What was found, newest first; `end` is null where there is no more than that. */
export interface Found<Row> {
  rows: Row[];
  end: End | null;
}

/**
 * The newest reports that match, at most so many.
 *
 * An index that is in the order of the list gives them at once. Where there is none, what is common
 * is among the newest reports, and what is rare is found through the index for a tag or a part of an
 * address. What is neither would take a look through the whole table, so the look ends before it
 * takes long, and says where.
 *
 * @param enough so many among the newest will do; by default, `most`
 */
export async function matching<Row>(
  database: Database,
  search: Search,
  columns: string,
  most: number,
  enough = most,
): Promise<Found<Row>> {
  if (isOrdered(search)) {
    return { rows: await database.query<Row>(...ordered(search, columns, most)), end: null };
  }
  if (!search.address) {
    const newest = await look<Row>(database, search, columns, most, SHORT_LOOK);
    if (!newest.end || newest.rows.length >= enough) return newest;
  }
  const selective = await findSelective(database, search);
  if (!selective) return look<Row>(database, search, columns, most, LONG_LOOK);
  return {
    rows: await database.query<Row>(...indexed(search, selective, columns, most)),
    end: null,
  };
}

/** Every report that matches, newest first, fetched as it is consumed. */
export async function* allMatching<Row extends { serial: string }>(
  database: Database,
  search: Search,
  columns: string,
  size: number,
): AsyncGenerator<Row> {
  if (isOrdered(search)) {
    for (let before = search.before; ; ) {
      const page = ordered({ ...search, before }, columns, size);
      const rows = await database.query<Row>(...page);
      yield* rows;
      if (rows.length < size) return;
      before = rows.at(-1)?.serial;
    }
  }
  // Each report is looked at once; of what matches, no more than its number is kept meanwhile.
  for await (const found of serialsOfAll(database, search)) {
    for (let start = 0; start < found.length; start += size) {
      const serials = found.slice(start, start + size).map(({ serial }) => serial);
      yield* await database.query<Row>(
        `select ${columns} from failure_reports where serial = any($1::bigint[])
         order by failure_reports.received_at desc, failure_reports.serial desc`,
        [serials],
      );
    }
  }
}

async function* serialsOfAll(database: Database, search: Search) {
  type Row = { serial: string };
  const selective = await findSelective(database, search);
  if (selective) {
    yield await database.query<Row>(...indexed(search, selective, 'serial::text'));
    return;
  }
  let { before } = search;
  do {
    const rest = { ...search, before };
    const { rows, end } = await look<Row>(database, rest, 'serial::text', 2 * LONG_LOOK, LONG_LOOK);
    yield rows;
    before = end?.serial;
  } while (before);
}

/** Looks through so many of the newest reports, of those that an index can sort out. */
async function look<Row>(
  database: Database,
  search: Search,
  columns: string,
  most: number,
  reach: number,
): Promise<Found<Row>> {
  const [end = null] = await database.query<End>(...endOfLook(search, reach));
  const rows = await database.query<Row>(...inLook(search, reach, end?.serial, columns, most));
  return { rows, end };
}
