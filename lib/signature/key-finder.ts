import type { KeyObject } from 'node:crypto';
import { debuglog } from 'node:util';
import { LRUCache } from 'lru-cache';
import { FailureReportError } from '../errors.js';
import { withDeadline } from './deadline.js';
import { parseKeyRecord } from './key.js';

/** Finds the TXT records of a name, each as its strings, as `resolveTxt` of `node:dns` does. */
export type ResolveTxt = (name: string) => Promise<string[][]>;

/** The keys under one name, any of which may have signed; empty if there is none. */
type Keys = readonly KeyObject[];

const debug = debuglog('copernica-failures');

const MINUTE = 60_000;
/** How long a key may serve, and from when on it is asked for anew while it does. */
const KEPT = 60 * MINUTE;
const REFRESHED = 45 * MINUTE;
/** Look-ups under way at a time of names that never had a key: anyone can make them up. */
const MAX_LOOK_UPS = 100;

/**
 * Makes the function that finds Copernica's public keys in DNS.
 *
 * Keys are kept for an hour, and asked for anew before it is over if they are in use; the knowledge
 * that there is none is kept for a minute, that DNS could not be asked not at all. Names with and
 * without a key are kept apart, so made-up names can neither push keys out nor hold up their look-up.
 *
 * @param clock monotonic, in milliseconds
 */
export function createKeyFinder(resolveTxt: ResolveTxt, clock = { now: () => performance.now() }) {
  const timing = { ttl: MINUTE, perf: clock, ttlResolution: 0 };
  const known = new LRUCache<string, { keys: Keys; since: number }>({ max: 100 });
  const absent = new LRUCache<string, Keys>({ max: 1000, ...timing });
  const askedAgain = new LRUCache<string, Promise<Keys>>({ max: 100, ...timing });
  const underWay = new Map<string, Promise<Keys>>();

  /**
   * Tells whether a key under this name fits. When none that is kept does, DNS is asked again, at
   * most once a minute per name: a key that was replaced is picked up at once, and forged
   * signatures cannot become a flood of look-ups.
   *
   * @param name the `keyId` of a signature
   * @throws FailureReportError `COPERNICA_KEY_UNTRUSTED`, `COPERNICA_KEY_UNAVAILABLE`
   */
  async function anyKeyFits(name: string, fits: (key: KeyObject) => boolean): Promise<boolean> {
    const host = name.toLowerCase();
    const kept = keysKept(host);
    if (kept?.some(fits)) return true;
    if (!isCopernicas(host))
      throw untrusted('The key is not under copernica.com: the call is not from Copernica');
    const keys = await (kept ? lookUpAgain(host) : (absent.get(host) ?? lookUp(host)));
    if (keys.length === 0)
      throw untrusted(
        'The key is absent, revoked, or of another kind or size: the call is not from Copernica, or in a test verify.resolveTxt is not that of the signer',
      );
    return keys !== kept && keys.some(fits);
  }

  function keysKept(host: string): Keys | undefined {
    const found = known.get(host);
    if (!found) return undefined;
    const age = clock.now() - found.since;
    if (age > KEPT) return undefined;
    // Should that fail, those that are kept serve on.
    if (age > REFRESHED) lookUpAgain(host).catch(() => undefined);
    return found.keys;
  }

  /** Keeps a failed look-up too: for the rest of the minute it is answered 503, and DNS left alone. */
  function lookUpAgain(host: string): Promise<Keys> {
    const shared = askedAgain.get(host);
    if (shared) return shared;
    const answer = lookUp(host);
    askedAgain.set(host, answer);
    return answer;
  }

  function lookUp(host: string): Promise<Keys> {
    const shared = underWay.get(host);
    if (shared) return shared;
    // Those of names that had a key are at most as many again.
    if (!known.has(host) && underWay.size >= MAX_LOOK_UPS) throw unavailable();
    const answer = ask(host).finally(() => underWay.delete(host));
    underWay.set(host, answer);
    return answer;
  }

  async function ask(host: string): Promise<Keys> {
    const keys = await resolveKeys(resolveTxt, host);
    // One that had a key stays known without it: its next look-up must not wait behind others.
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
    // These two are the answer that there is no such record; all others are no answer.
    const code = (cause as NodeJS.ErrnoException | undefined)?.code;
    if (code === 'ENOTFOUND' || code === 'ENODATA') return [];
    debug('look-up of %j failed: %s', host, cause);
    // The error of a resolver names the key, and so repeats what a header said.
    throw unavailable(Object.assign(new Error('The look-up failed'), { code }));
  }
}

/** A whole host name under copernica.com: anyone can choose the name, so nothing else will do. */
function isCopernicas(host: string): boolean {
  const labels = host.split('.');
  return (
    host.length <= 253 &&
    host.endsWith('.copernica.com') &&
    labels.every((label) => /^[a-z0-9_-]{1,63}$/.test(label))
  );
}

function untrusted(message: string): FailureReportError {
  return new FailureReportError('COPERNICA_KEY_UNTRUSTED', message);
}

function unavailable(cause?: unknown): FailureReportError {
  return new FailureReportError(
    'COPERNICA_KEY_UNAVAILABLE',
    'The key could not be asked of DNS: check the resolver of this server',
    {
      cause,
    },
  );
}
