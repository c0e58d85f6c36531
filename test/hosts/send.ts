import { once } from 'node:events';
import { request as requestHttp } from 'node:http';
import { connect, constants } from 'node:http2';
import { request as requestHttps } from 'node:https';
import type { Send, Sent } from './calls.js';
import type { Protocol } from './host.js';

/** Milliseconds within which a host must answer. */
const PATIENCE = 15_000;

/** How each protocol is spoken. The certificate is made for the test, so nobody vouches for it. */
export const SENDERS: Record<Protocol, Send> = {
  http: (sent) => overHttp1(requestHttp, sent),
  https: (sent) => overHttp1(requestHttps, sent),
  http2: overHttp2,
};

async function overHttp1(
  request: typeof requestHttp | typeof requestHttps,
  { url, method, headers, body }: Sent,
): Promise<number> {
  const sending = request(url, {
    method,
    headers: { ...headers, 'Content-Length': Buffer.byteLength(body) },
    signal: AbortSignal.timeout(PATIENCE),
    rejectUnauthorized: false,
    agent: false,
  });
  sending.end(body);
  const [response] = await once(sending, 'response');
  response.resume();
  return response.statusCode;
}

async function overHttp2({ url, method, headers, body }: Sent): Promise<number> {
  const { origin, pathname } = new URL(url);
  const session = connect(origin, { rejectUnauthorized: false });
  try {
    const { Host, ...others } = headers;
    const stream = session.request(
      { ':method': method, ':path': pathname, ':authority': Host, ...others },
      { signal: AbortSignal.timeout(PATIENCE), endStream: false },
    );
    session.on('error', (error) => stream.destroy(error));
    stream.end(body);
    const [head] = await once(stream, 'response');
    return head[constants.HTTP2_HEADER_STATUS];
  } finally {
    session.destroy();
  }
}
