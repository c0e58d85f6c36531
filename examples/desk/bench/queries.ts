import { Readable } from 'node:stream';
import type { Database } from '../database/database.js';
import { countResults } from '../reports/count-reports.js';
import { allReports, findReport, findReports } from '../reports/reports.js';
import type { Search } from '../reports/search.js';
import { largestDomains } from '../statistics/domains.js';
import { countReports } from '../statistics/numbers.js';
import { findState } from '../statistics/overview.js';
import { findCourses } from '../statistics/trends.js';
import { findAddress } from '../suppressions/addresses.js';
import { findAlike } from '../suppressions/alike.js';
import { changesOf, findChanges } from '../suppressions/changes.js';
import { suppressionsAsCsv } from '../suppressions/csv.js';
import {
  allSuppressions,
  countSuppressions,
  findSuppression,
  findSuppressions,
} from '../suppressions/list.js';

const DAY = 86_400;
const now = Date.now() / 1000;
const ago = (days: number) => Math.floor(now / 900) * 900 - days * DAY;
const zone = 'Europe/Amsterdam';

const SEARCHES: Record<string, Search> = {
  'the newest': {},
  'an address': { address: 'anna.smith7919@company-4729.example' },
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

/** Every question of the page and of the interface, by its name. */
export const QUESTIONS: Record<string, (database: Database) => Promise<unknown>> = {
  ...Object.fromEntries(
    (['hour', 'day', 'month', 'year'] as const).map((period) => [
      `numbers of the ${period}`,
      (database: Database) => countReports(database, period, Date.now() / 1000, { zone }),
    ]),
  ),
  ...Object.fromEntries(
    (['hour', 'day', 'month', 'year'] as const).map((period) => [
      `numbers of a domain, the ${period}`,
      (database: Database) =>
        countReports(database, period, Date.now() / 1000, { zone, domain: 'gmail.com' }),
    ]),
  ),
  ...Object.fromEntries(
    Object.entries({ hour: 1 / 24, day: 1, month: 30, year: 364 }).map(([period, days]) => [
      `largest domains of the ${period}`,
      (database: Database) => largestDomains(database, { from: ago(days), to: now }),
    ]),
  ),
  'courses of domains over a year': (database) =>
    findCourses(database, ['gmail.com', 'outlook.com', 'gmx.de'], 'year', {
      from: ago(364),
      to: now,
    }),
  'courses of domains over a day': (database) =>
    findCourses(database, ['gmail.com', 'outlook.com', 'gmx.de'], 'day', { from: ago(1), to: now }),
  state: findState,
  ...Object.fromEntries(
    Object.entries(SEARCHES).flatMap(([name, search]) => [
      [`reports: ${name}`, (database: Database) => findReports(database, search)],
      [`how many: ${name}`, (database: Database) => countResults(database, search)],
    ]),
  ),
  // Serial numbers that each size has.
  'reports: far down the list': (database) => findReports(database, { before: '2500' }),
  'reports: a domain, far down': (database) =>
    findReports(database, { domain: 'gmail.com', before: '2500' }),
  'reports: a common tag, far down': (database) =>
    findReports(database, { tag: 'newsletter', before: '2500' }),
  'how many are newer, all': (database) => countResults(database, { after: '2500' }),
  'how many are newer, a severity': (database) =>
    countResults(database, { severity: 'temporary', after: '2500' }),
  'a report': (database) => findReport(database, '4711'),
  'history of an address': (database) =>
    findAddress(database, 'anna.smith7919@company-4729.example'),
  suppressions: (database) => findSuppressions(database),
  'suppressions: a part': (database) => findSuppressions(database, { search: 'garcia11' }),
  'is an address suppressed': (database) =>
    Promise.all([
      findSuppression(database, 'anna.smith7919@company-4729.example'),
      changesOf(database, 'anna.smith7919@company-4729.example', 1),
    ]),
  'how many suppressions: a part': (database) => countSuppressions(database, 'garcia11'),
  'suppressions with other capitals': (database) => findAlike(database, 'Anna.Smith7919@x.example'),
  'CSV: first byte': firstByte,
  'interface: changes': (database) => findChanges(database, '1000', 1000),
  'interface: first reports': (database) => allReports(database, { tag: 'mailing-2' }).next(),
};

/** As the page's route sends it. */
async function firstByte(database: Database): Promise<void> {
  for await (const _ of Readable.from(allSuppressions(database)).pipe(suppressionsAsCsv())) return;
}

/** Milliseconds that a question takes: the quickest of several, since all else only adds to it. */
export async function time(database: Database, name: string, rounds: number): Promise<number> {
  const ask = QUESTIONS[name];
  let quickest = Number.POSITIVE_INFINITY;
  // One more to warm up.
  for (let round = 0; ask && round <= rounds; round += 1) {
    const start = performance.now();
    await ask(database);
    quickest = Math.min(quickest, performance.now() - start);
  }
  return quickest;
}
