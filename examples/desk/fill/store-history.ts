import { createFailureReceiver } from 'copernica-failures';
import type { Database } from '../database/driver.js';
import { createStore } from '../reports/store.js';
import { rollUp } from '../statistics/rollup.js';
import { addSuppressions, removeSuppression } from '../suppressions/edit.js';
import { type HistoryOptions, ID_PREFIX, makeHistory, PEOPLE } from './history.js';

/** Calls that are received at the same time. */
const PARALLEL_CALLS = 1000;
/** Limit of the statement that moves all reports to their time. */
const TIMEOUT_MS = 300_000;
const WRONGLY_CLOSED = 'The provider had closed the mailbox by mistake, she wrote';
const ASKED_BY_PHONE = 'Asked by phone not to be mailed';

/**
 * Stores a made-up history as if its reports had come at their times, and some changes that people made.
 *
 * @returns the number of reports
 * @throws Error if the desk was used before: made-up reports must not mix with real ones
 */
export async function storeHistory(database: Database, options: HistoryOptions): Promise<number> {
  const [used] = await database.query(
    `select where exists (select from failure_reports) or exists (select from total_counts)
       or exists (select from suppression_changes)`,
  );
  if (used)
    throw new Error(
      'The desk was used before. Made-up reports need an empty database: name another one.',
    );
  const store = createStore(database);
  const receive = createFailureReceiver((report, { variables }) => store(report, { variables }));
  const headers = { 'Content-Type': 'application/x-www-form-urlencoded' };
  const calls = makeHistory(options);
  for (let start = 0; start < calls.length; start += PARALLEL_CALLS) {
    const some = calls.slice(start, start + PARALLEL_CALLS);
    await Promise.all(some.map(({ body }) => receive({ method: 'POST', url: '/', headers, body })));
  }
  await removeSuppression(database, PEOPLE.takenOff, WRONGLY_CLOSED);
  await addSuppressions(database, [{ address: PEOPLE.askedByPhone, note: ASKED_BY_PHONE }], 'hand');
  await moveToTheirTimes(database);
  await rollUp(database);
  return calls.length;
}

/** Moves reports and suppressions into the past, and deletes the counts, so that `rollUp` counts all again. */
async function moveToTheirTimes(database: Database): Promise<void> {
  await database.transaction(
    async (query) => {
      await query('select from rollup_progress for update');
      await query(
        `update failure_reports set received_at = to_timestamp((report->>'time')::float8)
         where starts_with(report->>'id', $1)`,
        [ID_PREFIX],
      );
      await query(
        `update suppressions set since = received_at from failure_reports
         where serial = report_id and starts_with(report->>'id', $1)`,
        [ID_PREFIX],
      );
      await query(
        `update suppression_changes set at = received_at from failure_reports
         where serial = report_id and starts_with(report->>'id', $1)`,
        [ID_PREFIX],
      );
      await query(
        `update suppression_changes set at = now() - interval '15 days'
         where change = 'taken off' and address = $1`,
        [PEOPLE.takenOff],
      );
      await query('truncate total_counts, domain_counts');
      await query(
        `update rollup_progress set rolled_up_to = (
           select date_trunc('hour', min(received_at), 'UTC') from failure_reports)`,
      );
    },
    { timeoutMs: TIMEOUT_MS },
  );
}
