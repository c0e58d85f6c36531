import { createHash, generateKeyPairSync, randomBytes, sign as signBytes } from 'node:crypto';
import { types } from 'node:util';
import qs from 'qs';
import { parseEndpoint } from './signature/endpoint.js';

/** Whom a test signer signs for. */
export interface TestSignerOptions {
  /** The account identifier, as given to `verify.account`. */
  account: string;
  /**
   * The address of the endpoint under test.
   *
   * @defaultValue `'http://localhost/copernica/failures'`
   */
  url?: string | undefined;
  /**
   * Name of the DNS record that holds the key.
   *
   * @defaultValue `'test._domainkey.copernica.com'`
   */
  keyId?: string | undefined;
}

/** A body as it is sent: text as UTF-8, or bytes. */
type Body = string | Uint8Array;

/** What makes a request differ from a right one. */
export interface SignOverrides<B extends Body = string> {
  /** The date it is signed with, instead of now; a text is sent as it is. */
  date?: Date | string | undefined;
  /** The account it is signed for. */
  account?: string | undefined;
  /** The address it is signed for, and the `url` of the request. */
  url?: string | undefined;
  /** The body that is sent instead of the one that was signed. */
  body?: B | undefined;
}

/** A request as Copernica would send it, for `fetch(url, request)` and the like. */
export interface SignedTestRequest<B extends Body = string> {
  /** As Copernica calls. */
  method: 'POST';
  /** The address it is signed for. Send it elsewhere if your endpoint has `verify.url`. */
  url: string;
  /** All that is signed, and `Signature`, but `Content-Length`: the client that sends it adds that. */
  headers: Record<string, string>;
  /** The bytes that are signed, unless another body was asked for. */
  body: B;
}

/** Signs requests with a key of its own. */
export interface TestSigner {
  /**
   * Signs bytes.
   *
   * @param body a urlencoded body that is ready to send
   * @param overrides what shall be wrong
   */
  sign(body: Uint8Array, overrides?: SignOverrides<Uint8Array>): SignedTestRequest<Uint8Array>;
  /**
   * Signs a report, or a body that is ready to send.
   *
   * @param report the variables of a report, nested ones too, or a urlencoded text
   * @param overrides what shall be wrong
   */
  sign(report: object | string, overrides?: SignOverrides): SignedTestRequest;
  /** Knows the signer's key; give it to `verify.resolveTxt`. */
  resolveTxt(this: void, name: string): Promise<string[][]>;
}

/**
 * Makes a signer for tests of your own endpoint: it signs as Copernica does, with a throw-away
 * key, which the endpoint trusts if it is given `resolveTxt`. It signs the headers that Copernica's
 * documentation lists, `Content-Length` included.
 *
 * @throws TypeError if there is no whole account or a name is unknown, or, when it signs, if the url or
 * the date is none
 * @example
 * const url = 'http://localhost:3000/copernica/failures';
 * const signer = createTestSigner({ account: 'account-1234', url });
 * // the endpoint: verify: { account: 'account-1234', resolveTxt: signer.resolveTxt }
 * const request = signer.sign({ id: '1', recipient: 'jane@example.com', state: 'rcptto' });
 * const response = await fetch(request.url, request);
 */
export function createTestSigner(options: TestSignerOptions): TestSigner {
  if (!isWholeAccount(options?.account)) {
    throw new TypeError(
      "createTestSigner: account must be the whole identifier, such as 'account-1234'",
    );
  }
  refuseOthers(options, ['account', 'url', 'keyId']);
  const {
    account,
    url = 'http://localhost/copernica/failures',
    keyId = 'test._domainkey.copernica.com',
  } = options;
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const key = publicKey.export({ format: 'der', type: 'spki' }).toString('base64');
  const record = `v=DKIM1; k=rsa; p=${key}`;

  function sign(
    body: Uint8Array,
    overrides?: SignOverrides<Uint8Array>,
  ): SignedTestRequest<Uint8Array>;
  function sign(report: object | string, overrides?: SignOverrides): SignedTestRequest;
  function sign(
    report: object | string,
    overrides: SignOverrides<Body> = {},
  ): SignedTestRequest<Body> {
    const body = toBody(report);
    refuseOthers(overrides, ['date', 'account', 'url', 'body']);
    const { date = new Date(), url: address = url } = overrides;
    if (typeof date !== 'string' && !types.isDate(date)) {
      throw new TypeError('createTestSigner: date must be a Date, or a text to send as it is');
    }
    const endpoint = parseEndpoint(address);
    if (!endpoint) throw new TypeError('createTestSigner: url must be an http(s) address');
    const headers = {
      Host: endpoint.host,
      Date: typeof date === 'string' ? date : date.toUTCString(),
      'Content-Type': 'application/x-www-form-urlencoded',
      'X-Copernica-ID': overrides.account ?? account,
      Digest: `SHA-256=${createHash('sha256').update(body).digest('base64')}`,
      'X-Nonce': randomBytes(8).toString('hex'),
    };
    const signed = new Map([
      ['(request-target)', `post ${endpoint.target}`],
      ['content-length', `${Buffer.byteLength(body)}`],
      ...Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value] as const),
    ]);
    const names = SIGNED_NAMES.toLowerCase().split(' ');
    const text = names.map((name) => `${name}: ${signed.get(name)}`).join('\n');
    const signature = signBytes('sha256', Buffer.from(text, 'latin1'), privateKey).toString(
      'base64',
    );
    const Signature = `keyId="${keyId}",algorithm="rsa-sha256",headers="${SIGNED_NAMES}",signature="${signature}"`;
    return {
      method: 'POST',
      url: address,
      headers: { ...headers, Signature },
      body: overrides.body ?? body,
    };
  }

  function resolveTxt(name: string): Promise<string[][]> {
    if (name.toLowerCase() === keyId.toLowerCase()) {
      // A string of a TXT record holds at most 255 bytes.
      return Promise.resolve([[record.slice(0, 255), record.slice(255)]]);
    }
    const missing = new Error(`There is no TXT record at ${name}`);
    return Promise.reject(Object.assign(missing, { code: 'ENOTFOUND' }));
  }

  return { sign, resolveTxt };
}

/** As Copernica's documentation lists and spells them. */
const SIGNED_NAMES =
  '(request-target) Host Date Content-length Content-type X-Copernica-ID Digest X-nonce';

/** A mistyped name would sign a right request where a wrong one is wanted. */
function refuseOthers(given: object, known: readonly string[]): void {
  const unknown = Object.keys(given).find((name) => !known.includes(name));
  if (unknown === undefined) return;
  throw new TypeError(`createTestSigner: unknown ${unknown}; known are ${known.join(', ')}`);
}

/** What `verify.account` takes, too: digits alone match no call of Copernica. */
function isWholeAccount(account: unknown): boolean {
  return typeof account === 'string' && /^[\w-]+$/.test(account) && !/^\d+$/.test(account);
}

function toBody(report: object | string): Body {
  if (typeof report === 'string') return report;
  if (report instanceof Uint8Array) return report;
  // `instanceof` does not know the bytes of another realm (`node:vm`, jsdom).
  if (types.isAnyArrayBuffer(report)) return Buffer.from(report);
  if (ArrayBuffer.isView(report)) {
    return Buffer.from(report.buffer, report.byteOffset, report.byteLength);
  }
  return qs.stringify(report, { arrayFormat: 'brackets', format: 'RFC1738' });
}
