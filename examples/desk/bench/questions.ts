import { Readable } from 'node:stream';
import type { Database } from '../database/driver.js';
import { findAddress } from '../reports/address-history.js';
import { allReports, findReport } from '../reports/report.js';
import { countReports, findReports, findStates, type Search } from '../reports/search.js';
import { findSpelling } from '../reports/spelling.js';
import { createState } from '../routes/state.js';
import { findLargestDomains } from '../statistics/domains.js';
import { countByStep } from '../statistics/numbers.js';
import { DAY_SECONDS, PERIODS, type Period } from '../statistics/periods.js';
import { findChanges } from '../suppressions/changes.js';
import { exportedRows, suppressionsAsCsv } from '../suppressions/export-csv.js';
import { countSuppressions, findSuppressions } from '../suppressions/list.js';

const now = Date.now() / 1000;
const ago = (days: number) => Math.floor(now / 900) * 900 - days * DAY_SECONDS;
const zone = 'Europe/Amsterdam';
const ADDRESS = 'anna.smith7919@company-4729.example';

type Questions = Record<string, (database: Database) => Promise<unknown>>;

const SEARCHES: Record<string, Search> = {
  'the newest': {},
  'an address': { address: ADDRESS },
  'a message': { id: 'message-4711' },
  'part of an address, rare': { recipient: 'hugo.garcia1187' },
  'part of an address, common': { recipient: 'smith' },
  'part of an address, none': { recipient: 'nobody.at.all' },
  'a domain': { domain: 'gmail.com' },
  'a small domain': { domain: 'company-17.example' },
  'a domain and a category': { domain: 'gmail.com', category: 'frequency' },
  'a tag of every report': { tag: 'newsletter' },
  'the tag of an old mailing': { tag: 'mailing-2' },
  'a tag that does not occur': { tag: 'mailing-x' },
  'a category': { category: 'unclassified' },
  'a severity': { severity: 'temporary' },
  'a state': { state: 'connect' },
  'a day half a year ago': { from: ago(180), to: ago(179) },
  'a state and a category': { state: 'mailfrom', category: 'technical' },
  'a state and a category, none': { state: 'rcptto', category: 'technical' },
  'a state and a severity': { state: 'connect', severity: 'unknown' },
  'a domain and a state': { domain: 'gmail.com', state: 'connect' },
  'a domain and a state, none': { domain: 'gmail.com', state: 'starttls' },
  'a common tag, a state and a category': {
    tag: 'newsletter',
    state: 'bounce',
    category: 'invalid-address',
  },
  'a common tag, a state and a category, none': {
    tag: 'newsletter',
    state: 'rcptto',
    category: 'technical',
  },
  'a common part, a state and a category': {
    recipient: 'smith',
    state: 'mailfrom',
    category: 'technical',
  },
  'a common part and a domain': { recipient: 'smith', domain: 'outlook.com' },
  'a common tag and a rare part': { tag: 'newsletter', recipient: 'hugo.garcia1187' },
  'a common part and a common tag': { recipient: 'smith', tag: 'newsletter' },
  'a part of common words, none': { recipient: 'com.gmail' },
  'a part on a day': { recipient: 'smith1', from: ago(180), to: ago(179) },
  'a category on that day': { category: 'reputation', from: ago(180), to: ago(179) },
};

/** Requests of an open page, of an address lookup and of the interface: at most 50 ms each. */
export const DIRECT_QUESTIONS: Questions = {
  ...Object.fromEntries(
    (Object.keys(PERIODS) as Period[]).flatMap((period) => [
      [`numbers of the ${period}`, (database: Database) => countByStep(database, period, { zone })],
      [
        `numbers of a domain, the ${period}`,
        (database: Database) => countByStep(database, period, { zone, domain: 'gmail.com' }),
      ],
      [
        `largest domains of the ${period}`,
        (database: Database) => findLargestDomains(database, period),
      ],
    ]),
  ),
  state: (database) => createState(database, { hasInterface: false })(),
  'the states that occur': (database) => findStates(database),
  'the newest reports': (database) => findReports(database, {}),
  'a report': (database) => findReport(database, '4711'),
  'history of an address': (database) => findAddress(database, ADDRESS),
  'history of an address in other capitals': (database) =>
    findAddress(database, ADDRESS.toUpperCase()),
  suppressions: (database) => findSuppressions(database),
  'CSV: first byte': firstByte,
  'interface: an address': (database) => findSpelling(database, ADDRESS),
  'interface: changes': (database) => findChanges(database, '1000', 1000),
  'interface: first reports': (database) => allReports(database, { tag: 'mailing-2' }).next(),
};

/** Searches by a person: an answer within 2 seconds, or advice to narrow the search down. */
export const SEARCH_QUESTIONS: Questions = {
  ...Object.fromEntries(
    Object.entries(SEARCHES).flatMap(([name, search]) => [
      [`reports: ${name}`, (database: Database) => findReports(database, search)],
      [`how many: ${name}`, (database: Database) => countReports(database, search)],
    ]),
  ),
  // Every size has these serials.
  'reports: far down the list': (database) => findReports(database, { before: '2500' }),
  'reports: a domain, far down': (database) =>
    findReports(database, { domain: 'gmail.com', before: '2500' }),
  'reports: a common tag, far down': (database) =>
    findReports(database, { tag: 'newsletter', before: '2500' }),
  'how many are newer': (database) => countReports(database, { after: '2500' }),
  'suppressions: a part': (database) => findSuppressions(database, { search: 'garcia11' }),
  'how many suppressions: a part': (database) => countSuppressions(database, 'garcia11'),
};

/** Reads the CSV file until its first byte, as the page's route sends it. */
async function firstByte(database: Database): Promise<void> {
  const rows = Readable.from(exportedRows(database));
  for await (const _ of rows.pipe(suppressionsAsCsv(false))) return;
}

/** The quickest of several runs: other work on the machine can only make one slower. */
export interface Timing {
  milliseconds: number;
  /** True if the desk answered that the search takes too long. */
  isTooSlow: boolean;
}

export async function time(
  database: Database,
  ask: (database: Database) => Promise<unknown>,
  rounds: number,
): Promise<Timing> {
  let milliseconds = Number.POSITIVE_INFINITY;
  let isTooSlow = false;
  // One more round warms up.
  for (let round = 0; round <= rounds && !isTooSlow; round += 1) {
    const start = performance.now();
    await ask(database).catch((error) => {
      if (error.status !== 400) throw error;
      isTooSlow = true;
    });
    milliseconds = Math.min(milliseconds, performance.now() - start);
  }
  return { milliseconds, isTooSlow };
}
