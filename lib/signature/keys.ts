import { createPublicKey, type KeyObject } from 'node:crypto';
import { debuglog } from 'node:util';
import { LRUCache } from 'lru-cache';
import { createError } from '../errors.js';
import { decodeBase64 } from './base64.js';
import { withDeadline } from './deadline.js';

/** Resolves to the TXT records of a name, each as its strings, as `resolveTxt` of `node:dns` does. */
export type ResolveTxt = (name: string) => Promise<string[][]>;

/** The keys under one name, any of which may have signed; empty if there is none. */
type Keys = readonly KeyObject[];

const debug = debuglog('copernica-failures');

const MINUTE_MS = 60_000;
const MAX_KEY_AGE_MS = 60 * MINUTE_MS;
/** From this age on, a key that is in use is looked up again. */
const REFRESH_AGE_MS = 45 * MINUTE_MS;
/** While so many lookups run, those of unknown names are refused: anyone can make up names. */
const MAX_PENDING_LOOKUPS = 100;

/**
 * Makes the function that tells whether one of Copernica's public keys in DNS made a signature.
 *
 * A name that once had a key is known. Known and unknown names have separate caches, so that made-up
 * names cannot evict or delay real keys.
 *
 * @param clock monotonic, in milliseconds
 */
export function createKeyMatcher(resolveTxt: ResolveTxt, clock = { now: () => performance.now() }) {
  const timing = { ttl: MINUTE_MS, perf: clock, ttlResolution: 0 };
  const known = new LRUCache<string, { keys: Keys; since: number }>({ max: 100 });
  /** Unknown names without a key, for a minute. */
  const absent = new LRUCache<string, Keys>({ max: 1000, ...timing });
  /** Repeated lookups of cached keys, failed or not, for a minute. Other failed lookups are not kept. */
  const repeatedLookups = new LRUCache<string, Promise<Keys>>({ max: 100, ...timing });
  const pendingLookups = new Map<string, Promise<Keys>>();

  /**
   * Tells whether a key under this name fits. If no cached key fits, DNS is asked again, at most once
   * a minute per name. So a replaced key is found within a minute, and forged calls cannot flood DNS.
   *
   * @param name the `keyId` of a signature
   */
  async function anyKeyFits(name: string, fits: (key: KeyObject) => boolean): Promise<boolean> {
    const host = name.toLowerCase();
    const cached = cachedKeys(host);
    if (cached?.some(fits)) return true;
    // Names of other hosts are never looked up, so never cached.
    if (!isCopernicaHost(host)) {
      throw createError('COPERNICA_KEY_UNTRUSTED', 'The key is not under copernica.com');
    }
    const keys = await (cached ? lookUpAgain(host) : (absent.get(host) ?? lookUp(host)));
    if (keys.length === 0) {
      const problem = 'The key is absent, revoked, or of another kind or size';
      throw createError('COPERNICA_KEY_UNTRUSTED', problem);
    }
    // The cached keys have already failed above.
    return keys !== cached && keys.some(fits);
  }

  function cachedKeys(host: string): Keys | undefined {
    const found = known.get(host);
    if (!found) return undefined;
    const age = clock.now() - found.since;
    if (age > MAX_KEY_AGE_MS) return undefined;
    // If this lookup fails, the cached keys remain in use.
    if (age > REFRESH_AGE_MS) lookUpAgain(host).catch(() => undefined);
    return found.keys;
  }

  /** Looks up a name whose keys are cached, at most once a minute. */
  function lookUpAgain(host: string): Promise<Keys> {
    const shared = repeatedLookups.get(host);
    if (shared) return shared;
    const answer = lookUp(host);
    repeatedLookups.set(host, answer);
    return answer;
  }

  function lookUp(host: string): Promise<Keys> {
    const shared = pendingLookups.get(host);
    if (shared) return shared;
    // Known names, at most 100, bypass this limit.
    if (!known.has(host) && pendingLookups.size >= MAX_PENDING_LOOKUPS) throw unavailableError();
    const answer = askDns(host).finally(() => pendingLookups.delete(host));
    pendingLookups.set(host, answer);
    return answer;
  }

  async function askDns(host: string): Promise<Keys> {
    const keys = await resolveKeys(resolveTxt, host);
    // A known name stays known without a key, so that its next lookup waits behind no others.
    if (keys.length > 0 || known.has(host)) known.set(host, { keys, since: clock.now() });
    else absent.set(host, keys);
    return keys;
  }

  return anyKeyFits;
}

async function resolveKeys(resolveTxt: ResolveTxt, host: string): Promise<Keys> {
  try {
    const records = await withDeadline(resolveTxt(host));
    return records.flatMap((strings) => parseKeyRecord(strings.join('')) ?? []);
  } catch (cause) {
    // These two codes mean that there is no such record, all others that DNS did not answer.
    const code = (cause as NodeJS.ErrnoException | undefined)?.code;
    if (code === 'ENOTFOUND' || code === 'ENODATA') return [];
    debug('lookup of %j failed: %s', host, cause);
    // The resolver's own error contains the name, which a header has sent.
    throw unavailableError(Object.assign(new Error('The lookup failed'), { code }));
  }
}

/** Tells whether a name is a host below copernica.com. Anyone can choose the `keyId`. */
function isCopernicaHost(host: string): boolean {
  const labels = host.split('.');
  return (
    host.length <= 253 &&
    host.endsWith('.copernica.com') &&
    labels.every((label) => /^[a-z0-9_-]{1,63}$/.test(label))
  );
}

/**
 * Reads the RSA key of a DKIM key record (RFC 6376, section 3.6.1).
 *
 * @returns `undefined` if the text is no such record, or if its key is revoked, of another kind, not
 * for SHA-256, or not of 1024 to 4096 bits
 */
export function parseKeyRecord(record: string): KeyObject | undefined {
  const { v = 'DKIM1', k = 'rsa', h = 'sha256', p = '' } = parseTags(record) ?? {};
  const hashes = h.split(':').map((hash) => hash.trim());
  if (v !== 'DKIM1' || k !== 'rsa' || !hashes.includes('sha256')) return undefined;
  const der = decodeBase64(p.replace(/\s+/g, ''));
  return der && parseKey(der);
}

function parseTags(record: string): Record<string, string> | undefined {
  const tags = Object.create(null);
  for (const part of record.split(';')) {
    const [name = '', ...value] = part.split('=');
    if (name.trim() in tags) return undefined;
    tags[name.trim()] = value.join('=').trim();
  }
  return tags;
}

function parseKey(der: Buffer): KeyObject | undefined {
  try {
    const key = createPublicKey({ key: der, format: 'der', type: 'spki' });
    const bits = key.asymmetricKeyDetails?.modulusLength ?? 0;
    const isWhole = key.export({ format: 'der', type: 'spki' }).length === der.length;
    const isUsable = key.asymmetricKeyType === 'rsa' && bits >= 1024 && bits <= 4096;
    return isWhole && isUsable ? key : undefined;
  } catch {
    return undefined;
  }
}

function unavailableError(cause?: unknown) {
  const problem = 'Could not look up the public key in DNS';
  return createError('COPERNICA_KEY_UNAVAILABLE', problem, cause);
}
