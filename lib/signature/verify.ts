import { hash, type KeyObject, verify as verifyBytes } from 'node:crypto';
import { debuglog } from 'node:util';
import { createError } from '../errors.js';
import { type NormalizedRequest, toRawHeaders } from '../headers.js';
import { normalizeAccount } from './account.js';
import type { Endpoint } from './endpoint.js';
import { createKeyMatcher, type ResolveTxt } from './keys.js';
import { malformedError, parseSignatureHeader } from './signature-header.js';
import { buildSigningString, collectHeaders, type SentHeaders } from './signing-string.js';

/** The settings of a verifier. */
export interface VerifySettings {
  /** The accounts that may call, each in the form of `normalizeAccount`. */
  accounts: ReadonlySet<string>;
  /** The registered URL. Without it, host and target are those of the request. */
  endpoint?: Endpoint | undefined;
  toleranceMs: number;
  resolveTxt: ResolveTxt;
}

/** The signature of a call that Copernica has made to this endpoint. */
export interface VerifiedSignature {
  /** Hash of the signing string. A replay has the same id even if unsigned parts differ. */
  id: string;
  /** Until when a replay must be recognised, in milliseconds since 1970. */
  expires: number;
  /** Lower-case names of the signed headers. Anyone can forge the others. */
  names: readonly string[];
}

const debug = debuglog('copernica-failures');

/** Calls are remembered longer: a replay can pass the date check, and then wait for DNS or the store. */
const REPLAY_MARGIN_MS = 60_000;

/**
 * Makes the function that checks whether a call is Copernica's and meant for this endpoint
 * (draft-cavage-http-signatures-11 with RSA-SHA256, keys in DNS). It looks up a key last, so that no
 * call that is already wrong causes a lookup.
 *
 * @param now the clock, in milliseconds since 1970
 */
export function createVerifier(settings: VerifySettings, now = () => Date.now()) {
  const { accounts, endpoint, toleranceMs, resolveTxt } = settings;
  const anyKeyFits = createKeyMatcher(resolveTxt);

  return async function verify(
    request: NormalizedRequest,
    body: Buffer,
  ): Promise<VerifiedSignature> {
    const { method = '', url = '', originalUrl = url, rawHeaders } = request;
    const headers = collectHeaders(rawHeaders?.length ? rawHeaders : toRawHeaders(request.headers));
    const { keyId, names, signature } = parseSignatureHeader(signatureHeader(headers));
    debug('key %j, signed headers %j', keyId, names);
    const signedFor = endpoint ?? { target: originalUrl };
    const signingString = buildSigningString(names, method, headers, signedFor, body.length);
    // buildSigningString throws if one of these headers is absent.
    const value = (name: string) => headers.get(name) as string;
    const date = value('date');
    const nowMs = now();
    if (debug.enabled) {
      const ahead = (nowMs - Date.parse(date)) / 1000;
      debug('signing string %j, this clock is ahead by %d s', signingString, ahead);
    }
    if (!accounts.has(normalizeAccount(value('x-copernica-id')))) {
      throw createError('COPERNICA_ACCOUNT_MISMATCH', 'The call is signed for another account');
    }
    const time = checkDate(date, toleranceMs, nowMs);
    checkDigest(value('digest'), body);
    const bytes = Buffer.from(signingString, 'latin1');
    const fits = (key: KeyObject) => verifyBytes('sha256', bytes, key, signature);
    if (!(await anyKeyFits(keyId, fits))) {
      throw createError('COPERNICA_SIGNATURE_MISMATCH', 'The signature does not verify');
    }
    return {
      id: hash('sha256', bytes, 'base64url'),
      expires: time + toleranceMs + REPLAY_MARGIN_MS,
      names,
    };
  };
}

function signatureHeader(headers: SentHeaders): string {
  const signature = headers.get('signature');
  if (signature === null) throw malformedError('The Signature header was sent twice');
  if (signature) return signature;
  throw createError('COPERNICA_SIGNATURE_MISSING', 'There is no Signature header');
}

/**
 * Checks that a `Date` header is an IMF-fixdate (RFC 9110, section 5.6.7) close to the clock.
 *
 * @returns the date in milliseconds since 1970
 */
export function checkDate(text: string, toleranceMs: number, nowMs: number): number {
  const date = Date.parse(text);
  // Date.parse accepts many formats. Requiring the round trip allows only IMF-fixdate.
  const isFixdate = new Date(date).toUTCString() === text;
  if (isFixdate && Math.abs(nowMs - date) <= toleranceMs) return date;
  throw createError('COPERNICA_DATE_STALE', 'The Date is no HTTP date, or too far from the clock');
}

/** Checks a `Digest` header (RFC 3230, RFC 5843). It is no secret, so constant time is not needed. */
export function checkDigest(digest: string, body: Buffer): void {
  if (/^sha-256=/i.test(digest) && digest.slice(8) === hash('sha256', body, 'base64')) return;
  throw createError('COPERNICA_DIGEST_MISMATCH', 'The Digest is not the SHA-256 of the body');
}
