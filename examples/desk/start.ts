import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Logger } from 'pino';
import { createApp } from './app.js';
import type { Database } from './database/driver.js';
import { SchemaError } from './database/schema.js';
import { createLog } from './log.js';
import { startMaintenance } from './maintenance.js';
import { openDatabaseOf } from './open-database.js';
import { createVerification } from './reports/verification.js';
import { readSettings, type Settings } from './settings.js';
import { warnings } from './settings-warnings.js';
import { stopOnSignal } from './shutdown.js';
import { cannotKeepData, cannotListen, cannotReach } from './startup-errors.js';

const RETRY_INTERVAL_MS = 1000;

/**
 * Opens the desk: its address first, then its database, which may take a while.
 *
 * @throws Error whose message says which setting is wrong, why, and what to do
 */
export async function openDesk(): Promise<void> {
  const settings = readSettings(process.env);
  const log = createLog(settings.LOG_LEVEL);
  const database = await openDatabaseOf(settings);
  const { verify, sendTest } = createVerification(settings, database);
  const app = createApp({ database, log, settings, sendTest, verify });

  const server = createServer();
  const maintenance = startMaintenance(database, { log, keepDays: settings.KEEP_DAYS });
  const stopping = stopOnSignal({ server, maintenance, database, log });
  server.on('request', (req, res) => {
    if (!stopping.aborted) app(req, res);
    // This request came over a connection that was open before.
    else res.writeHead(503, { Connection: 'close', 'Retry-After': '5' }).end();
  });
  server.listen(settings.PORT, settings.HOST);
  await once(server, 'listening').catch((error) => {
    throw cannotListen(error, settings);
  });

  const url = addressOf(server.address() as AddressInfo);
  log.info(`The desk is at ${url}`);
  for (const warning of await warnings(settings)) log.warn(warning);
  await waitForDatabase(database, settings, log, stopping);
  if (!stopping.aborted) log.info({ url, verify: Boolean(verify) }, 'The desk is open');
}

/** The address to open in a browser. */
function addressOf({ address, port }: AddressInfo): string {
  if (address === '0.0.0.0' || address === '::') return `http://localhost:${port}`;
  return `http://${address.includes(':') ? `[${address}]` : address}:${port}`;
}

/**
 * Waits until the database answers. While PostgreSQL does not, logs why, and again if the reason changes.
 *
 * @throws Error if waiting would not help
 */
async function waitForDatabase(
  database: Database,
  { DATABASE_URL, DATA_DIRECTORY }: Settings,
  log: Logger,
  stopping: AbortSignal,
): Promise<void> {
  if (!DATABASE_URL) {
    const directory = resolve(DATA_DIRECTORY);
    log.info(`Its database is in ${directory}; creating it takes some seconds the first time`);
  }
  let reported = '';
  while (!stopping.aborted) {
    const error = await database.query('select 1').then(
      () => undefined,
      (error: Error) => error,
    );
    if (!error && reported) log.info('The database answers');
    if (!error || stopping.aborted) return;
    // Waiting helps neither against another version's database nor against an unusable directory.
    if (error instanceof SchemaError) throw error;
    if (!DATABASE_URL) throw cannotKeepData((error.cause as Error) ?? error, DATA_DIRECTORY);
    const message = cannotReach(error, DATABASE_URL);
    if (message !== reported) log.error(message);
    reported = message;
    await delay(RETRY_INTERVAL_MS, undefined, { ref: false, signal: stopping }).catch(
      () => undefined,
    );
  }
}
