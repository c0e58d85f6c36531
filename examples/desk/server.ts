import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import pino from 'pino';
import { openDatabase } from './database/database.js';
import { createVerification } from './endpoint/verification.js';
import { createEvents } from './page/events.js';
import { createApp } from './process/app.js';
import { keepHouse } from './process/housekeeping.js';
import { readSettings, type Settings } from './process/settings.js';

/** How long what is under way may take once the desk has been told to stop. */
const PATIENCE = 10_000;

async function main(settings: Settings): Promise<void> {
  const log = pino({ level: settings.LOG_LEVEL });
  const database = await openDatabase({
    url: settings.DATABASE_URL,
    directory: settings.DATA_DIRECTORY,
  });
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

  const housekeeping = keepHouse(database, { log, keepDays: settings.KEEP_DAYS });
  let stopping = false;
  const server = createServer((req, res) => {
    if (!stopping) app(req, res);
    // Over a connection that was open already.
    else res.writeHead(503, { Connection: 'close', 'Retry-After': '5' }).end();
  }).listen(settings.PORT, settings.HOST);
  await once(server, 'listening');
  const { address, port } = server.address() as AddressInfo;
  const url = `http://${address.includes(':') ? `[${address}]` : address}:${port}`;
  log.info({ url, verify: Boolean(verify) }, 'The desk is open');

  async function stop(signal: string): Promise<void> {
    if (stopping) return;
    stopping = true;
    log.info({ signal }, 'The desk is closing');
    const closed = once(server, 'close');
    server.close();
    events.close();
    // A connection is kept open for the next request; it may go once its answer is out.
    const sweep = setInterval(() => server.closeIdleConnections(), 50);
    const impatience = setTimeout(() => server.closeAllConnections(), PATIENCE);
    setTimeout(() => process.exit(1), 2 * PATIENCE).unref();
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
}

try {
  await main(readSettings(process.env));
} catch (error) {
  console.error(`The desk cannot open.\n${error instanceof Error ? error.message : error}`);
  process.exit(1);
}
