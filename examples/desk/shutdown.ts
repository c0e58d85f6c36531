import { once } from 'node:events';
import type { Server } from 'node:http';
import type { Logger } from 'pino';
import type { Database } from './database/database.js';
import type { Housekeeping } from './maintenance.js';
import type { Events } from './routes/events.js';

/** How long what is under way may take once the desk has been told to stop. */
const PATIENCE = 5000;
/** How long all of it may take; Docker kills after ten seconds. */
const LAST = 9000;

/**
 * Ends the desk gracefully when the process is told to stop: no new work, what is under way is
 * answered, then the database is closed.
 *
 * @returns a signal that is aborted as soon as the desk is told
 */
export function endOnSignal({
  server,
  events,
  housekeeping,
  database,
  log,
}: {
  server: Server;
  events: Events;
  housekeeping: Housekeeping;
  database: Database;
  log: Logger;
}): AbortSignal {
  const stopping = new AbortController();

  async function stop(signal: string): Promise<void> {
    if (stopping.signal.aborted) return;
    stopping.abort();
    log.info({ signal }, 'The desk is closing');
    const closed = once(server, 'close');
    server.close();
    events.close();
    // A connection is kept open for the next request; it may go once its answer is out.
    const sweep = setInterval(() => server.closeIdleConnections(), 50);
    const impatience = setTimeout(() => server.closeAllConnections(), PATIENCE);
    setTimeout(() => process.exit(1), LAST).unref();
    await closed;
    clearInterval(sweep);
    clearTimeout(impatience);
    await housekeeping.stop();
    await database.close();
    log.info('The desk is closed');
  }

  for (const signal of ['SIGTERM', 'SIGINT']) process.on(signal, () => void stop(signal));
  // npm hands a signal to the shell it runs this in, and the shell ends without handing it on.
  const parent = process.ppid;
  const orphaned = () => process.ppid !== parent && void stop('end of npm');
  if (process.env.npm_lifecycle_event) setInterval(orphaned, 500).unref();
  return stopping.signal;
}
