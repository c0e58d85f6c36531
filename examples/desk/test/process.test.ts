import { once } from 'node:events';
import { link, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { URLENCODED } from '../../../test/helpers/reports.js';
import { lockDirectory } from '../database/lock-directory.js';
import { openDatabase } from '../database/open.js';
import { endAll, NO_DATABASE, run, startDesk, until } from './processes.js';

let DATA_DIRECTORY: string;

beforeAll(async () => {
  DATA_DIRECTORY = await mkdtemp(join(tmpdir(), 'desk-process-'));
});
afterEach(endAll);
afterAll(() => rm(DATA_DIRECTORY, { recursive: true, force: true }));

it('of several desks that start at once where one crashed, one gets the directory', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'desk-lock-'));
  const crashed = createServer().listen(join(directory, 'crashed'));
  await once(crashed, 'listening');
  // Linked, the socket stays when its server closes, as after a crash.
  await link(join(directory, 'crashed'), join(directory, 'lock'));
  crashed.close();
  const locks = await Promise.allSettled(Array.from({ length: 5 }, () => lockDirectory(directory)));
  const [held, ...others] = locks.toSorted((one, other) => (one.status < other.status ? -1 : 1));
  expect(others).toMatchObject(Array(4).fill({ status: 'rejected', reason: { code: 'ELOCKED' } }));
  if (held?.status === 'fulfilled') await held.value();
  await rm(directory, { recursive: true });
});

it('a directory with a path that is too long for a lock is refused', async () => {
  const directory = join(DATA_DIRECTORY, 'x'.repeat(120));
  await mkdir(directory);
  await expect(lockDirectory(directory)).rejects.toMatchObject({ code: 'ENAMETOOLONG' });
});

describe('after SIGTERM', () => {
  it('the desk refuses new requests, finishes the pending ones, and exits with 0', async () => {
    const desk = await startDesk({ DATA_DIRECTORY });
    const { hostname, port } = new URL(desk.url);
    const body = 'id=last&recipient=jane%40example.com&state=rcptto';
    const underWay = connect(Number(port), hostname);
    underWay.write(
      `POST /copernica/failures HTTP/1.1\r\nHost: ${hostname}\r\nContent-Length: ${body.length}\r\n` +
        `Content-Type: ${URLENCODED}\r\nExpect: 100-continue\r\n\r\nid=`,
    );
    const [answer] = await once(underWay, 'data');
    expect(String(answer)).toMatch(/^HTTP\/1\.1 100 /);

    const ended = desk.end('SIGTERM');
    await until(() => desk.output().includes('The desk is closing'));
    const late = fetch(`${desk.url}/healthz`).then(
      ({ status }) => status,
      () => 'refused',
    );
    expect(['refused', 503]).toContain(await late);
    underWay.write(body.slice(3));
    expect(await text(underWay)).toMatch(/^HTTP\/1\.1 200 OK\r\n/);
    expect(await ended).toBe(0);

    const database = await openDatabase({ directory: DATA_DIRECTORY });
    expect(await database.query("select report->>'id' as id from failure_reports")).toEqual([
      { id: 'last' },
    ]);
    await database.close();
  });
});

describe('in one sentence each, the desk refuses', () => {
  it('the directory and the port of another desk, until that is killed', async () => {
    const desk = await startDesk({ DATA_DIRECTORY });
    const { port } = new URL(desk.url);
    const sameDirectory = run('server.ts', [], { PORT: '0', DATA_DIRECTORY });
    const samePort = run('server.ts', [], { PORT: port, ...NO_DATABASE });
    expect(await sameDirectory.exited).toBe(1);
    expect(sameDirectory.output()).toBe(
      `DATA_DIRECTORY ${DATA_DIRECTORY} is in use by another desk: end that desk, or give this one another PORT and DATA_DIRECTORY.`,
    );
    expect(await samePort.exited).toBe(1);
    expect(samePort.output()).toBe(
      `PORT ${port} is in use, perhaps by another desk: end that program, or give this one another PORT and DATA_DIRECTORY, as in PORT=${Number(port) + 1} DATA_DIRECTORY=data-${Number(port) + 1}.`,
    );
    await desk.end('SIGKILL');
    const next = await startDesk({ DATA_DIRECTORY });
    expect(await next.end('SIGTERM')).toBe(0);
  });

  it('wrong settings', async () => {
    const desk = run('server.ts', [], { HOST: '0.0.0.0', PORT: 'three' });
    expect(await desk.exited).toBe(1);
    expect(desk.output()).toMatch(/^PORT expects .*\.\nDESK_PASSWORD must .*\.$/);
  });
});
