import type { IncomingMessage, ServerResponse } from 'node:http';
import type * as Package from 'copernica-failures';

export const PATH = '/copernica/failures';

/** The build, as a user gets it, where bench.ts says where that is; else the sources. */
export const ours: typeof Package = await import(process.env.BUILD ?? 'copernica-failures');

/** Whose signed calls are let in, and the key they are signed with. */
export const ACCOUNT = 'account-1234';
export const KEY_ID = 'test._domainkey.copernica.com';
export const KEY_RECORD = process.env.KEY_RECORD ?? '';

let delivered = 0;

/** Stands for the application's own work: next to nothing, and the same for all. */
export function onFailure(_report: unknown): void {
  delivered++;
}

export function countDelivered(): number {
  return delivered;
}

/** The least a server can do: read the body to its end, hand it over, and answer. */
export function readBody(req: IncomingMessage, res: ServerResponse): void {
  const chunks: Buffer[] = [];
  req.on('data', (chunk) => chunks.push(chunk));
  req.on('end', () => {
    onFailure(Buffer.concat(chunks));
    res.end('OK');
  });
}
