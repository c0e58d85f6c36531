import assert from 'node:assert/strict';
import { once } from 'node:events';
import { Agent, createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  type CopernicaFailuresOptions,
  copernicaFailures,
  type FailureReport,
} from 'copernica-failures';
import type { SentRequest } from './signed-requests.js';

export interface Answer {
  status: number;
  /** The report that was handed over, if one was. */
  report?: FailureReport;
}

/** A server with the handler and nothing else, and one keep-alive connection to it. */
export async function startServer(options: Omit<CopernicaFailuresOptions, 'onFailure'>) {
  const delivered: FailureReport[] = [];
  let arrived = 0;
  let refused = 0;
  const failures = copernicaFailures({ ...options, onFailure: (report) => delivered.push(report) });
  const server = createServer((req, res) => {
    arrived++;
    failures(req, res, (error) => {
      refused++;
      const { status = 404 } = (error ?? {}) as { status?: number };
      res.writeHead(status).end();
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });

  /** Sends a POST, and makes sure that it was delivered once or refused once, as the answer says. */
  async function post({ path, headers, body }: SentRequest): Promise<Answer> {
    delivered.length = 0;
    arrived = 0;
    refused = 0;
    const status = await new Promise<number>((resolve, reject) => {
      const length = ['Content-Length', String(body.length)];
      const options = {
        port,
        path,
        method: 'POST',
        agent,
        headers: [...headers.flat(), ...length],
      };
      request({ host: '127.0.0.1', timeout: 10_000, ...options }, (res) => {
        res.resume().on('end', () => resolve(res.statusCode ?? 0));
      })
        .on('error', reject)
        .on('timeout', () => reject(new Error('Not answered within 10 s')))
        .end(body);
    });
    assert.equal(delivered.length, status === 200 ? 1 : 0, `deliveries, answered ${status}`);
    assert.ok(arrived <= 1);
    // What is not HTTP, a strange path for instance, node:http refuses itself.
    assert.equal(delivered.length + refused, arrived, `outcomes, answered ${status}`);
    const [report] = delivered;
    return report ? { status, report } : { status };
  }

  async function stop(): Promise<void> {
    agent.destroy();
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  }

  return { post, stop };
}
