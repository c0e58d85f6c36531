import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Logger } from 'pino';
import { createApp } from './app.js';
import { type Database, openDatabase } from './database/database.js';
import { createLog } from './log.js';
import { keepHouse } from './maintenance.js';
import { createVerification } from './reports/verification.js';
import { createEvents } from './routes/events.js';
import { readSettings, type Settings } from './settings.js';
import { warnings } from './settings-warnings.js';
import { endOnSignal } from './shutdown.js';
import { cannotKeepData, cannotListen, cannotReach } from './startup-errors.js';

/**
 * Opens the desk: its address first, then its database, which may take a while.
 *
 * @throws Error that says which setting will not do, why, and what to do
 */
export async function openDesk(): Promise<void> {
  const settings = readSettings(process.env);
  const { DATABASE_URL, DATA_DIRECTORY } = settings;
  const log = createLog(settings.LOG_LEVEL);
  const database = await openDatabase({ url: DATABASE_URL, directory: DATA_DIRECTORY }).catch(
    (error) => {
      throw error.code ? cannotKeepData(error, DATA_DIRECTORY) : error;
    },
  );
  const events = createEvents(database);
  const { verify, sendTest } = createVerification(settings, database);
  const app = createApp({
    database,
    events,
    log,
    password: settings.DESK_PASSWORD,
    sendTest,
    token: settings.DESK_TOKEN,
    keepDays: settings.KEEP_DAYS,
    trustedProxies: settings.TRUSTED_PROXIES,
    verify,
  });

  const server = createServer();
  const housekeeping = keepHouse(database, { log, keepDays: settings.KEEP_DAYS });
  const stopping = endOnSignal({ server, events, housekeeping, database, log });
  server.on('request', (req, res) => {
    if (!stopping.aborted) app(req, res);
    // Over a connection that was open already.
    else res.writeHead(503, { Connection: 'close', 'Retry-After': '5' }).end();
  });
  server.listen(settings.PORT, settings.HOST);
  await once(server, 'listening').catch((error) => {
    throw cannotListen(error, settings);
  });

  const url = addressOf(server.address() as AddressInfo);
  log.info(`The desk is at ${url}`);
  for (const warning of await warnings(settings)) log.warn(warning);
  await firstAnswer(database, settings, log, stopping);
  if (!stopping.aborted) log.info({ url, verify: Boolean(verify) }, 'The desk is open');
}

/** The address to open in a browser. */
function addressOf({ address, port }: AddressInfo): string {
  if (address === '0.0.0.0' || address === '::') return `http://localhost:${port}`;
  return `http://${address.includes(':') ? `[${address}]` : address}:${port}`;
}

/** Waits for the embedded database. Where PostgreSQL does not answer, says why and goes on asking. */
async function firstAnswer(
  database: Database,
  { DATABASE_URL, DATA_DIRECTORY }: Settings,
  log: Logger,
  stopping: AbortSignal,
): Promise<void> {
  if (!DATABASE_URL) {
    const directory = resolve(DATA_DIRECTORY);
    log.info(`Its database is in ${directory}; to make it takes some seconds the first time`);
  }
  const trouble = await ask(database);
  if (!trouble || stopping.aborted) return;
  if (!DATABASE_URL)
    throw cannotKeepData((trouble.cause as Error | undefined) ?? trouble, DATA_DIRECTORY);
  const words = cannotReach(trouble, DATABASE_URL);
  log.error(words);
  void askAgain(database, DATABASE_URL, words, log, stopping);
}

async function ask(database: Database): Promise<Error | undefined> {
  return database.query('select 1').then(
    () => undefined,
    (error) => error,
  );
}

/** Asks every second until the database answers; says so, and what is wrong when that changes. */
async function askAgain(
  database: Database,
  url: string,
  told: string,
  log: Logger,
  stopping: AbortSignal,
): Promise<void> {
  let words = told;
  while (!stopping.aborted) {
    await delay(1000, undefined, { ref: false, signal: stopping }).catch(() => undefined);
    const trouble = await ask(database);
    if (stopping.aborted) return;
    if (!trouble) {
      log.info('The database answers');
      return;
    }
    const now = cannotReach(trouble, url);
    if (now !== words) log.error(now);
    words = now;
  }
}
