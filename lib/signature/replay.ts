import { createError } from '../errors.js';
import { withDeadline } from './deadline.js';
import type { VerifiedSignature } from './verify.js';

/**
 * Remembers delivered calls: an LRU cache, Keyv and the like. Share one store between receivers to
 * recognise each other's replays.
 *
 * `expires` is the time, in milliseconds since 1970, from which the store may drop the key: at most
 * twice the tolerance and a minute from now. LRU caches and Keyv take it for a mere value, so give them
 * a TTL of that length. Use a `Map` only in tests, because it never drops entries.
 */
export interface ReplayStore {
  /** Returns, or resolves to, whether the key was set. */
  has(key: string): unknown;
  /** Stores the key; a promise is awaited. `false`, as from Keyv, means that it failed. */
  set(key: string, expires: number): unknown;
}

/**
 * Makes the function that delivers each call once. Replays that arrive during the delivery share its
 * outcome. A failed delivery is not remembered.
 *
 * @param store shared with other receivers; without one, calls are remembered in memory alone
 * @param now the clock, in milliseconds since 1970
 */
export function createReplayGuard(store?: ReplayStore, now = () => Date.now()) {
  const memory = createReplayMemory(now);
  const pending = new Map<string, Promise<void>>();

  return function deliverOnce(signature: VerifiedSignature, deliver: () => unknown): Promise<void> {
    const { id } = signature;
    const shared = pending.get(id);
    if (shared) return shared;
    const outcome = run(signature, deliver).finally(() => pending.delete(id));
    pending.set(id, outcome);
    return outcome;
  };

  async function run({ id, expires }: VerifiedSignature, deliver: () => unknown): Promise<void> {
    if (store && (await ask(() => store.has(id)))) return;
    // In memory, too: a store that fails after the delivery must not cause another one.
    if (!memory.has(id)) {
      await deliver();
      memory.add(id, expires);
    }
    const isStored = store && (await ask(() => store.set(id, expires)));
    if (isStored === false) throw unavailableError(new Error('set returned false'));
  }
}

/**
 * Remembers calls until they expire, at most `max`. Once `current` holds half as many, or all of `previous`
 * have expired, `current` becomes `previous`, and the old `previous` is dropped.
 */
export function createReplayMemory(now: () => number, max = 1_000_000) {
  let current = new Map<string, number>();
  let previous = new Map<string, number>();
  let previousExpires = 0;
  let currentExpires = 0;

  return {
    has: (id: string) => (current.get(id) ?? previous.get(id) ?? 0) >= now(),
    add(id: string, expires: number): void {
      if (current.size >= max / 2 || previousExpires < now()) {
        [previous, previousExpires] = [current, currentExpires];
        [current, currentExpires] = [new Map(), 0];
      }
      // At least now, for a delivery that took longer than its call was valid.
      const until = Math.max(expires, now());
      current.set(id, until);
      currentExpires = Math.max(currentExpires, until);
    },
    size: () => current.size + previous.size,
  };
}

async function ask(question: () => unknown): Promise<unknown> {
  try {
    return await withDeadline(question());
  } catch (cause) {
    throw unavailableError(cause);
  }
}

function unavailableError(cause: unknown) {
  const problem = 'The store of the option verify.replayStore has failed';
  return createError('COPERNICA_REPLAY_STORE_UNAVAILABLE', problem, cause);
}
