import { createServer, type RequestListener } from 'node:http';
import { createRequire } from 'node:module';
import { connect } from 'node:net';
import express5, { type ErrorRequestHandler, type RequestHandler } from 'express';
import { onTestFinished } from 'vitest';
import {
  copernicaFailures,
  type FailureReport,
  type FailureReportError,
  type VerifyOptions,
} from '../../lib/index.js';
import { listen } from './servers.js';
import { ACCOUNT, type Call, type CallOptions, fakeDns, signCall } from './signed-calls.js';

const express4: typeof express5 = createRequire(import.meta.url)('express4');

/** What an endpoint runs on. */
export const PLATFORMS = ['Express 5', 'Express 4', 'node:http'] as const;
type Platform = (typeof PLATFORMS)[number];

export interface EndpointOptions {
  platform?: Platform;
  verify?: Partial<VerifyOptions>;
  onFailure?: (report: FailureReport) => unknown;
  /** Where the handler is mounted. */
  path?: string;
  /** Middleware in front of it. */
  before?: RequestHandler[];
  /** An error handler of the user's own; Express's without it. */
  onError?: ErrorRequestHandler;
}

/** Starts an endpoint with `verify` on a free port until the test is over. */
export async function startEndpoint(options: EndpointOptions = {}) {
  const { platform = 'Express 5', path = '/', before = [], onError } = options;
  const dns = fakeDns();
  const delivered: FailureReport[] = [];
  const errors: FailureReportError[] = [];
  const handler = copernicaFailures({
    async onFailure(report) {
      await options.onFailure?.(report);
      delivered.push(report);
    },
    verify: { account: ACCOUNT, resolveTxt: dns.resolveTxt, ...options.verify },
  });
  const record: ErrorRequestHandler = (error, _req, _res, next) => {
    errors.push(error);
    next(error);
  };

  function plain(): RequestListener {
    return (req, res) =>
      handler(req, res, (error) => {
        errors.push(error as FailureReportError);
        res.statusCode = (error as FailureReportError | undefined)?.status ?? 404;
        res.end((error as Error | undefined)?.message);
      });
  }

  function app(): RequestListener {
    const express = platform === 'Express 4' ? express4 : express5;
    const made = express();
    made.set('env', 'test');
    for (const middleware of before) made.use(middleware);
    made.use(path, handler);
    made.use(record);
    if (onError) made.use(onError);
    return made;
  }

  const port = await listen(createServer(platform === 'node:http' ? plain() : app()));
  return { ...dns, delivered, errors, port, post: (call: Call) => post(port, call) };
}

/** Signs a call with the date of today. */
export function signNow(options: CallOptions = {}): Call {
  return signCall({ date: new Date(), ...options });
}

export interface Answer {
  status: number;
  /** The header lines, in lower case. */
  head: string;
  body: string;
}

/** Sends a call byte by byte as it is, and waits until the server closes. */
export async function post(port: number, call: Call): Promise<Answer> {
  const socket = connect(port, '127.0.0.1');
  onTestFinished(() => {
    socket.destroy();
  });
  const fields: string[] = [];
  for (let i = 0; i < call.rawHeaders.length; i += 2) {
    fields.push(`${call.rawHeaders[i]}: ${call.rawHeaders[i + 1]}\r\n`);
  }
  const head = `${call.method} ${call.url} HTTP/1.1\r\n${fields.join('')}Connection: close\r\n\r\n`;
  socket.write(Buffer.concat([Buffer.from(head, 'latin1'), call.body]));
  const chunks: Buffer[] = [];
  for await (const chunk of socket) chunks.push(chunk);
  const [top = '', ...rest] = Buffer.concat(chunks).toString('latin1').split('\r\n\r\n');
  return {
    status: Number(top.split(' ')[1]),
    head: top.toLowerCase(),
    body: rest.join('\r\n\r\n'),
  };
}
