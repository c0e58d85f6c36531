import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import request from 'supertest';
import { createApp } from '../app.js';
import { type Database, DatabaseUnavailableError } from '../database/driver.js';
import { openDatabase } from '../database/open.js';
import { createLog } from '../log.js';
import { createVerification } from '../reports/verification.js';
import { readSettings } from '../settings.js';

/** An embedded database in memory, with its tables. */
export async function openTestDatabase(): Promise<Database> {
  const database = await openDatabase({});
  await database.query('select 1');
  return database;
}

/** The same database, but it is down while `isDown` is true. */
export function fragile(database: Database): Database & { isDown: boolean } {
  const down = async () => {
    throw new DatabaseUnavailableError(new Error('connection refused'));
  };
  const { query, search, transaction } = database;
  return {
    ...database,
    isDown: false,
    query(...call) {
      return this.isDown ? down() : query(...call);
    },
    search(...call) {
      return this.isDown ? down() : search(...call);
    },
    transaction(...call) {
      return this.isDown ? down() : transaction(...call);
    },
  };
}

/** Empties its tables. */
export async function clear(database: Database): Promise<void> {
  await database.query(
    `truncate failure_reports, deleted_report_keys, suppressions, suppression_changes,
       total_counts, domain_counts, replays`,
  );
  await database.query('update suppression_sequence set position = 0, suppressed = 0');
  await database.query(
    "update rollup_progress set rolled_up_to = date_trunc('hour', now(), 'UTC')",
  );
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
  const app = createApp({
    database,
    log: createLog(level, { write: (line) => void log.push(line) }),
    settings,
    sendTest,
    verify,
  });
  const server = createServer(app).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    close() {
      server.closeAllConnections();
      server.close();
    },
    desk: request(`http://127.0.0.1:${port}`),
    /** The lines of its log. */
    log,
    port,
  };
}
