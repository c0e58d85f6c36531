import { createHash, generateKeyPairSync, randomBytes, sign as signBytes } from 'node:crypto';
import { types } from 'node:util';
import qs from 'qs';
import { toBuffer } from './body.js';
import { isAccountId } from './signature/account.js';
import { parseEndpoint } from './signature/endpoint.js';

/** The options of `createTestSigner`. */
export interface TestSignerOptions {
  /** The account identifier, as in `verify.account`. */
  account: string;
  /**
   * The URL of the endpoint under test.
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

/** The differences from a genuine request. */
export interface SignOverrides<B extends Body = string> {
  /** The date to sign, instead of now. A text is sent as it is. */
  date?: Date | string | undefined;
  /** The account to sign for. */
  account?: string | undefined;
  /** The URL to sign for, and the `url` of the request. */
  url?: string | undefined;
  /** The body to send instead of the signed one. */
  body?: B | undefined;
}

/** A request as Copernica would send it, for `fetch(url, request)` and the like. */
export interface SignedTestRequest<B extends Body = string> {
  /** Always POST. */
  method: 'POST';
  /** The URL that it is signed for. Send it elsewhere if your endpoint has `verify.url`. */
  url: string;
  /** `Signature` and all signed headers but `Content-Length`, which the client adds. */
  headers: Record<string, string>;
  /** The signed bytes, or the body of the overrides. */
  body: B;
}

/** Signs requests with a key of its own. */
export interface TestSigner {
  /**
   * Signs a urlencoded body in bytes.
   *
   * @param overrides what shall be wrong
   */
  sign(body: Uint8Array, overrides?: SignOverrides<Uint8Array>): SignedTestRequest<Uint8Array>;
  /**
   * Signs a report, or a urlencoded text.
   *
   * @param report the variables of a report, which may be nested, or a text
   * @param overrides what shall be wrong
   */
  sign(report: object | string, overrides?: SignOverrides): SignedTestRequest;
  /** Resolves to the signer's key. Pass it as `verify.resolveTxt`. */
  resolveTxt(this: void, name: string): Promise<string[][]>;
}

/** As Copernica's documentation lists and spells them. */
const SIGNED_NAMES =
  '(request-target) Host Date Content-length Content-type X-Copernica-ID Digest X-nonce';

/**
 * Makes a signer for tests of your own endpoint. It signs as Copernica does, with a throw-away key
 * that the endpoint finds by the signer's `resolveTxt`.
 *
 * @throws TypeError if the account is not whole or a name is unknown, and later, when it signs, if the
 * url or the date is unusable
 * @example
 * const url = 'http://localhost:3000/copernica/failures';
 * const signer = createTestSigner({ account: 'account-1234', url });
 * // the endpoint: verify: { account: 'account-1234', resolveTxt: signer.resolveTxt }
 * const request = signer.sign({ id: '1', recipient: 'jane@example.com', state: 'rcptto' });
 * const response = await fetch(request.url, request);
 */
export function createTestSigner(options: TestSignerOptions): TestSigner {
  assert(isAccountId(options?.account), "account must be whole, such as 'account-1234'");
  rejectUnknown(options, ['account', 'url', 'keyId']);
  const {
    account,
    url: defaultUrl = 'http://localhost/copernica/failures',
    keyId = 'test._domainkey.copernica.com',
  } = options;
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const key = publicKey.export({ format: 'der', type: 'spki' }).toString('base64');
  const record = `v=DKIM1; k=rsa; p=${key}`;

  function sign(report: object | string, overrides: SignOverrides<Body> = {}) {
    rejectUnknown(overrides, ['date', 'account', 'url', 'body']);
    const { date = new Date(), url = defaultUrl } = overrides;
    const isDate = typeof date === 'string' || types.isDate(date);
    assert(isDate, 'date must be a Date, or a text to send as it is');
    const endpoint = parseEndpoint(url);
    assert(endpoint !== undefined, 'url must be an http(s) URL');
    const body = toBody(report);
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
    const lines = names.map((name) => `${name}: ${signed.get(name)}`);
    const bytes = Buffer.from(lines.join('\n'), 'latin1');
    const signature = signBytes('sha256', bytes, privateKey).toString('base64');
    const Signature = `keyId="${keyId}",algorithm="rsa-sha256",headers="${SIGNED_NAMES}",signature="${signature}"`;
    return {
      method: 'POST',
      url,
      headers: { ...headers, Signature },
      body: overrides.body ?? body,
    };
  }

  function resolveTxt(name: string): Promise<string[][]> {
    // A string of a TXT record holds at most 255 bytes.
    const strings = [record.slice(0, 255), record.slice(255)];
    if (name.toLowerCase() === keyId.toLowerCase()) return Promise.resolve([strings]);
    const missing = new Error(`There is no TXT record at ${name}`);
    return Promise.reject(Object.assign(missing, { code: 'ENOTFOUND' }));
  }

  return { sign: sign as TestSigner['sign'], resolveTxt };
}

function assert(isValid: boolean, message: string): asserts isValid {
  if (!isValid) throw new TypeError(`createTestSigner: ${message}`);
}

/** A mistyped name would sign a genuine request where a wrong one is wanted. */
function rejectUnknown(input: object, known: readonly string[]): void {
  const unknown = Object.keys(input).find((name) => !known.includes(name));
  assert(unknown === undefined, `unknown ${unknown}; known are ${known.join(', ')}`);
}

function toBody(report: object | string): Body {
  if (typeof report === 'string' || report instanceof Uint8Array) return report;
  return toBuffer(report) ?? qs.stringify(report, { arrayFormat: 'brackets', format: 'RFC1738' });
}
