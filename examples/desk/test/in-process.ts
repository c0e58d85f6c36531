import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import request from 'supertest';
import { createApp } from '../app.js';
import { type Database, openDatabase } from '../database/database.js';
import { createLog } from '../log.js';
import { createVerification } from '../reports/verification.js';
import { createEvents } from '../routes/events.js';
import { readSettings } from '../settings.js';

/** An embedded database in memory, with its tables. */
export async function openTestDatabase(): Promise<Database> {
  const database = await openDatabase({});
  await database.query('select 1');
  return database;
}

/** Empties its tables. */
export async function clear(database: Database): Promise<void> {
  await database.query('truncate failure_reports, suppressions, nonces, rate_limits');
}

/** A desk in this process, with these settings. */
export async function openDesk(
  database: Database,
  environment: Record<string, string> = {},
  level = 'info',
) {
  const settings = readSettings(environment);
  const log: string[] = [];
  const { verify, sendTest } = createVerification(settings, database);
  const events = createEvents(database);
  const app = createApp({
    database,
    events,
    log: createLog(level, { write: (line) => void log.push(line) }),
    password: settings.DESK_PASSWORD,
    sendTest,
    token: settings.DESK_TOKEN,
    keepDays: settings.KEEP_DAYS,
    trustedProxies: settings.TRUSTED_PROXIES,
    verify,
  });
  const server = createServer(app).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    close() {
      events.close();
      server.closeAllConnections();
      server.close();
    },
    desk: request(`http://127.0.0.1:${port}`),
    /** The lines of its log. */
    log,
    port,
  };
}
