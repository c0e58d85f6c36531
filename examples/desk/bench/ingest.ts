import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import pino from 'pino';
import { createApp } from '../app.js';
import { openDatabase } from '../database/open.js';
import { startMaintenance } from '../maintenance.js';
import { createStore } from '../reports/store.js';
import { run } from '../test/processes.js';
import { makeReport } from './reports.js';

const CONCURRENCY = 64;

/** A desk in this process, with its background work. */
export async function openDesk(url: string) {
  const log = pino({ level: 'silent' });
  const database = await openDatabase({ url });
  const maintenance = startMaintenance(database, { log });
  const sendTest = () => Promise.reject(new Error('Not here'));
  const app = createApp({ database, log, settings: {}, sendTest });
  const server = createServer(app).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const store = createStore(database);
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    /** Reports committed per second, with 64 pending at any time. */
    async ingest(seconds: number): Promise<number> {
      const start = performance.now();
      const end = start + seconds * 1000;
      let count = 0;
      const worker = async () => {
        while (performance.now() < end) {
          await store(makeReport());
          count += 1;
        }
      };
      await Promise.all(Array.from({ length: CONCURRENCY }, worker));
      return (count / (performance.now() - start)) * 1000;
    },
    async close(): Promise<void> {
      server.closeAllConnections();
      server.close();
      await maintenance.stop();
      await database.close();
    },
  };
}

/** Ten open pages in a process of their own. */
export async function openPages(url: string) {
  const pages = run('bench/pages.ts', [url, '10']);
  await new Promise<void>((resolve, reject) => {
    pages.child.stdout?.once('data', () => resolve());
    void pages.exited.then(() => reject(new Error(`The pages ended: ${pages.output()}`)));
  });
  return {
    async close(): Promise<void> {
      pages.child.kill('SIGTERM');
      await pages.exited;
    },
  };
}
