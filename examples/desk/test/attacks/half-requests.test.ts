// Requests that are never sent to their end, so that the desk would wait for them.
import { once } from 'node:events';
import { connect } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { URLENCODED } from '../../../../test/helpers/reports.js';
import { endAll, NO_DATABASE, startDesk } from '../processes.js';

afterEach(endAll);

describe('after SIGTERM', () => {
  it('incomplete heads and bodies get a few seconds', async () => {
    const desk = await startDesk(NO_DATABASE);
    const { hostname, port } = new URL(desk.url);
    for (const half of [
      'GET / HTTP/1.1\r\nHost: localhost\r\nX-',
      `POST /copernica/failures HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\nContent-Type: ${URLENCODED}\r\n\r\nid=`,
    ]) {
      const client = connect(Number(port), hostname).on('error', () => undefined);
      await once(client, 'connect');
      client.write(half);
    }
    // The desk has one thread, so once this is answered, it has read both halves.
    await fetch(`${desk.url}/healthz`);
    const start = performance.now();
    expect(await desk.end('SIGTERM')).toBe(0);
    // Docker kills after ten seconds.
    expect(performance.now() - start).toBeLessThan(8000);
  });
});
