import { createServer, type IncomingMessage } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import express, { type Request, type RequestHandler } from 'express';
import { describe, expect, expectTypeOf, it } from 'vitest';
import {
  type CopernicaFailuresOptions,
  copernicaFailures,
  createFailureReceiver,
  type FailureReport,
} from '../../lib/index.js';
import { createTestSigner } from '../../lib/testing.js';
import { copernicaFailures as webFailures } from '../../lib/web.js';

const onFailure = () => undefined;

describe('the handler', () => {
  const handler = copernicaFailures({ onFailure });

  it('goes where Express takes one', () => {
    const app = express();
    app.use(handler);
    app.use('/path', handler);
    app.post('/path', handler);
    app.all('/path', handler);
    app.route('/path').post(handler);
    app.use(express.Router().use('/path', handler));
    express.Router().route('/path').post(express.json(), handler);
    expectTypeOf(handler).toExtend<RequestHandler>();
  });

  it('takes the request and response of node:http and node:https', () => {
    createServer((req, res) => handler(req, res, () => res.end()));
    createSecureServer((req, res) => handler(req, res, (error?: unknown) => void error));
    createServer((req, res) => {
      expectTypeOf(handler(req, res)).toEqualTypeOf<Promise<void>>();
      expectTypeOf(handler(req, res, () => undefined)).toEqualTypeOf<void>();
    });
  });
});

describe('the options', () => {
  it('give onFailure a report and the request of node:http with a body', () => {
    const options: CopernicaFailuresOptions = {
      onFailure(report, req) {
        expectTypeOf(report).toEqualTypeOf<FailureReport>();
        expectTypeOf(req).toExtend<IncomingMessage>();
        expectTypeOf(req.body).toEqualTypeOf<unknown>();
      },
    };
    copernicaFailures(options);
    express().use(copernicaFailures({ onFailure: (_report, req) => req.headers.host }));
    copernicaFailures((report, req) => [report.id, req.body]);
  });

  it('give onFailure the request that it is annotated with', () => {
    express().use(copernicaFailures({ onFailure: (_report, req: Request) => req.ip }));
    express().use(copernicaFailures((_report, req: Request) => req.ip));
    const onFailure = async (report: FailureReport, req: Request) => [report.id, req.ip];
    express().post('/', copernicaFailures({ onFailure, verify: { account: 'account-1' } }));
    const options: CopernicaFailuresOptions<Request> = { onFailure };
    copernicaFailures(options);
    // @ts-expect-error: the request is an object of node:http
    copernicaFailures({ onFailure: (_report, req: string) => req });
  });

  it('take any callback of a report, sync or async', () => {
    const callbacks: CopernicaFailuresOptions['onFailure'][] = [
      () => undefined,
      async (report) => void (await report.id),
      (report, req) => [report.tags, req.url],
      ({ id, severity = 'unknown' }: { id: string; severity?: string }) => id + severity,
    ];
    for (const callback of callbacks) copernicaFailures({ onFailure: callback, limit: 1 });
  });

  it.each<[string, () => unknown]>([
    // @ts-expect-error: options are required
    ['none', () => copernicaFailures()],
    // @ts-expect-error: onFailure is required
    ['no onFailure', () => copernicaFailures({})],
    // @ts-expect-error: onFailure is a function
    ['onFailure as a text', () => copernicaFailures({ onFailure: 'log' })],
    // @ts-expect-error: limit is a number or a text
    ['limit as a flag', () => copernicaFailures({ onFailure, limit: true })],
    // @ts-expect-error: a limit that is there is not undefined
    ['limit as null', () => copernicaFailures({ onFailure, limit: null })],
    // @ts-expect-error: there is no such option
    ['limits', () => copernicaFailures({ onFailure, limits: '1kb' })],
  ])('are refused when compiled and when run: %s', (_, make) => {
    expect(make).toThrow(TypeError);
  });

  it('do not compile with a callback of something else', () => {
    // @ts-expect-error: the report is an object
    copernicaFailures({ onFailure: (report: string) => report });
    // @ts-expect-error: there is no such variable
    copernicaFailures({ onFailure: (report) => report.reason });
    // @ts-expect-error: a code may be missing
    copernicaFailures({ onFailure: (report) => report.code.toFixed() });
    // @ts-expect-error: there is no third parameter
    copernicaFailures({ onFailure: (_report, _req, next: () => void) => next() });
  });

  it('take verify as options or as false', () => {
    const options: CopernicaFailuresOptions = { onFailure, verify: false };
    copernicaFailures(options);
    // @ts-expect-error: on needs an account
    expect(() => copernicaFailures({ onFailure, verify: true })).toThrow(TypeError);
  });

  it('may be undefined where they are optional', () => {
    copernicaFailures({ onFailure, limit: undefined, verify: undefined });
    const optional = { url: undefined, tolerance: undefined, resolveTxt: undefined };
    copernicaFailures({ onFailure, verify: { account: 'a', ...optional, replayStore: undefined } });
    webFailures({ onFailure, limit: undefined, verify: undefined, onRefused: undefined });
    createFailureReceiver({ onFailure, limit: undefined, verify: undefined });
    createTestSigner({ account: 'account-1', url: undefined, keyId: undefined }).sign('id=1', {
      account: undefined,
      body: undefined,
      date: undefined,
      url: undefined,
    });
  });
});
