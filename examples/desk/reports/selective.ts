import type { Database } from '../database/database.js';
import { contentConditions, Parameters, type Search, timeConditions } from './search.js';
import { type Statement, where } from './sources.js';
import { piecesOf, wordsOf } from './trigrams.js';

/** How many reports an index may give that are not in the order of the list: some 20 ms. */
const MOST_HITS = 10_000;
/** Reports that are looked at, all over the table, to find out how many an index would give. */
const PROBES = 1000;

/** What of a search to ask an index for that is not in the order of the list. */
export type Selective = Pick<Search, 'address' | 'recipient' | 'tag'>;

/** What to ask an index for, and how many of the probes it would find. */
type Candidate = [hits: number, selective: Selective];

/**
 * The part of a search that an index finds few reports for; undefined where there is none.
 *
 * Nobody knows before how many there are of a tag or of a part of an address, so reports from all
 * over the table are looked at. The index of parts compares the lists of all it is asked for, so a few
 * rare characters are found many times sooner than a long part: "ia118" of "hugo.garcia1187".
 */
export async function findSelective(
  database: Database,
  { address, recipient, tag }: Search,
): Promise<Selective | undefined> {
  if (address) return { address };
  if (!recipient && !tag) return undefined;
  const sample = await takeSample(database, recipient ?? '', tag);
  const rarestFirst = [
    ...(tag ? [[sample.tagged, { tag }] satisfies Candidate] : []),
    ...piecesOf(recipient ?? '').map(
      (piece): Candidate => [hits(sample, [piece]), { recipient: piece }],
    ),
  ].sort(([one], [other]) => one - other);
  // All words of a part together may be rare where none of its pieces is.
  const whole: Candidate[] = recipient ? [[hits(sample, wordsOf(recipient)), { recipient }]] : [];
  const few = ([found]: Candidate) => (found / PROBES) * sample.reports <= MOST_HITS;
  return [...rarestFirst, ...whole].find(few)?.[1];
}

/** What a look at reports from all over the table has shown. */
interface Sample {
  /** How many reports there are, at most. */
  reports: number;
  recipients: string[];
  /** How many of them have the tag. */
  tagged: number;
  /** Whether the index knows the letters of the part: in some locales, none beyond ASCII. */
  known: boolean;
}

async function takeSample(
  database: Database,
  recipient: string,
  tag: string | undefined,
): Promise<Sample> {
  const parameters = new Parameters();
  const [tagged = 'false'] = contentConditions({ tag }, parameters);
  const [sample] = await database.query<Sample>(
    `select (high - low + 1)::float8 as reports, array_agg(lower(recipient)) as recipients,
       (count(*) filter (where ${tagged}))::int as tagged,
       show_trgm(${parameters.add(recipient)}) <> '{}' as known
     from (select min(serial) as low, max(serial) as high from failure_reports) ends,
       generate_series(0, ${PROBES - 1}) as place,
       lateral (
         select recipient, report from failure_reports
         where serial >= low + (high - low) * place / ${PROBES} order by serial limit 1
       ) probe
     group by low, high`,
    parameters.values,
  );
  return sample ?? { reports: 0, recipients: [], tagged: 0, known: true };
}

/** How many recipients of a sample the index would find for some texts. */
function hits({ recipients, known }: Sample, texts: string[]): number {
  if (!known) return recipients.length;
  const lower = texts.map((text) => text.toLowerCase());
  return recipients.filter((recipient) => lower.every((text) => recipient.includes(text))).length;
}

/** What matches, or the newest of it, found through the index for its selective part. */
export function indexed(
  search: Search,
  selective: Selective,
  columns: string,
  most: number | 'all' = 'all',
): Statement {
  const parameters = new Parameters();
  const rest: Search = { ...search };
  // Of a part that the index was asked for a piece of, the whole is still to be looked for.
  for (const [name, value] of Object.entries(selective) as [keyof Selective, string][]) {
    if (rest[name] === value) delete rest[name];
  }
  // The offset keeps the database from asking another index, too, for all that is common.
  const hits = `select * from failure_reports
    ${where(contentConditions(selective, parameters))} offset 0`;
  const conditions = [...contentConditions(rest, parameters), ...timeConditions(rest, parameters)];
  return [
    `select ${columns} from (${hits}) hit ${where(conditions)}
     order by hit.received_at desc, hit.serial desc limit ${most}`,
    parameters.values,
  ];
}
