import ipaddr from 'ipaddr.js';
import { LRUCache } from 'lru-cache';
import type { Logger } from 'pino';

const LOCKOUT_SECONDS = 15 * 60;
/** How many wrong passwords may come in that time from an address, and from a site of IPv6. */
const MAX_BY_ADDRESS = 10;
const MAX_BY_SITE = 100;
/** Bounds the memory. Whoever guesses from more networks gains nothing: each has its own count. */
const MAX_NETWORKS = 100_000;

/** What becomes of an attempt: it is right, wrong, or refused for so many seconds. */
type Verdict = 'right' | 'wrong' | { lockedSeconds: number };

/** Counts wrong passwords in this process, by the network that they come from. */
export interface LoginLimiter {
  /** While a network is locked out, a right password is refused like a wrong one. */
  check(address: string | undefined, isRight: boolean): Verdict;
}

export function createLoginLimiter(log: Logger, what: 'password' | 'token'): LoginLimiter {
  const failures = new LRUCache<string, number>({
    max: MAX_NETWORKS,
    ttl: LOCKOUT_SECONDS * 1000,
    noUpdateTTL: true,
  });
  return {
    check(address, isRight) {
      const networks = networksOf(address);
      const locked = networks.find(({ name, max }) => (failures.get(name) ?? 0) >= max);
      if (locked) {
        return { lockedSeconds: Math.ceil(failures.getRemainingTTL(locked.name) / 1000) };
      }
      if (isRight) return 'right';
      const [{ name: network } = { name: '' }] = networks;
      log.warn({ network }, `wrong ${what}`);
      for (const { name, max } of networks) {
        const count = (failures.get(name) ?? 0) + 1;
        failures.set(name, count);
        if (count === max) log.warn({ network: name }, `locked out for too many wrong ${what}s`);
      }
      return 'wrong';
    },
  };
}

/**
 * The networks that an attempt counts for. An address of IPv4 stands for itself. With IPv6, one machine has
 * the 64 bits below its network, and a site has the 16 above those. Some proxies add the port.
 */
function networksOf(input = ''): { name: string; max: number }[] {
  const address = input.replace(/^\[(.*)\](:\d+)?$/, '$1').replace(/^([\d.]+):\d+$/, '$1');
  if (!ipaddr.isValid(address)) return [{ name: 'unknown', max: MAX_BY_ADDRESS }];
  const parsed = ipaddr.process(address);
  if (parsed.kind() === 'ipv4') return [{ name: parsed.toString(), max: MAX_BY_ADDRESS }];
  const network = (bits: number) =>
    `${ipaddr.IPv6.networkAddressFromCIDR(`${parsed}/${bits}`)}/${bits}`;
  return [
    { name: network(64), max: MAX_BY_ADDRESS },
    { name: network(48), max: MAX_BY_SITE },
  ];
}
