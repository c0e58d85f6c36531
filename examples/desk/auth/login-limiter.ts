import ipaddr from 'ipaddr.js';
import { LRUCache } from 'lru-cache';
import type { Logger } from 'pino';
import { RateLimiterMemory, RateLimiterPostgres, RateLimiterRes } from 'rate-limiter-flexible';
import type { Database } from '../database/database.js';

/** So many wrong passwords may come within so many seconds from an address, and from a whole site. */
const DURATION = 15 * 60;
const BY_ADDRESS = 10;
const BY_SITE = 100;

/** What becomes of one attempt; for `locked` the seconds until the address may try again. */
type Verdict = 'right' | 'wrong' | { locked: number };

/**
 * Counts wrong passwords by address, in the database and so for all desks on it together. While an
 * address is locked out, a right password is refused like a wrong one: the answer tells nothing.
 */
export interface Attempts {
  judge(address: string | undefined, isRight: boolean): Promise<Verdict>;
}

export function createAttempts(
  database: Database,
  log: Logger,
  what: 'password' | 'token',
): Attempts {
  const storeClient = {
    async query({ text, values }: { text: string; values: unknown[] }) {
      const rows = await database.query(text, values);
      return { rows, rowCount: rows.length };
    },
  };
  function createLimiter(points: number): RateLimiterPostgres {
    const limit = { points, duration: DURATION, keyPrefix: what };
    return new RateLimiterPostgres({
      ...limit,
      storeClient,
      storeType: 'pool',
      tableName: 'rate_limits',
      tableCreated: true,
      // Who is locked out is turned away without asking the database.
      inMemoryBlockOnConsumed: points + 1,
      // A database that is down must neither open the door to guessing nor lock everybody out.
      insuranceLimiter: new RateLimiterMemory(limit),
    });
  }
  const [byAddress, bySite] = [createLimiter(BY_ADDRESS), createLimiter(BY_SITE)];
  /** Where the right password came from lately, so that it is not counted for every request. */
  const known = new LRUCache<string, true>({ max: 1000, ttl: 60_000 });

  /** Addresses whose right password is being counted. */
  const admitting = new Map<string, Promise<Verdict>>();

  /** Counts one more from a network. Resolves to the seconds that it is locked out for, or to 0. */
  async function consume(limiter: RateLimiterPostgres, network: string): Promise<number> {
    try {
      await limiter.consume(network);
      return 0;
    } catch (refusal) {
      if (!(refusal instanceof RateLimiterRes)) throw refusal;
      const locked = Math.max(1, Math.ceil(refusal.msBeforeNext / 1000));
      if (refusal.consumedPoints === limiter.points + 1) {
        log.warn({ network, seconds: locked }, `locked out for too many wrong ${what}s`);
      }
      return locked;
    }
  }

  /** Counts before it tells: of many guesses at a time no more than the limit are answered. */
  async function count(
    network: string,
    site: string | undefined,
    isRight: boolean,
  ): Promise<Verdict> {
    const locked = (await consume(byAddress, network)) || (site && (await consume(bySite, site)));
    if (locked) return { locked };
    if (!isRight) {
      log.warn({ network }, `wrong ${what}`);
      return 'wrong';
    }
    await byAddress.reward(network);
    if (site) await bySite.reward(site);
    known.set(network, true);
    return 'right';
  }

  return {
    async judge(address, isRight) {
      const { network, site } = networksOf(address);
      if (!isRight) {
        known.delete(network);
        return count(network, site, false);
      }
      if (known.has(network)) return 'right';
      // All pages come at once when a desk is started again. They count as one.
      const admission =
        admitting.get(network) ??
        count(network, site, true).finally(() => admitting.delete(network));
      admitting.set(network, admission);
      return admission;
    },
  };
}

/**
 * What an address is counted by: one of IPv4 by itself, one of IPv6 by the 64 bits of its network,
 * which has all the rest, and by the 48 that a site may have. Some proxies add the port.
 */
function networksOf(given = ''): { network: string; site?: string } {
  const address = given.replace(/^\[(.*)\](:\d+)?$/, '$1').replace(/^([\d.]+):\d+$/, '$1');
  if (!ipaddr.isValid(address)) return { network: 'unknown' };
  const parsed = ipaddr.process(address);
  if (parsed.kind() === 'ipv4') return { network: parsed.toString() };
  const first = (bits: number) =>
    `${ipaddr.IPv6.networkAddressFromCIDR(`${parsed}/${bits}`)}/${bits}`;
  return { network: first(64), site: first(48) };
}
