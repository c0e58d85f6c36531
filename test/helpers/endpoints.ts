// Endpoints on every entry point of the package and every server, with one way to call them all.
import { once } from 'node:events';
import type { IncomingMessage, RequestListener } from 'node:http';
import {
  type ClientHttp2Session,
  connect as connectHttp2,
  createServer as createHttp2Server,
} from 'node:http2';
import express, { type ErrorRequestHandler } from 'express';
import { onTestFinished } from 'vitest';
import {
  copernicaFailures,
  createFailureReceiver,
  type FailureReport,
  FailureReportError,
  type VerifyOptions,
} from '../../lib/index.js';
import { copernicaFailures as webFailures } from '../../lib/web.js';
import { deferred } from './deferred.js';
import { EXPRESS_VERSIONS } from './express.js';
import { chunk, dial, exchange, LAST_CHUNK, listen, serve } from './servers.js';
import { ACCOUNT, type Call, fakeDns } from './signed-calls.js';

export interface EndpointOptions {
  /** Called after the report has been recorded. */
  onFailure?: (report: FailureReport) => unknown;
  limit?: number | string;
  /** Options that differ from those that accept the calls of `signCall`; `false` accepts all calls. */
  verify?: Partial<VerifyOptions> | false;
  /** Whether something has read the body before the handler gets the request. */
  consumed?: boolean;
}

export interface Answer {
  status: number;
  /** By lower-case name. */
  headers: Record<string, string>;
  body: string;
}

export interface Endpoint {
  /** The reports that `onFailure` got. */
  delivered: FailureReport[];
  /** The variables that `onFailure` got beside each of them. */
  variables: unknown[];
  /** The errors that the app got; `undefined` if the handler answers without telling the app. */
  errors: unknown[] | undefined;
  /** Sends a call. With `parts`, its body comes in these parts, and without `Content-Length`. */
  send(call: Call, parts?: readonly Buffer[]): Promise<Answer>;
  /** Sends a call that announces one byte more, then closes the connection if there is one. */
  cutOff(call: Call): Promise<void>;
}

export interface EntryPoint {
  name: string;
  /** The status for methods other than POST: 404 from the server, or 405 from the package. */
  otherMethod: 404 | 405;
  /** Starts an endpoint that stops when the test ends. */
  start(options?: EndpointOptions): Promise<Endpoint>;
}

/** An endpoint on a server of HTTP/1.1. */
interface HttpEndpoint extends Endpoint {
  port: number;
  /** Resolves with the first request when it has arrived. */
  requested: Promise<IncomingMessage>;
}

export interface HttpEntryPoint extends EntryPoint {
  start(options?: EndpointOptions): Promise<HttpEndpoint>;
}

type Handler = ReturnType<typeof copernicaFailures>;

/** The options of an entry point, and what its endpoint has seen. */
function prepare({ onFailure, limit, verify }: EndpointOptions) {
  const seen = {
    delivered: [] as FailureReport[],
    variables: [] as unknown[],
    errors: [] as unknown[],
  };
  const { resolveTxt } = fakeDns();
  return {
    seen,
    handlerOptions: {
      limit,
      verify: verify === false ? verify : { account: ACCOUNT, resolveTxt, ...verify },
    },
    record(report: FailureReport, sent: unknown) {
      seen.delivered.push(report);
      seen.variables.push(sent);
      return onFailure?.(report);
    },
  };
}

function httpEntryPoint(
  name: string,
  makeListener: (handler: Handler, errors: unknown[]) => RequestListener,
  tellsErrors: boolean,
): HttpEntryPoint {
  return {
    name,
    otherMethod: 404,
    async start(options = {}) {
      const { seen, handlerOptions, record } = prepare(options);
      const handler = copernicaFailures({
        ...handlerOptions,
        onFailure: (report, req) => record(report, req.body),
      });
      const listener = makeListener(handler, seen.errors);
      const requested = deferred<IncomingMessage>();
      const port = await serve(async (req, res) => {
        if (options.consumed) await once(req.resume(), 'end');
        listener(req, res);
        requested.resolve(req);
      });
      return {
        ...seen,
        errors: tellsErrors ? seen.errors : undefined,
        port,
        requested: requested.promise,
        send: (call, parts) => sendHttp(port, call, parts),
        async cutOff(call) {
          const socket = await dial(port);
          socket.write(Buffer.concat([headOf(withOneByteMore(call)), call.body]));
          await requested.promise;
          socket.resetAndDestroy();
        },
      };
    },
  };
}

function expressEntryPoint(name: string, makeApp: typeof express): HttpEntryPoint {
  const makeListener = (handler: Handler, errors: unknown[]) => {
    const recordError: ErrorRequestHandler = (error, _req, _res, next) => {
      errors.push(error);
      next(error);
    };
    // Without this, Express prints each error.
    return makeApp().set('env', 'test').use(handler).use(recordError);
  };
  return httpEntryPoint(name, makeListener, true);
}

export const EXPRESS_5: HttpEntryPoint = expressEntryPoint('Express 5', express);
export const NODE_HTTP: HttpEntryPoint = httpEntryPoint(
  'node:http',
  (handler) => (req, res) => void handler(req, res),
  false,
);

const NODE_HTTP2: EntryPoint = {
  name: 'node:http2',
  otherMethod: 404,
  async start(options = {}) {
    const { seen, handlerOptions, record } = prepare(options);
    const handler = copernicaFailures({
      ...handlerOptions,
      onFailure: (report, req) => record(report, req.body),
    });
    const server = createHttp2Server(async (req, res) => {
      if (options.consumed) await once(req.resume(), 'end');
      void handler(req, res);
    });
    const client = connectHttp2(`http://127.0.0.1:${await listen(server)}`);
    onTestFinished(() => client.destroy());
    return {
      ...seen,
      errors: undefined,
      send: (call, parts) => sendHttp2(client, call, parts),
      async cutOff(call) {
        const stream = client.request(headersOfHttp2(withOneByteMore(call)));
        const requested = once(server, 'request');
        stream.on('error', () => undefined);
        stream.write(call.body);
        await requested;
        stream.destroy();
      },
    };
  },
};

export const RECEIVER: EntryPoint = {
  name: 'createFailureReceiver',
  otherMethod: 405,
  async start(options = {}) {
    const { seen, handlerOptions, record } = prepare(options);
    const receive = createFailureReceiver({
      ...handlerOptions,
      onFailure: (report, context) => record(report, context.variables),
    });
    async function send(call: Call, parts?: readonly Buffer[]): Promise<Answer> {
      const { method, url, rawHeaders, body } = parts ? withoutLength(call) : call;
      // A String object is neither text nor bytes, as a parsed body is not.
      const read = options.consumed ? (Object(String(body)) as never) : body;
      try {
        await receive({ method, url, headers: pairsOf(rawHeaders), body: read });
        return {
          status: 200,
          headers: { 'content-type': 'text/plain; charset=utf-8' },
          body: 'OK',
        };
      } catch (error) {
        seen.errors.push(error);
        const { status = 500, headers = {} } =
          error instanceof FailureReportError ? error : ({} as Partial<FailureReportError>);
        const lower = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]);
        return { status, headers: Object.fromEntries(lower), body: '' };
      }
    }
    return {
      ...seen,
      send,
      async cutOff(call) {
        await send(withOneByteMore(call));
      },
    };
  },
};

const WEB_HANDLER: EntryPoint = {
  name: 'the Web handler',
  otherMethod: 405,
  async start(options = {}) {
    const { seen, handlerOptions, record } = prepare(options);
    const handle = webFailures({
      ...handlerOptions,
      onFailure: (report, context) => record(report, context.variables),
      onRefused: (error) => void seen.errors.push(error),
    });
    async function send(call: Call, parts?: readonly (Buffer | Error)[]): Promise<Answer> {
      const { method, url, rawHeaders, body } = parts ? withoutLength(call) : call;
      const request = new Request(`https://hooks.example.com${url}`, {
        method,
        headers: pairsOf(rawHeaders),
        body: method === 'GET' || method === 'HEAD' ? null : parts ? streamOf(parts) : body,
        duplex: 'half',
      });
      if (options.consumed) await request.text();
      try {
        const response = await handle(request);
        const headers = Object.fromEntries(response.headers);
        return { status: response.status, headers, body: await response.text() };
      } catch (error) {
        // In an app, the framework answers this error.
        seen.errors.push(error);
        return { status: 500, headers: {}, body: '' };
      }
    }
    return {
      ...seen,
      send,
      async cutOff(call) {
        await send(call, [call.body, new Error('reset')]);
      },
    };
  },
};

/** Every entry point of the package, on every server that it is for, and each version of Express. */
export const ENTRY_POINTS: EntryPoint[] = [
  ...EXPRESS_VERSIONS.map(({ name, express: makeApp }) => expressEntryPoint(name, makeApp)),
  NODE_HTTP,
  NODE_HTTP2,
  RECEIVER,
  WEB_HANDLER,
];

function pairsOf(rawHeaders: readonly string[]): [name: string, value: string][] {
  return rawHeaders.flatMap((name, i) => (i % 2 ? [] : [[name, rawHeaders[i + 1] ?? '']]));
}

/** The call without Content-Length, as a proxy sends one whose body comes in parts. */
function withoutLength(call: Call): Call {
  const rawHeaders = pairsOf(call.rawHeaders).filter(([name]) => !/^content-length$/i.test(name));
  return { ...call, rawHeaders: rawHeaders.flat() };
}

function withOneByteMore(call: Call): Call {
  const more = ['Content-Length', String(call.body.length + 1)];
  return { ...call, rawHeaders: [...withoutLength(call).rawHeaders, ...more] };
}

function headOf({ method, url, rawHeaders }: Call, ...more: string[]): Buffer {
  const fields = pairsOf(rawHeaders).map((pair) => pair.join(': '));
  const lines = [`${method} ${url} HTTP/1.1`, ...fields, ...more, 'Connection: close', '', ''];
  return Buffer.from(lines.join('\r\n'), 'latin1');
}

/** Sends a call byte by byte as it is, and waits until the server closes the connection. */
export async function sendHttp(
  port: number,
  call: Call,
  parts?: readonly Buffer[],
): Promise<Answer> {
  const chunkedHead = () => headOf(withoutLength(call), 'Transfer-Encoding: chunked');
  const bytes = parts
    ? [chunkedHead(), ...parts.map(chunk), LAST_CHUNK]
    : [Buffer.concat([headOf(call), call.body])];
  const { status, text } = await exchange(port, ...bytes);
  const [head = '', ...rest] = text.split('\r\n\r\n');
  const [, ...lines] = head.split('\r\n');
  const headers = lines.map((line) => {
    const [name = '', ...value] = line.split(':');
    return [name.toLowerCase(), value.join(':').trim()];
  });
  return {
    status,
    headers: Object.fromEntries(headers),
    body: rest.join('\r\n\r\n'),
  };
}

function headersOfHttp2({ method, url, rawHeaders }: Call) {
  const headers: Record<string, string | string[]> = { ':method': method, ':path': url };
  for (const [name, value] of pairsOf(rawHeaders)) {
    const lower = name.toLowerCase();
    if (lower === 'host') headers[':authority'] = value;
    else headers[lower] = lower in headers ? [headers[lower] ?? '', value].flat() : value;
  }
  return headers;
}

async function sendHttp2(
  client: ClientHttp2Session,
  call: Call,
  parts?: readonly Buffer[],
): Promise<Answer> {
  const headersSent = headersOfHttp2(parts ? withoutLength(call) : call);
  const stream = client.request(headersSent, { endStream: false });
  for (const part of parts ?? [call.body]) stream.write(part);
  stream.end();
  const [{ ':status': status, ...headers }] = await once(stream, 'response');
  return { status, headers, body: Buffer.concat(await stream.toArray()).toString() };
}

function streamOf(parts: readonly (Buffer | Error)[]): ReadableStream {
  const waiting = parts.values();
  return new ReadableStream({
    pull(controller) {
      const { value, done } = waiting.next();
      if (done) controller.close();
      else if (value instanceof Error) controller.error(value);
      else controller.enqueue(value);
    },
  });
}
