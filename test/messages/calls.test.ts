import express from 'express';
import request from 'supertest';
import { describe, expect, it } from 'vitest';
import { STATUS } from '../../lib/errors.js';
import { copernicaFailures, createFailureReceiver, FailureReportError } from '../../lib/index.js';
import { copernicaFailures as webFailures } from '../../lib/web.js';
import { bodies, headers, type Refusal } from './bodies.js';
import { signatures } from './signatures.js';

// What a call is refused with: one sentence that says what to do.

const onFailure = () => undefined;

/** The error that a call ends in. */
async function errorOf([, call, options]: Refusal): Promise<FailureReportError> {
  const receive = createFailureReceiver({ onFailure, ...options });
  const error = await receive(call).catch((reason) => reason);
  if (error instanceof FailureReportError) return error;
  throw new Error(`Expected a FailureReportError, got ${error}`);
}

describe('a call that is refused gets', () => {
  it.each([...bodies, ...signatures])('%s', async (...refusal) => {
    expect((await errorOf(refusal)).message).toBe(refusal[3]);
  });

  it('one of these for every code', async () => {
    const errors = await Promise.all([...bodies, ...signatures].map(errorOf));
    const codes = errors.map(({ code }) => code);
    expect([...new Set(codes)].sort()).toEqual(Object.keys(STATUS).sort());
  });
});

describe('a body that is read at another door gets', () => {
  it('where to mount the Express handler, if a parser took it', async () => {
    const errors: Error[] = [];
    const app = express().use(express.text({ type: '*/*' }), copernicaFailures({ onFailure }));
    app.use(((error, _req, res, _next) => {
      errors.push(error);
      res.sendStatus(error.status);
    }) as express.ErrorRequestHandler);
    await request(app).post('/').set(headers).send('id=1').expect(500);
    expect(errors.map(({ message }) => message)).toEqual([
      'Something upstream has read the body: mount copernicaFailures before other body parsers, or keep the bytes as req.rawBody',
    ]);
  });

  const refusedFrom = async (call: Request): Promise<string[]> => {
    const messages: string[] = [];
    const onRefused = ({ message }: Error) => void messages.push(message);
    await webFailures({ onFailure, onRefused })(call);
    return messages;
  };
  const init = { method: 'POST', headers, duplex: 'half' } as const;

  it('when to call the Web handler, if something read it', async () => {
    const call = new Request('http://localhost', { ...init, body: 'id=1' });
    await call.text();
    expect(await refusedFrom(call)).toEqual([
      'Something upstream has read the body: give copernicaFailures the request before anything reads it, or a clone of it',
    ]);
  });

  it('what to check, if it breaks off', async () => {
    const body = new ReadableStream({ start: (stream) => stream.error(new Error('reset')) });
    const call = new Request('http://localhost', { ...init, body });
    expect(await refusedFrom(call)).toEqual([
      'The body was cut off: check the connection and any proxy in between',
    ]);
  });
});
