import ipaddr from 'ipaddr.js';
import { LRUCache } from 'lru-cache';
import type { Logger } from 'pino';

/** Begins with the first wrong password of a network. */
const LOCKOUT_SECONDS = 15 * 60;
/** Wrong passwords in that time that lock out an address, and a site of IPv6. */
const MAX_BY_ADDRESS = 10;
const MAX_BY_SITE = 100;
/** Bounds the memory. Guesses from more networks gain nothing: each network has its own count. */
const MAX_NETWORKS = 100_000;

/** The outcome of an attempt. If the network is locked out: for how many seconds. */
type Verdict = 'right' | 'wrong' | { lockedSeconds: number };

/** Counts wrong passwords in this process, by the network that they come from. */
interface LoginLimiter {
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
      const [{ name: network }] = networks;
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

interface Network {
  name: string;
  max: number;
}

/**
 * The networks that an attempt counts for, the smallest first. IPv4: the address itself. IPv6: the network
 * of 64 bits, which one machine may have, and that of 48 bits, which a site may have.
 */
function networksOf(input = ''): [Network, ...Network[]] {
  // Some proxies add the port.
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
