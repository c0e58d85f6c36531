import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { get, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type Desk, endAll, startDesk, until } from './processes.js';

let DATA_DIRECTORY: string;
let desk: Desk;

beforeAll(async () => {
  DATA_DIRECTORY = await mkdtemp(join(tmpdir(), 'desk-events-'));
});
afterEach(endAll);
afterAll(() => rm(DATA_DIRECTORY, { recursive: true, force: true }));

/** Opens streams and hangs up after two milliseconds, fifty at a time. */
async function abort(times: number): Promise<void> {
  for (let done = 0; done < times; done += 50) {
    await Promise.all(
      Array.from({ length: 50 }, async () => {
        const call = get(`${desk.url}/events`).on('error', () => undefined);
        // Long enough for the desk to have begun, too short for it to have answered.
        await delay(2);
        call.destroy();
      }),
    );
  }
}

/** Waits until the desk holds no more than it did. */
async function settled(before: number): Promise<void> {
  await until(async () => (await desk.vitals()).resources <= before + 5);
}

describe('streams of events', { timeout: 120_000 }, () => {
  it('leave nothing behind when they are aborted at once', async () => {
    desk = await startDesk({ DATA_DIRECTORY });
    await abort(500);
    await settled(50);
    const before = await desk.vitals();
    await abort(3000);
    await settled(before.resources);
    const { heap } = await desk.vitals();
    expect(heap - before.heap).toBeLessThan(4e6);
    expect(await desk.end('SIGTERM')).toBe(0);
  });

  it('do not keep the desk from its end, aborted or open', async () => {
    desk = await startDesk({ DATA_DIRECTORY });
    await abort(400);
    const open = await fetch(`${desk.url}/events`);
    const told = performance.now();
    expect(await desk.end('SIGTERM')).toBe(0);
    expect(performance.now() - told).toBeLessThan(5000);
    await open.text();
  });

  it('answer HEAD, and an open stream says so at once', async () => {
    desk = await startDesk({ DATA_DIRECTORY });
    const call = request(`${desk.url}/events`, { method: 'HEAD', timeout: 10_000 }).end();
    const [answer] = await once(call, 'response', { signal: AbortSignal.timeout(10_000) });
    expect(answer.statusCode).toBe(200);
    expect(answer.headers['content-type']).toBe('text/event-stream');
    await once(answer.resume(), 'end');
  });

  it('are limited in number, and one that is closed makes room', async () => {
    desk = await startDesk({ DATA_DIRECTORY });
    const open = Array.from({ length: 110 }, () =>
      get(`${desk.url}/events`).on('error', () => undefined),
    );
    const answers = await Promise.all(open.map(async (call) => (await once(call, 'response'))[0]));
    const refused = answers.filter(({ statusCode }) => statusCode === 503);
    expect(refused).toHaveLength(10);
    for (const { headers } of refused) expect(headers['retry-after']).toMatch(/^\d+$/);
    for (const call of open) call.destroy();
    await until(async () => {
      const stream = await fetch(`${desk.url}/events`);
      await stream.body?.cancel();
      return stream.status === 200;
    });
  });
});
