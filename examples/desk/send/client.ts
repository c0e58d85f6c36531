import { randomUUID } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import * as http from 'node:http';
import * as https from 'node:https';
import { text } from 'node:stream/consumers';
import { createTestSigner } from 'copernica-failures/testing';

export interface Request {
  url: string;
  headers: http.OutgoingHttpHeaders;
  body: string;
}

/** Makes a request of a body. */
export type ToRequest = (url: string, body: string) => Request;

const clients = {
  'http:': { request: http.request, agent: new http.Agent({ keepAlive: true }) },
  'https:': { request: https.request, agent: new https.Agent({ keepAlive: true }) },
};

/** Sends a request and gives the status it was answered with. */
export async function post({ url, headers, body }: Request): Promise<number> {
  const { request, agent } = clients[new URL(url).protocol as keyof typeof clients];
  const signal = AbortSignal.timeout(15_000);
  const response = await new Promise<http.IncomingMessage>((resolve, reject) => {
    request(url, { method: 'POST', agent, headers, signal })
      .on('response', resolve)
      .on('error', reject)
      .end(body);
  });
  await text(response);
  return response.statusCode ?? 0;
}

/** Lets go of the connections that are kept open for further requests. */
export function closeConnections(): void {
  for (const { agent } of Object.values(clients)) agent.destroy();
}

export const unsigned: ToRequest = (url, body) => ({
  url,
  body,
  headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
});

/**
 * Makes a function that signs each request anew, since a signature is good for minutes only.
 *
 * The key is made up. Its public half goes to a file, for the receiving side to find it there
 * instead of in the DNS: a desk does if the file is its `DESK_TEST_KEY`, an app of one's own with
 * the lines in docs/testing.md.
 *
 * @param registered the address to sign for, if it is not the one that is sent to
 */
export async function createSigner(
  account: string,
  file: string,
  registered?: string,
): Promise<ToRequest> {
  const keyId = `${randomUUID()}._domainkey.copernica.com`;
  const signer = createTestSigner({ account, keyId });
  await writeFile(file, JSON.stringify({ [keyId]: await signer.resolveTxt(keyId) }));
  return (url, body) => {
    const { headers } = signer.sign(body, { url: registered ?? url });
    return { url, headers, body };
  };
}
