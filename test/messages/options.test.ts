import { once } from 'node:events';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { copernicaFailures } from '../../lib/index.js';
import { copernicaFailures as webFailures } from '../../lib/web.js';

// Every message on an option that will not do: one sentence that says what to do.

const account = 'account-1234';

describe('an option that will not do is refused with', () => {
  const onFailure = () => undefined;
  it.each([
    [undefined, 'options must be an object with onFailure'],
    [{}, 'onFailure must be a function that takes a report'],
    [{ onFailure, limits: 1 }, 'unknown option limits; known are onFailure, limit, verify'],
    [
      { onFailure, limit: '1 megabyte' },
      "limit must be a positive number of bytes, or a text such as '100kb'",
    ],
    [{ onFailure, verify: true }, 'verify must be false, or an object with your account'],
    [
      { onFailure, verify: {} },
      "verify.account must be your account identifier, such as 'account-1234', or a list of them",
    ],
    [
      { onFailure, verify: { account: '1234' } },
      "verify.account must be the whole identifier, such as 'account-1234': Copernica never sends digits alone",
    ],
    [
      { onFailure, verify: { account, url: '/failures' } },
      'verify.url must be the http(s) address that is registered at Copernica, as it is registered',
    ],
    [
      { onFailure, verify: { account, tolerance: '5m' } },
      'verify.tolerance must be a positive number of seconds',
    ],
    [{ onFailure, verify: { account, resolveTxt: 1 } }, 'verify.resolveTxt must be a function'],
    [
      { onFailure, verify: { account, nonces: new Set() } },
      'verify.nonces must be an object with has(key) and set(key, value)',
    ],
  ])('%j', (options, message) => {
    expect(() => copernicaFailures(options as never)).toThrow(
      new TypeError(`copernicaFailures: ${message}`),
    );
  });

  it('what onRefused must be, at the Web handler', () => {
    expect(() => webFailures({ onFailure, onRefused: 1 as never })).toThrow(
      new TypeError('copernicaFailures: onRefused must be a function that takes an error'),
    );
  });
});

it('a handler without verify is warned of in production', async () => {
  vi.stubEnv('NODE_ENV', 'production');
  onTestFinished(() => void vi.unstubAllEnvs());
  const warned = once(process, 'warning');
  copernicaFailures({ onFailure: () => undefined });
  expect(await warned).toMatchObject([
    {
      code: 'COPERNICA_UNVERIFIED',
      message: 'Failure reports are accepted from anyone: set the option verify',
    },
  ]);
});
