import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { openDatabase } from '../database/database.js';
import { endAll, run, startDesk, until } from './processes.js';

let DATA_DIRECTORY: string;

beforeAll(async () => {
  DATA_DIRECTORY = await mkdtemp(join(tmpdir(), 'desk-process-'));
});
afterEach(endAll);
afterAll(() => rm(DATA_DIRECTORY, { recursive: true, force: true }));

describe('the process', { timeout: 60_000 }, () => {
  it('told to stop, takes no new work, finishes what is under way, and exits with 0', async () => {
    const desk = await startDesk({ DATA_DIRECTORY });
    const { hostname, port } = new URL(desk.url);
    const events = await fetch(`${desk.url}/events`);
    const body = 'id=last&recipient=jane%40example.com&state=rcptto';
    const underWay = connect(Number(port), hostname);
    underWay.write(
      `POST /copernica/failures HTTP/1.1\r\nHost: ${hostname}\r\nContent-Length: ${body.length}\r\n` +
        'Content-Type: application/x-www-form-urlencoded\r\nExpect: 100-continue\r\n\r\nid=',
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
    await events.text();
    expect(await ended).toBe(0);

    const database = await openDatabase({ directory: DATA_DIRECTORY });
    expect(await database.query('select id from failure_reports')).toEqual([{ id: 'last' }]);
    await database.close();
  });

  it.each([
    ['head', 'GET /state HTTP/1.1\r\nHost: localhost\r\nX-'],
    [
      'body',
      'POST /copernica/failures HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n' +
        'Content-Type: application/x-www-form-urlencoded\r\n\r\nid=',
    ],
  ])('told to stop, does not wait long for a %s that has been sent in half', async (_, half) => {
    const desk = await startDesk({ DATA_DIRECTORY });
    const { hostname, port } = new URL(desk.url);
    const client = connect(Number(port), hostname).on('error', () => undefined);
    await once(client, 'connect');
    client.write(half);
    // Answered after the half has been read: the desk has one thread.
    await fetch(`${desk.url}/healthz`);
    const told = performance.now();
    expect(await desk.end('SIGTERM')).toBe(0);
    // Docker kills after ten seconds.
    expect(performance.now() - told).toBeLessThan(8000);
  });

  it('does not share its directory with another, and leaves no lock behind when it is killed', async () => {
    const desk = await startDesk({ DATA_DIRECTORY });
    const other = run('server.ts', [], { PORT: '0', DATA_DIRECTORY });
    expect(await other.exited).toBe(1);
    expect(other.output()).toBe(
      `The desk cannot open.\nDATA_DIRECTORY ${DATA_DIRECTORY}: Another desk is using it. End that one, or open this one on data of its own: PORT=3001 DATA_DIRECTORY=data-2 npm start (ELOCKED)`,
    );
    await desk.end('SIGKILL');
    const next = await startDesk({ DATA_DIRECTORY });
    expect(await next.end('SIGTERM')).toBe(0);
  });

  it('does not start with wrong settings, and says which', async () => {
    const desk = run('server.ts', [], { HOST: '0.0.0.0', PORT: 'three' });
    expect(await desk.exited).toBe(1);
    expect(desk.output()).toMatch(/^The desk cannot open\.\nPORT expects .*\nDESK_PASSWORD must /);
  });

  it('does not linger where its port is taken', async () => {
    const server = await startDesk({ DATA_DIRECTORY });
    const { port } = new URL(server.url);
    const other = run('server.ts', [], {
      PORT: port,
      DATABASE_URL: 'postgresql://127.0.0.1:1',
    });
    expect(await other.exited).toBe(1);
    expect(other.output()).toContain('EADDRINUSE');
    expect(other.output()).toMatch(/^The desk cannot open\.\nPORT \d+: .* PORT=3001 npm start/);
  });
});
