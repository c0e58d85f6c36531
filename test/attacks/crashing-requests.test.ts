// Requests that would end the process if an error were not caught: without a framework, nothing else
// catches it.
import type { RequestListener, ServerResponse } from 'node:http';
import { describe, expect, it, vi } from 'vitest';
import { copernicaFailures } from '../../lib/index.js';
import { REQUIRED, SECRET } from '../helpers/reports.js';
import { post, serve } from '../helpers/servers.js';

/** Serves the handler as a listener of its own: `createServer(handler)`. */
function bare(onFailure = vi.fn()): Promise<number> {
  return serve(copernicaFailures({ onFailure }) as RequestListener);
}

describe('without next, the handler', () => {
  it('answers an invalid report with JSON', async () => {
    const port = await bare();
    const response = await post(port, `id=${SECRET}`);
    expect(response.status).toBe(400);
    expect(response.headers.get('content-type')).toBe('application/json; charset=utf-8');
    expect(await response.json()).toMatchObject({ code: 'COPERNICA_REPORT_INVALID' });
  });

  it.each<[string, () => unknown]>([
    [
      'whose status cannot be read',
      () =>
        Object.defineProperty(new Error(SECRET), 'status', {
          get() {
            throw new Error('unreadable');
          },
        }),
    ],
    [
      'that cannot be looked at',
      () => {
        const { proxy, revoke } = Proxy.revocable({}, {});
        revoke();
        return proxy;
      },
    ],
  ])('survives an error %s, and takes the next report', async (_, makeError) => {
    const onFailure = vi.fn().mockImplementationOnce(() => {
      throw makeError();
    });
    const port = await bare(onFailure);
    await post(port, REQUIRED).then(
      (response) => expect(response.ok).toBe(false),
      (error) => expect(error).toBeInstanceOf(TypeError),
    );
    expect((await post(port, REQUIRED)).status).toBe(200);
  });
});

describe('with a next that fails, the handler answers with the status of the error', () => {
  type Next = (res: ServerResponse) => (error?: unknown) => unknown;
  it.each<[string, Next]>([
    [
      'it throws',
      () => () => {
        throw new Error('no error handler');
      },
    ],
    ['it rejects', () => () => Promise.reject(new Error('no error handler'))],
    [
      'it takes code for a status, as polka does',
      (res) => (error) => {
        res.statusCode = (error as { code: never }).code;
        res.end('refused');
      },
    ],
  ])('%s', async (_, next) => {
    const handle = copernicaFailures({ onFailure: vi.fn() });
    const port = await serve((req, res) => handle(req, res, next(res)));
    const response = await post(port, `id=${SECRET}`);
    expect(response.status).toBe(400);
    expect(await response.json()).toHaveProperty('code', 'COPERNICA_REPORT_INVALID');
  });

  it.each<[string, () => unknown]>([
    [
      'throws',
      () => {
        throw Object.assign(new Error(SECRET), { status: 501 });
      },
    ],
    ['rejects', () => Promise.reject(Object.assign(new Error(SECRET), { status: 501 }))],
  ])('it %s for another method', async (_, next) => {
    const handle = copernicaFailures({ onFailure: vi.fn() });
    const port = await serve((req, res) => handle(req, res, next));
    const response = await fetch(`http://127.0.0.1:${port}`);
    expect(response.status).toBe(501);
    expect(await response.text()).not.toContain(SECRET);
  });
});
