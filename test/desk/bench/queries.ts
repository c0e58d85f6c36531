import type { Database } from '../../../examples/desk/database/database.js';
import { findAddress } from '../../../examples/desk/queries/addresses.js';
import { findChanges } from '../../../examples/desk/queries/changes.js';
import { largestDomains } from '../../../examples/desk/queries/domains.js';
import { countReports } from '../../../examples/desk/queries/numbers.js';
import { allReports, findReport, findReports } from '../../../examples/desk/queries/reports.js';
import { countResults } from '../../../examples/desk/queries/results.js';
import type { Search } from '../../../examples/desk/queries/search.js';
import { findState } from '../../../examples/desk/queries/state.js';
import { allSuppressions, findSuppressions } from '../../../examples/desk/queries/suppressions.js';

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
  'largest domains of the day': (database) => largestDomains(database, { from: ago(1), to: now }),
  'largest domains of the year': (database) =>
    largestDomains(database, { from: ago(364), to: now }),
  state: findState,
  ...Object.fromEntries(
    Object.entries(SEARCHES).flatMap(([name, search]) => [
      [`reports: ${name}`, (database: Database) => findReports(database, search)],
      [`how many: ${name}`, (database: Database) => countResults(database, search)],
    ]),
  ),
  'a report': (database) => findReport(database, '4711'),
  'history of an address': (database) =>
    findAddress(database, 'anna.smith7919@company-4729.example'),
  suppressions: (database) => findSuppressions(database),
  'suppressions: a part': (database) => findSuppressions(database, { search: 'garcia11' }),
  'CSV: first rows': (database) => allSuppressions(database).next(),
  'interface: changes': (database) => findChanges(database, '1000', 1000),
  'interface: first reports': (database) => allReports(database, { tag: 'mailing-2' }).next(),
};

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
