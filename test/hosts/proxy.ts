import { once } from 'node:events';
import { createServer, request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import type { AddressInfo } from 'node:net';
import { pipeline } from 'node:stream/promises';
import type { Sent } from './calls.js';
import { SENDERS } from './send.js';

/** Sends a request through a proxy that passes bodies on in chunks, without their length. */
export async function throughProxy(sent: Sent): Promise<number> {
  const { origin, protocol, pathname } = new URL(sent.url);
  const request = protocol === 'https:' ? requestHttps : requestHttp;
  const proxy = createServer(async (req, res) => {
    const { 'content-length': length, ...headers } = req.headers;
    const { method, url = '' } = req;
    const options = { method, headers, agent: false, rejectUnauthorized: false };
    const passing = request(new URL(url, origin), options);
    try {
      const [[answer]] = await Promise.all([once(passing, 'response'), pipeline(req, passing)]);
      res.writeHead(answer.statusCode, answer.headers);
      await pipeline(answer, res);
    } catch {
      res.destroy();
    }
  }).listen(0, '127.0.0.1');
  await once(proxy, 'listening');
  try {
    const { port } = proxy.address() as AddressInfo;
    return await SENDERS.http({ ...sent, url: `http://127.0.0.1:${port}${pathname}` });
  } finally {
    proxy.close();
  }
}
