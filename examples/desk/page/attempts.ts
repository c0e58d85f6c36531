import ipaddr from 'ipaddr.js';
import { LRUCache } from 'lru-cache';
import type { Logger } from 'pino';
import { RateLimiterMemory, RateLimiterPostgres, RateLimiterRes } from 'rate-limiter-flexible';
import type { Database } from '../database/database.js';

/** So many wrong passwords an address may give within so many seconds. */
const LIMIT = { points: 10, duration: 15 * 60 };

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
  what: 'password' | 'token' = 'password',
): Attempts {
  const limiter = new RateLimiterPostgres({
    ...LIMIT,
    keyPrefix: what,
    storeClient: {
      async query({ text, values }: { text: string; values: unknown[] }) {
        const rows = await database.query(text, values);
        return { rows, rowCount: rows.length };
      },
    },
    storeType: 'pool',
    tableName: 'rate_limits',
    tableCreated: true,
    // Who is locked out is turned away without asking the database.
    inMemoryBlockOnConsumed: LIMIT.points + 1,
    // A database that is down must neither open the door to guessing nor lock everybody out.
    insuranceLimiter: new RateLimiterMemory(LIMIT),
  });
  /** Where the right password came from lately, so that it is not counted for every request. */
  const known = new LRUCache<string, true>({ max: 1000, ttl: 60_000 });

  /** Addresses whose right password is being counted. */
  const admitting = new Map<string, Promise<Verdict>>();

  /** Counts before it tells: of many guesses at a time no more than the limit are answered. */
  async function count(network: string, isRight: boolean): Promise<Verdict> {
    try {
      await limiter.consume(network);
    } catch (refusal) {
      if (!(refusal instanceof RateLimiterRes)) throw refusal;
      const locked = Math.ceil(refusal.msBeforeNext / 1000);
      if (refusal.consumedPoints === LIMIT.points + 1) {
        log.warn({ network, seconds: locked }, `locked out for too many wrong ${what}s`);
      }
      return { locked };
    }
    if (!isRight) {
      log.warn({ network }, `wrong ${what}`);
      return 'wrong';
    }
    await limiter.reward(network);
    known.set(network, true);
    return 'right';
  }

  return {
    async judge(address, isRight) {
      const network = networkOf(address);
      if (!isRight) {
        known.delete(network);
        return count(network, false);
      }
      if (known.has(network)) return 'right';
      // All pages come at once when a desk is started again. They count as one.
      const admission =
        admitting.get(network) ?? count(network, true).finally(() => admitting.delete(network));
      admitting.set(network, admission);
      return admission;
    },
  };
}

/** An address of IPv4, or of IPv6 the 64 bits that belong to one customer, who has all the rest. */
function networkOf(address = ''): string {
  if (!ipaddr.isValid(address)) return 'unknown';
  const parsed = ipaddr.process(address);
  if (parsed.kind() === 'ipv4') return parsed.toString();
  return `${ipaddr.IPv6.networkAddressFromCIDR(`${parsed}/64`)}/64`;
}
