import type { Database } from '../database/database.js';
import {
  contentConditions,
  Parameters,
  pattern,
  type Search,
  timeConditions,
  wordsOf,
} from './search.js';
import { type Statement, where } from './sources.js';

/** How many reports an index may give that are not in the order of the list: some 20 ms. */
const MOST_HITS = 10_000;
/** Reports that are looked at, all over the table, to find out how many an index would give. */
const PROBES = 1000;

/** What of a search to ask an index for that is not in the order of the list. */
export type Selective = Pick<Search, 'address' | 'recipient' | 'tag'>;

/**
 * The part of a search that an index finds few reports for; undefined where there is none.
 *
 * Nobody knows before how many there are of a tag or of a part of an address, so reports from all
 * over the table are looked at. For a part its words count, each for itself: the index finds all
 * addresses that hold them, in whatever order.
 */
export async function findSelective(
  database: Database,
  { address, recipient, tag }: Search,
): Promise<Selective | undefined> {
  if (address) return { address };
  if (!recipient && !tag) return undefined;
  const parameters = new Parameters();
  const words = wordsOf(recipient ?? '').map(
    (word) => `recipient ilike ${parameters.add(pattern(word))}`,
  );
  // In some locales the index knows nothing of letters beyond ASCII.
  const known = `show_trgm(${parameters.add(recipient ?? '')}) <> '{}'`;
  const tagged = contentConditions({ tag }, parameters);
  const [row] = await database.query<{ reports: number; parts: number; tags: number }>(
    `select (high - low + 1)::float8 as reports,
       (count(*) filter (where not (${known}) or (${['true', ...words].join(' and ')})))::int as parts,
       (count(*) filter (${where(['true', ...tagged])}))::int as tags
     from (select min(serial) as low, max(serial) as high from failure_reports) ends,
       generate_series(0, ${PROBES - 1}) as place,
       lateral (
         select recipient, report from failure_reports
         where serial >= low + (high - low) * place / ${PROBES} order by serial limit 1
       ) probe
     group by low, high`,
    parameters.values,
  );
  const { reports = 0, parts = 0, tags = 0 } = row ?? {};
  const candidates: [number, Selective][] = [
    ...(recipient ? [[parts, { recipient }] as [number, Selective]] : []),
    ...(tag ? [[tags, { tag }] as [number, Selective]] : []),
  ];
  const [least] = candidates.sort(([a], [b]) => a - b);
  return least && (least[0] * reports) / PROBES <= MOST_HITS ? least[1] : undefined;
}

/** What matches, found through the index for its selective part, in no order. */
export function throughIndex(search: Search, selective: Selective, parameters: Parameters): string {
  const rest: Search = { ...search };
  for (const name of Object.keys(selective)) delete rest[name as keyof Selective];
  // The offset keeps the database from asking another index, too, for all that is common.
  return `(select * from failure_reports
      ${where(contentConditions(selective, parameters))} offset 0) hit
    ${where([...contentConditions(rest, parameters), ...timeConditions(rest, parameters)])}`;
}

/** The serial numbers of all that match, or of the newest, with their places in the list. */
export function found(search: Search, selective: Selective, most?: number): Statement {
  const parameters = new Parameters();
  const rows = throughIndex(search, selective, parameters);
  const limit = most === undefined ? '' : `limit ${most}`;
  return [
    `select serial::text from ${rows} order by hit.received_at desc, hit.serial desc ${limit}`,
    parameters.values,
  ];
}
