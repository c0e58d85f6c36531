import { once } from 'node:events';
import type { Server } from 'node:http';
import type { Logger } from 'pino';
import type { Database } from './database/driver.js';
import type { Maintenance } from './maintenance.js';

/** How long incomplete requests may take to finish. */
const SHUTDOWN_GRACE_MS = 5000;
/** Limit for the whole shutdown; Docker and the README's systemd unit kill after ten seconds. */
const SHUTDOWN_LIMIT_MS = 9000;
const IDLE_CHECK_MS = 50;
const PARENT_CHECK_MS = 500;

/**
 * Ends the desk gracefully if the process gets SIGTERM or SIGINT: it takes no new requests, answers the
 * pending ones, and closes the database.
 *
 * @returns a signal that is aborted as soon as the shutdown begins
 */
export function stopOnSignal({
  server,
  maintenance,
  database,
  log,
}: {
  server: Server;
  maintenance: Maintenance;
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
    // A kept-alive connection can close once its answer is sent.
    const idleCheck = setInterval(() => server.closeIdleConnections(), IDLE_CHECK_MS);
    const graceEnd = setTimeout(() => server.closeAllConnections(), SHUTDOWN_GRACE_MS);
    setTimeout(() => process.exit(1), SHUTDOWN_LIMIT_MS).unref();
    await closed;
    clearInterval(idleCheck);
    clearTimeout(graceEnd);
    await maintenance.stop();
    await database.close();
    log.info('The desk is closed');
  }

  for (const signal of ['SIGTERM', 'SIGINT']) process.on(signal, () => void stop(signal));
  // npm passes a signal only to its shell. The shell ends, and this process gets another parent.
  const parent = process.ppid;
  const checkParent = () => process.ppid !== parent && void stop('end of npm');
  if (process.env.npm_lifecycle_event) setInterval(checkParent, PARENT_CHECK_MS).unref();
  return stopping.signal;
}
