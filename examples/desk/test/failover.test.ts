import { mkdtemp, rm } from 'node:fs/promises';
import { connect, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openDatabase } from '../database/open.js';
import { sendCarefully } from './careful-sender.js';
import { storedIds } from './databases.js';
import { createPostgres, type PostgresServer, runOn } from './postgres.js';
import { endAll, freePort, startDesk, until } from './processes.js';

let directory: string;
let primary: PostgresServer;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'desk-failover-'));
  primary = await createPostgres();
}, 60_000);
afterAll(async () => {
  await endAll();
  await primary?.remove();
  await rm(directory, { recursive: true, force: true });
});

/** Passes connections on to one server, and then to another, as a virtual address does. */
async function createRelay(first: string) {
  let target = new URL(first);
  const sockets = new Set<Socket>();
  const server = createServer((client) => {
    const upstream = connect(Number(target.port), target.hostname);
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.on('error', () => socket.destroy());
      socket.on('close', () => {
        sockets.delete(socket);
        client.destroy();
        upstream.destroy();
      });
    }
    client.pipe(upstream).pipe(client);
  });
  const port = await freePort();
  await new Promise<void>((resolve) => void server.listen(Number(port), '127.0.0.1', resolve));
  const url = new URL(first);
  url.port = port;
  return {
    url: url.href,
    switchTo(other: string) {
      target = new URL(other);
      for (const socket of sockets) socket.destroy();
    },
    close() {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}

it('every acknowledged report is there after the primary crashed and its standby took over', async () => {
  const standby = await primary.makeStandby();
  const relay = await createRelay(primary.url);
  try {
    const desk = await startDesk({ DATABASE_URL: relay.url });
    const sender = sendCarefully(directory, [desk]);
    await until(() => desk.stored() >= 200);

    await primary.crash();
    await runOn(standby.url, 'select pg_promote()');
    relay.switchTo(standby.url);
    const before = desk.stored();
    await until(() => desk.stored() >= before + 200);

    const acknowledged = await sender.finish();
    const database = await openDatabase({ url: standby.url });
    expect(await storedIds(database)).toEqual(acknowledged);
    await database.close();
    expect(await desk.end('SIGTERM')).toBe(0);
  } finally {
    relay.close();
    await standby.remove();
  }
}, 120_000);
