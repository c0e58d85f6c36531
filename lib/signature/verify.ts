import { hash, type KeyObject, verify as verifyBytes } from 'node:crypto';
import { debuglog } from 'node:util';
import { FailureReportError } from '../errors.js';
import { type RawHeaders, type RequestHeaders, toRawHeaders } from '../headers.js';
import { checkDate } from './date.js';
import { checkDigest } from './digest.js';
import { malformed, parseSignatureHeader } from './header.js';
import { createKeyFinder, type ResolveTxt } from './key-finder.js';
import {
  collectHeaders,
  type Endpoint,
  type SentHeaders,
  signingString,
} from './signing-string.js';

/** What a verifier is set to. */
export interface VerifySettings {
  /** The account identifiers that may call, each as `normalizeAccount` gives it. */
  accounts: ReadonlySet<string>;
  /** The registered address; without it, host and target are those of the request. */
  endpoint?: Endpoint | undefined;
  /** Milliseconds. */
  tolerance: number;
  resolveTxt: ResolveTxt;
}

/** What is signed of a request besides its body. */
export interface SignedRequest {
  method?: string | undefined;
  url?: string | undefined;
  /** The whole `url`, where a router has cut it. */
  originalUrl?: string;
  headers?: RequestHeaders;
  /** Tells, other than `headers`, what was sent repeatedly; serverless hosts may leave it out. */
  rawHeaders?: RawHeaders;
}

/** A call that Copernica has made to this endpoint. */
export interface AuthenticCall {
  /** Stands for all that was signed: the same for a replay however it is dressed up. */
  id: string;
  /** When it can no longer be replayed, in milliseconds since 1970. */
  expires: number;
  /** The signed headers by lower-case name: all others can be anyone's. */
  names: readonly string[];
}

const debug = debuglog('copernica-failures');

/** A replay that the date check lets in at the last moment must still be recognised after it. */
const MARGIN = 60_000;

/** Spells an account identifier in one way: `Account_1234` and `account-1234` are the same. */
export function normalizeAccount(account: string): string {
  return account.toLowerCase().replaceAll('_', '-');
}

/**
 * Makes the function that tells whether a call is Copernica's and meant for this endpoint
 * (draft-cavage-http-signatures-11 with RSA-SHA256, keys in DNS). All that needs no key is
 * checked first, so that no key is looked up for a call that is wrong already.
 *
 * @param now the clock, in milliseconds since 1970
 */
export function createVerifier(settings: VerifySettings, now = () => Date.now()) {
  const { accounts, endpoint, tolerance, resolveTxt } = settings;
  const anyKeyFits = createKeyFinder(resolveTxt);

  /** @throws FailureReportError with a status of 401 or 503 */
  return async function verify(request: SignedRequest, body: Buffer): Promise<AuthenticCall> {
    const { method = '', url = '', originalUrl = url, rawHeaders } = request;
    const headers = collectHeaders(
      rawHeaders?.length ? rawHeaders : toRawHeaders(request.headers ?? {}),
    );
    const { keyId, names, signature } = parseSignatureHeader(sentSignature(headers));
    debug('key %j, signed headers %j', keyId, names);
    const signedFor = { target: originalUrl, ...endpoint };
    const text = signingString(names, method, headers, signedFor, body.length);
    // signingString has made sure that these are there.
    const value = (name: string) => headers.get(name) as string;
    const date = value('date');
    const clock = now();
    if (debug.enabled) {
      debug('signing string %j, clock ahead by %d s', text, (clock - Date.parse(date)) / 1000);
    }
    if (!accounts.has(normalizeAccount(value('x-copernica-id')))) throw otherAccount();
    const time = checkDate(date, tolerance, clock);
    checkDigest(value('digest'), body);
    const bytes = Buffer.from(text, 'latin1');
    const fits = (key: KeyObject) => verifyBytes('sha256', bytes, key, signature);
    if (!(await anyKeyFits(keyId, fits))) throw mismatch();
    return {
      id: hash('sha256', bytes, 'base64url'),
      expires: time + tolerance + MARGIN,
      names,
    };
  };
}

function sentSignature(headers: SentHeaders): string {
  const signature = headers.get('signature');
  if (signature === null) throw malformed('The Signature header was sent twice');
  if (signature) return signature;
  throw new FailureReportError(
    'COPERNICA_SIGNATURE_MISSING',
    'There is no Signature header: the call is not from Copernica, or a proxy took it away',
  );
}

function otherAccount(): FailureReportError {
  return new FailureReportError(
    'COPERNICA_ACCOUNT_MISMATCH',
    'The call is signed for another account than the option verify.account names: add it there if it is yours',
  );
}

function mismatch(): FailureReportError {
  return new FailureReportError(
    'COPERNICA_SIGNATURE_MISMATCH',
    'The signature does not verify: the call is forged, or a proxy rewrites host, path or a signed header (see the option verify.url)',
  );
}
