import { FailureReportError } from '../errors.js';
import { withDeadline } from './deadline.js';
import { createMemory } from './memory.js';
import type { AuthenticCall } from './verify.js';

/**
 * Remembers which calls were delivered: an LRU cache, Keyv and the like; a `Map` in tests, for it
 * never forgets. Share one between receivers to recognise a replay that reaches another of them.
 *
 * The value is the time, in milliseconds since 1970, from which the key may be forgotten:
 * twice the tolerance and a minute from now at the latest. The store has to do that itself.
 */
export interface NonceStore {
  /** Tells, or resolves to, whether the key was set. */
  has(key: string): unknown;
  /** Remembers the key; a promise is waited for. `false`, as from Keyv, says that it failed. */
  set(key: string, value: number): unknown;
}

/**
 * Makes the function that delivers each call once, however often it comes. Replays that come while
 * it is being delivered share the outcome; one that failed is not remembered.
 *
 * @param nonces where delivered calls are remembered; by default in memory alone
 * @param now the clock, in milliseconds since 1970
 */
export function createReplayGuard(nonces?: NonceStore, now = () => Date.now()) {
  const delivered = createMemory(now);
  const underWay = new Map<string, Promise<void>>();

  /** @throws FailureReportError `COPERNICA_NONCES_UNAVAILABLE`, and what `deliver` throws */
  return function deliverOnce(call: AuthenticCall, deliver: () => Promise<void>): Promise<void> {
    const shared = underWay.get(call.id);
    if (shared) return shared;
    const outcome = run(call, deliver).finally(() => underWay.delete(call.id));
    underWay.set(call.id, outcome);
    return outcome;
  };

  async function run({ id, expires }: AuthenticCall, deliver: () => Promise<void>): Promise<void> {
    if (nonces && (await answerOf(() => nonces.has(id)))) return;
    // Kept here too: a store that fails after the delivery must not cause another one.
    if (!delivered.has(id, expires)) {
      await deliver();
      delivered.add(id, expires);
    }
    if (nonces && (await answerOf(() => nonces.set(id, expires))) === false) throw storeFailed();
  }
}

async function answerOf(ask: () => unknown): Promise<unknown> {
  try {
    return await withDeadline(ask());
  } catch (cause) {
    throw storeFailed(cause);
  }
}

function storeFailed(cause?: unknown): FailureReportError {
  return new FailureReportError(
    'COPERNICA_NONCES_UNAVAILABLE',
    'The store of the option verify.nonces has failed: the cause tells why',
    {
      cause,
    },
  );
}
