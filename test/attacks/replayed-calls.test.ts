// Calls that Copernica signed and somebody sends again.
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createReplayGuard, type ReplayStore } from '../../lib/signature/replay.js';
import { deferred } from '../helpers/deferred.js';

/** How a function of a store can fail. */
const FAILURES: [string, () => unknown][] = [
  [
    'throws',
    () => {
      throw new Error('store is down');
    },
  ],
  ['rejects', () => Promise.reject(new Error('store is down'))],
];
const UNAVAILABLE = {
  name: 'FailureReportError',
  code: 'COPERNICA_REPLAY_STORE_UNAVAILABLE',
  status: 503,
};
const CALL = { id: 'a', expires: 300_000, names: [] };

afterEach(() => {
  vi.useRealTimers();
});

/** A guard with a clock of its own, and a delivery that counts. */
function setUp(replayStore?: ReplayStore) {
  const clock = { time: 1 };
  return {
    clock,
    deliver: vi.fn(async () => undefined),
    deliverOnce: createReplayGuard(replayStore, () => clock.time),
  };
}

/** A store that remembers what it was asked. */
function store(overrides: Partial<ReplayStore> = {}) {
  const set = new Map<string, number>();
  const {
    has = (key: string) => set.has(key),
    set: remember = (key: string, value: number) => set.set(key, value),
  } = overrides;
  return { kept: set, has: vi.fn(has), set: vi.fn(remember) };
}

describe('a replay', () => {
  it('of a call that was delivered is not delivered', async () => {
    const { deliver, deliverOnce } = setUp();
    await deliverOnce(CALL, deliver);
    await deliverOnce(CALL, deliver);
    expect(deliver).toHaveBeenCalledOnce();
  });

  it('of a call whose delivery failed is delivered', async () => {
    const { deliver, deliverOnce } = setUp();
    const reason = new Error('database is down');
    deliver.mockRejectedValueOnce(reason);
    await expect(deliverOnce(CALL, deliver)).rejects.toBe(reason);
    await deliverOnce(CALL, deliver);
    await deliverOnce(CALL, deliver);
    expect(deliver).toHaveBeenCalledTimes(2);
  });

  it('while the call is being delivered waits for it and shares its success', async () => {
    const { deliver, deliverOnce } = setUp();
    const delivery = deferred();
    deliver.mockReturnValueOnce(delivery.promise as never);
    const settled = vi.fn();
    const calls = [deliverOnce(CALL, deliver), deliverOnce(CALL, deliver).then(settled)];
    await Promise.resolve();
    expect(settled).not.toHaveBeenCalled();
    delivery.resolve();
    await Promise.all(calls);
    expect(deliver).toHaveBeenCalledOnce();
  });

  it('while the call is being delivered shares its failure, and a later one is delivered', async () => {
    const { deliver, deliverOnce } = setUp();
    const delivery = deferred();
    deliver.mockReturnValueOnce(delivery.promise as never);
    const calls = [deliverOnce(CALL, deliver), deliverOnce(CALL, deliver)];
    const reason = new Error('database is down');
    delivery.reject(reason);
    expect(await Promise.allSettled(calls)).toEqual([
      { status: 'rejected', reason },
      { status: 'rejected', reason },
    ]);
    await deliverOnce(CALL, deliver);
    expect(deliver).toHaveBeenCalledTimes(2);
  });

  it('is no other call', async () => {
    const { deliver, deliverOnce } = setUp();
    await Promise.all([deliverOnce(CALL, deliver), deliverOnce({ ...CALL, id: 'b' }, deliver)]);
    expect(deliver).toHaveBeenCalledTimes(2);
  });
});

describe('in memory, a call', () => {
  it('is remembered for as long as its date is within the tolerance', async () => {
    const { clock, deliver, deliverOnce } = setUp();
    await deliverOnce(CALL, deliver);
    clock.time = CALL.expires;
    await deliverOnce(CALL, deliver);
    expect(deliver).toHaveBeenCalledOnce();
    clock.time = CALL.expires + 1;
    await deliverOnce(CALL, deliver);
    expect(deliver).toHaveBeenCalledTimes(2);
  });

  it('that takes longer to deliver than its date is good for does no harm', async () => {
    const { clock, deliver, deliverOnce } = setUp();
    deliver.mockImplementationOnce(async () => {
      clock.time = CALL.expires + 1000;
    });
    await deliverOnce(CALL, deliver);
    await deliverOnce(CALL, deliver);
    expect(deliver).toHaveBeenCalledOnce();
  });

  it('is remembered however many newer ones come in a burst', async () => {
    const { deliver, deliverOnce } = setUp();
    for (let i = 0; i <= 100_000; i++) await deliverOnce({ ...CALL, id: String(i) }, deliver);
    expect(deliver).toHaveBeenCalledTimes(100_001);
    await deliverOnce({ ...CALL, id: '0' }, deliver);
    expect(deliver).toHaveBeenCalledTimes(100_001);
  });
});

describe('a replay store', () => {
  it('is told the call and when it may be forgotten, after the delivery', async () => {
    const replayStore = store();
    const { deliver, deliverOnce } = setUp(replayStore);
    deliver.mockImplementationOnce(async () => {
      expect(replayStore.has).toHaveBeenCalledWith('a');
      expect(replayStore.set).not.toHaveBeenCalled();
    });
    await deliverOnce(CALL, deliver);
    expect(replayStore.set.mock.calls).toEqual([['a', 300_000]]);
  });

  it('is not told of a call whose delivery failed', async () => {
    const replayStore = store();
    const { deliver, deliverOnce } = setUp(replayStore);
    deliver.mockRejectedValueOnce(new Error('database is down'));
    await expect(deliverOnce(CALL, deliver)).rejects.toThrow('database is down');
    expect(replayStore.set).not.toHaveBeenCalled();
  });

  it.each<[string, () => ReplayStore]>([
    ['a Map', () => new Map()],
    [
      'one that answers later',
      () => {
        const map = new Map();
        return {
          has: async (key) => map.has(key),
          set: async (key, value) => void map.set(key, value),
        };
      },
    ],
    [
      'one that answers with numbers, as Redis does',
      () => {
        const map = new Map();
        return {
          has: async (key) => Number(map.has(key)),
          set: async (key, value) => map.set(key, value) && 'OK',
        };
      },
    ],
  ])("that is %s makes receivers know of each other's calls", async (_, make) => {
    const replayStore = make();
    const one = setUp(replayStore);
    const two = setUp(replayStore);
    await one.deliverOnce(CALL, one.deliver);
    await two.deliverOnce(CALL, two.deliver);
    expect(one.deliver).toHaveBeenCalledOnce();
    expect(two.deliver).not.toHaveBeenCalled();
  });

  it('is asked as a method of its own', async () => {
    class Store implements ReplayStore {
      keys = new Set<string>();
      has(key: string) {
        return this.keys.has(key);
      }
      set(key: string) {
        this.keys.add(key);
      }
    }
    const { deliver, deliverOnce } = setUp(new Store());
    await deliverOnce(CALL, deliver);
    await deliverOnce(CALL, deliver);
    expect(deliver).toHaveBeenCalledOnce();
  });

  it('that is slow delays a call and its replays, which are still delivered once', async () => {
    const asked = deferred();
    const told = deferred();
    const { deliver, deliverOnce } = setUp({ has: () => asked.promise, set: () => told.promise });
    const settled = vi.fn();
    const calls = [CALL, CALL, CALL].map((call) => deliverOnce(call, deliver).then(settled));
    expect(deliver).not.toHaveBeenCalled();
    asked.resolve();
    await vi.waitFor(() => expect(deliver).toHaveBeenCalledOnce());
    expect(settled).not.toHaveBeenCalled();
    told.resolve();
    await Promise.all(calls);
    expect(deliver).toHaveBeenCalledOnce();
  });

  it.each(FAILURES)(
    'that %s when asked refuses the call, which can be delivered later',
    async (_, has) => {
      const replayStore = store();
      replayStore.has.mockImplementationOnce(has as never);
      const { deliver, deliverOnce } = setUp(replayStore);
      await expect(deliverOnce(CALL, deliver)).rejects.toMatchObject({
        ...UNAVAILABLE,
        headers: { 'Retry-After': expect.stringMatching(/^[1-9]\d*$/) },
        cause: { message: 'store is down' },
      });
      expect(deliver).not.toHaveBeenCalled();
      await deliverOnce(CALL, deliver);
      expect(deliver).toHaveBeenCalledOnce();
    },
  );

  it.each<[string, () => unknown]>([
    ...FAILURES,
    ['returns false, as Keyv does,', async () => false],
  ])(
    'that %s when told refuses the call, tells it again, and never delivers it twice',
    async (_, set) => {
      const replayStore = store();
      replayStore.set.mockImplementationOnce(set as never).mockImplementationOnce(set as never);
      const { deliver, deliverOnce } = setUp(replayStore);
      const refused = { ...UNAVAILABLE, cause: expect.any(Error) };
      await expect(deliverOnce(CALL, deliver)).rejects.toMatchObject(refused);
      await expect(deliverOnce(CALL, deliver)).rejects.toMatchObject(refused);
      await deliverOnce(CALL, deliver);
      expect(deliver).toHaveBeenCalledOnce();
      expect([...replayStore.kept]).toEqual([['a', 300_000]]);
    },
  );

  it.each(['has', 'set'] as const)(
    'that hangs in %s refuses the call after five seconds',
    async (method) => {
      vi.useFakeTimers();
      const replayStore = store({ [method]: () => new Promise(() => undefined) });
      const { deliver, deliverOnce } = setUp(replayStore);
      const refused = vi.fn();
      deliverOnce(CALL, deliver).catch(refused);
      await vi.advanceTimersByTimeAsync(4999);
      expect(refused).not.toHaveBeenCalled();
      await vi.advanceTimersByTimeAsync(1);
      expect(refused).toHaveBeenCalledWith(expect.objectContaining(UNAVAILABLE));
      expect(deliver).toHaveBeenCalledTimes(method === 'has' ? 0 : 1);
    },
  );
});

it('takes false from a store for a failure, as Keyv tells it', async () => {
  const { deliver, deliverOnce } = setUp(store({ set: () => Promise.resolve(false) }));
  await expect(deliverOnce(CALL, deliver)).rejects.toMatchObject(UNAVAILABLE);
  expect(deliver).toHaveBeenCalledTimes(1);
});

it('holds nothing of a call once it is done', async () => {
  const { deliver, deliverOnce } = setUp(store({ set: () => Promise.reject(new Error('down')) }));
  const failed = await Promise.allSettled([deliverOnce(CALL, deliver), deliverOnce(CALL, deliver)]);
  expect(failed.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  // A later one is run anew instead of being given an outcome of the past.
  const later = deliverOnce(CALL, deliver);
  await expect(later).rejects.toMatchObject(UNAVAILABLE);
});
