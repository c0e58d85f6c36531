import type { ErrorRequestHandler } from 'express';
import { describe, expect, it } from 'vitest';
import { type CopernicaFailuresOptions, copernicaFailures } from '../lib/middleware.js';
import { checkOptions } from '../lib/options.js';
import { createFailureReceiver } from '../lib/receiver.js';
import { copernicaFailures as webFailures } from '../lib/web.js';
import { EXPRESS_VERSIONS } from './helpers/express.js';
import { REQUIRED } from './helpers/reports.js';
import { post, serve } from './helpers/servers.js';

function onFailure() {
  return undefined;
}

const WRONG_OPTIONS = {
  name: 'TypeError',
  message: expect.stringMatching(/^copernicaFailures: options\b/),
};

/** Makes the handler, as it would be made from JavaScript. */
function make(options: unknown): unknown {
  return copernicaFailures(options as CopernicaFailuresOptions);
}

describe('checkOptions', () => {
  it('fills in the defaults', () => {
    expect(checkOptions({ onFailure })).toEqual({ onFailure, limit: 100 * 1024 });
  });

  it('takes an option that is undefined as one that is missing', () => {
    expect(checkOptions({ onFailure, limit: undefined } as never).limit).toBe(100 * 1024);
  });

  it.each([copernicaFailures, webFailures, createFailureReceiver])(
    'takes the callback alone, at each entry point',
    (makeHandler) => {
      expect(checkOptions(onFailure)).toEqual(checkOptions({ onFailure }));
      expect(makeHandler(onFailure)).toBeTypeOf('function');
    },
  );

  it.each([copernicaFailures, webFailures, createFailureReceiver])(
    'refuses options behind the callback, which would have no effect',
    (makeHandler) => {
      const verify = { account: 'account-1' };
      // @ts-expect-error: they belong into one object
      expect(() => makeHandler(onFailure, { verify })).toThrow(
        expect.objectContaining(WRONG_OPTIONS),
      );
    },
  );

  it('leaves the options as they are', () => {
    const options = Object.freeze({ onFailure, limit: '1kb' });
    checkOptions(options);
    expect(options).toEqual({ onFailure, limit: '1kb' });
  });

  it.each([
    [1, 1],
    [4096, 4096],
    ['512', 512],
    ['512b', 512],
    ['100kb', 102_400],
    ['100 KB', 102_400],
    ['1.5kb', 1536],
    ['2mb', 2_097_152],
    ['1gb', 1_073_741_824],
  ])('reads the limit %j as %i bytes', (limit, bytes) => {
    expect(checkOptions({ onFailure, limit }).limit).toBe(bytes);
  });
});

describe('mounted without its options, copernicaFailures says so at the first request', () => {
  it.each(EXPRESS_VERSIONS)('in $name', async ({ express }) => {
    const errors: unknown[] = [];
    const app = express();
    app.use('/x', copernicaFailures as never);
    app.use(((error, _req, res, _next) => {
      errors.push(error);
      res.sendStatus(500);
    }) satisfies ErrorRequestHandler);
    expect((await post(await serve(app), REQUIRED, {}, '/x')).status).toBe(500);
    expect(errors).toEqual([expect.objectContaining(WRONG_OPTIONS)]);
    expect(String(errors[0])).toContain('mount copernicaFailures(');
  });

  it.each([
    ['a Web request', new Request('http://localhost')],
    ['the context of Hono', { req: {} }],
    ['the event of SvelteKit', { request: {} }],
    ['an event of AWS Lambda', { headers: {} }],
  ])('with %s', (_, given) => {
    for (const makeHandler of [copernicaFailures, webFailures, createFailureReceiver]) {
      expect(() => makeHandler(given as never)).toThrow(expect.objectContaining(WRONG_OPTIONS));
    }
  });
});

describe('copernicaFailures refuses', () => {
  it.each([
    ['no options', undefined, 'options'],
    ['null', null, 'options'],
    ['a text instead of options', 'onFailure', 'options'],
    ['no callback', {}, 'onFailure'],
    ['a callback that is undefined', { onFailure: undefined }, 'onFailure'],
    ['a callback that is null', { onFailure: null }, 'onFailure'],
    ['a callback that is no function', { onFailure: 'log' }, 'onFailure'],
    ['a list instead of options', [onFailure], '.*\\b0'],
  ])('%s, and says so', (_, options, name) => {
    expect(() => make(options)).toThrow(TypeError);
    expect(() => make(options)).toThrow(new RegExp(`^copernicaFailures: ${name}\\b`));
  });

  it.each([
    0,
    -1,
    1.5,
    Number.NaN,
    Number.POSITIVE_INFINITY,
    2 ** 53,
    1n,
    true,
    null,
    '',
    '0',
    '0.5b',
    '-1kb',
    '100 kilobytes',
    '1e3',
    '0x10',
    'kb',
    '1kb 1kb',
    '\n1kb',
    `${2 ** 53}gb`,
    ['1kb'],
    {},
  ])('the limit %o, naming limit', (limit) => {
    expect(() => make({ onFailure, limit })).toThrow(TypeError);
    expect(() => make({ onFailure, limit })).toThrow(/^copernicaFailures: limit\b/);
  });

  it.each(['onfailure', 'limits', 'Limit', 'toString'])(
    'the unknown option %s by its name, and tells which there are',
    (name) => {
      const options = { onFailure, [name]: onFailure };
      expect(() => make(options)).toThrow(TypeError);
      expect(() => make(options)).toThrow(new RegExp(`\\b${name}\\b.*onFailure.*limit.*verify`));
    },
  );
});
