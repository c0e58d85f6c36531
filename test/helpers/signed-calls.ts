import { createHash, createPublicKey, generateKeyPairSync, sign as signBytes } from 'node:crypto';
import type { NormalizedRequest } from '../../lib/headers.js';

/** Makes a throw-away private key: the smallest that is let in, since it is made in no time. */
export function makeKey(bits = 1024): string {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: bits });
  return privateKey.export({ format: 'pem', type: 'pkcs8' }).toString();
}

/** The key that calls are signed with unless told otherwise. */
export const KEY = makeKey();

/** The DKIM record of a private key. */
export function keyRecord(key = KEY, tags = 'v=DKIM1; k=rsa; '): string {
  const der = createPublicKey(key).export({ format: 'der', type: 'spki' });
  return `${tags}p=${der.toString('base64')}`;
}

export const ACCOUNT = 'account-1234';
export const KEY_ID = 'one._domainkey.copernica.com';
export const NOW = Date.parse('2026-03-02T10:15:30Z');
export const REPORT = 'id=123&recipient=jane%40example.com&state=rcptto&code=550&extended=5.1.1';

/** A header by name: one value, several, or none. */
type Headers = Record<string, string | readonly string[] | undefined>;

/** What a call differs in from a plain one. */
export interface CallOptions {
  method?: string;
  target?: string;
  body?: string | Buffer;
  date?: string | Date;
  /** More headers, or others; `undefined` leaves one out. */
  headers?: Headers;
  /** The list as it is spelled in the header. */
  list?: string;
  key?: string;
  keyId?: string;
  hash?: string;
  /** Parameters of the `Signature` header as they are spelled, in order. */
  parameters?: (signature: string) => Record<string, string>;
  /** Sent after the call was signed. */
  tampered?: Headers;
}

/** A call as it goes over the wire. */
export interface Call extends NormalizedRequest {
  method: string;
  url: string;
  rawHeaders: string[];
  body: Buffer;
}

/** The list as Copernica's documentation has and spells it. */
export const DOCUMENTED_LIST =
  '(request-target) Host Date Content-length Content-type X-Copernica-ID Digest X-nonce';

export const LIST = '(request-target) host date x-copernica-id digest x-nonce';

let count = 0;

/** Signs a call as Copernica does, or nearly so. */
export function signCall(options: CallOptions = {}): Call {
  const { method = 'POST', target = '/failures', keyId = KEY_ID, list = LIST } = options;
  const body = Buffer.from(options.body ?? REPORT);
  const date = options.date ?? new Date(NOW);
  const headers: Headers = {
    Host: 'hooks.example.com',
    Date: typeof date === 'string' ? date : date.toUTCString(),
    'X-Copernica-ID': ACCOUNT,
    Digest: `SHA-256=${sha256(body)}`,
    'X-Nonce': `nonce${count++}`,
    'Content-Type': 'application/x-www-form-urlencoded',
    'Content-Length': `${body.length}`,
    ...options.headers,
  };
  const lines = list.split(/[ \t]+/).map((listed) => {
    const name = listed.toLowerCase();
    const value = find(headers, name);
    return `${name}: ${name === '(request-target)' ? `${method.toLowerCase()} ${target}` : value}`;
  });
  const signature = signBytes(
    options.hash ?? 'sha256',
    Buffer.from(lines.join('\n'), 'latin1'),
    options.key ?? KEY,
  ).toString('base64');
  const parameters = options.parameters?.(signature) ?? {
    keyId: `"${keyId}"`,
    algorithm: '"rsa-sha256"',
    headers: `"${list}"`,
    signature: `"${signature}"`,
  };
  const Signature = Object.entries(parameters).map((pair) => pair.join('='));
  const sent = { ...headers, Signature: Signature.join(','), ...options.tampered };
  return { method, url: target, headers: {}, rawHeaders: flatten(sent), body };
}

export function sha256(body: string | Buffer): string {
  return createHash('sha256').update(body).digest('base64');
}

function find(headers: Headers, name: string): string {
  const found = Object.entries(headers).find(([key]) => key.toLowerCase() === name);
  return [found?.[1] ?? ''].flat()[0]?.replace(/^[ \t]+|[ \t]+$/g, '') ?? '';
}

function flatten(headers: Headers): string[] {
  return Object.entries(headers).flatMap(([name, values]) =>
    values === undefined ? [] : [values].flat().flatMap((value) => [name, value as string]),
  );
}

/** A DNS of one's own that counts what it is asked. */
export function fakeDns(
  zone: Record<string, string | string[] | Error> = { [KEY_ID]: keyRecord() },
) {
  const asked: string[] = [];
  async function resolveTxt(name: string): Promise<string[][]> {
    asked.push(name);
    const records = zone[name] ?? dnsError('ENOTFOUND');
    if (records instanceof Error) throw records;
    return [records].flat().map((record) => record.match(/.{1,255}/gs) ?? []);
  }
  return { zone, asked, resolveTxt };
}

/** What `node:dns` rejects with. */
export function dnsError(code: string): Error {
  return Object.assign(new Error(`queryTxt ${code}`), { code });
}
