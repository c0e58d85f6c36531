import type { Database } from '../database/database.js';
import {
  contentConditions,
  Parameters,
  piecesOf,
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
 * over the table are looked at.
 */
export async function findSelective(
  database: Database,
  search: Search,
): Promise<Selective | undefined> {
  const { address, recipient, tag } = search;
  if (address) return { address };
  if (!recipient && !tag) return undefined;
  const { reports, probes } = await probe(database, search);
  const few = ([hits]: [number, Selective]) => (hits * reports) / PROBES <= MOST_HITS;
  const tags = probes.filter(({ tagged }) => tagged).length;
  const candidates: [number, Selective][] = tag ? [[tags, { tag }]] : [];
  if (recipient) candidates.push(partToAskFor(recipient, probes, few));
  return candidates.filter(few).sort(([a], [b]) => a - b)[0]?.[1];
}

/** A report that is looked at to find out how common something is. */
interface Probe {
  recipient: string;
  tagged: boolean;
  /** Whether the index knows the letters of the part: in some locales, none beyond ASCII. */
  known: boolean;
}

async function probe(database: Database, { recipient, tag }: Search) {
  const parameters = new Parameters();
  const [tagged = 'false'] = contentConditions({ tag }, parameters);
  const rows = await database.query<Probe & { reports: number }>(
    `select (high - low + 1)::float8 as reports, lower(recipient) as recipient, ${tagged} as tagged,
       show_trgm(${parameters.add(recipient ?? '')}) <> '{}' as known
     from (select min(serial) as low, max(serial) as high from failure_reports) ends,
       generate_series(0, ${PROBES - 1}) as place,
       lateral (
         select recipient, report from failure_reports
         where serial >= low + (high - low) * place / ${PROBES} order by serial limit 1
       ) probe`,
    parameters.values,
  );
  return { reports: rows[0]?.reports ?? 0, probes: rows };
}

/**
 * What of a part to ask the index for, and how many of the probes it would find.
 *
 * The index goes by three characters and compares the lists of all it is asked for, so a few rare
 * ones are found many times sooner than a long part: "ia118" of "hugo.garcia1187". Where no
 * piece is rare, all words together may be: the index finds those that hold them, in any order.
 */
function partToAskFor(
  part: string,
  probes: Probe[],
  few: (candidate: [number, Selective]) => boolean,
): [number, Selective] {
  const hits = (texts: string[]) =>
    probes.filter(
      ({ recipient, known }) => !known || texts.every((text) => recipient.includes(text)),
    ).length;
  const pieces = piecesOf(part.toLowerCase())
    .map((piece): [number, Selective] => [hits([piece]), { recipient: piece }])
    .sort(([a], [b]) => a - b);
  const [rarest] = pieces;
  if (rarest && few(rarest)) return rarest;
  return [hits(wordsOf(part.toLowerCase())), { recipient: part }];
}

/** What matches, found through the index for its selective part, in no order. */
export function throughIndex(search: Search, selective: Selective, parameters: Parameters): string {
  const rest: Search = { ...search };
  // Of a part that the index was asked for a piece of, the whole is still to be looked for.
  for (const [name, value] of Object.entries(selective) as [keyof Selective, string][]) {
    if (rest[name] === value) delete rest[name];
  }
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
