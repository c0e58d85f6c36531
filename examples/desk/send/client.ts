import { randomUUID } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import * as http from 'node:http';
import * as https from 'node:https';
import { text } from 'node:stream/consumers';
import { createTestSigner } from 'copernica-failures/testing';

const REQUEST_TIMEOUT_MS = 15_000;

export interface Request {
  url: string;
  headers: http.OutgoingHttpHeaders;
  body: string;
}

/** Makes a request with this body. */
type ToRequest = (url: string, body: string) => Request;

const clients = {
  'http:': { request: http.request, agent: new http.Agent({ keepAlive: true }) },
  'https:': { request: https.request, agent: new https.Agent({ keepAlive: true }) },
};

/** Sends a request and returns the status of the answer. */
export async function post({ url, headers, body }: Request): Promise<number> {
  const { request, agent } = clients[new URL(url).protocol as keyof typeof clients];
  const signal = AbortSignal.timeout(REQUEST_TIMEOUT_MS);
  const response = await new Promise<http.IncomingMessage>((resolve, reject) => {
    request(url, { method: 'POST', agent, headers, signal })
      .on('response', resolve)
      .on('error', reject)
      .end(body);
  });
  await text(response);
  return response.statusCode ?? 0;
}

/** Closes the idle connections, which would keep the process alive. */
export function closeConnections(): void {
  for (const { agent } of Object.values(clients)) agent.destroy();
}

export const unsigned: ToRequest = (url, body) => ({
  url,
  body,
  headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
});

/**
 * Makes a function that signs requests with a new key. Sign again for each attempt: a signature expires
 * within minutes.
 *
 * The public key is written to a file, where a receiver reads it instead of in DNS. For a desk, that file
 * is `DESK_TEST_KEY`. For your own app, docs/testing.md has the lines.
 *
 * @param registeredUrl the address to sign for, if it differs from that of the request
 */
export async function createSigner(
  account: string,
  file: string,
  registeredUrl?: string,
): Promise<ToRequest> {
  const keyId = `${randomUUID()}._domainkey.copernica.com`;
  const signer = createTestSigner({ account, keyId });
  await writeFile(file, JSON.stringify({ [keyId]: await signer.resolveTxt(keyId) }));
  return (url, body) => {
    const { headers } = signer.sign(body, { url: registeredUrl ?? url });
    return { url, headers, body };
  };
}
