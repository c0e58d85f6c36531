import { DatabaseUnavailableError } from '../database/driver.js';

/** While the database works on one batch, this process prepares the other. */
const MAX_RUNNING = 2;
/** More items than this are refused: their senders can try again. */
const MAX_WAITING = 10_000;

interface BatchLimits<Item> {
  maxItems?: number;
  /** How large a batch may become, in the unit of `sizeOf`. */
  maxSize?: number;
  sizeOf?: (item: Item) => number;
}

/**
 * Makes a function for one item from a function for many.
 *
 * While two batches run, new items wait and form the next one. So one commit serves many requests under load,
 * and a single item does not wait. If a batch fails, both halves are tried, so one bad item does not fail
 * the others. If the database is down, all fail at once.
 */
export function batched<Item, Result>(
  work: (items: Item[]) => Promise<Result[]>,
  { maxItems = 256, maxSize = Number.POSITIVE_INFINITY, sizeOf = () => 1 }: BatchLimits<Item> = {},
): (item: Item) => Promise<Result> {
  interface Entry {
    item: Item;
    resolve: (result: Result) => void;
    reject: (reason: unknown) => void;
  }
  const waiting: Entry[] = [];
  let running = 0;

  function takeBatch(): Entry[] {
    let size = 0;
    const end = waiting.findIndex(({ item }, index) => {
      size += sizeOf(item);
      return index > 0 && (size > maxSize || index === maxItems);
    });
    return waiting.splice(0, end < 0 ? waiting.length : end);
  }

  async function runBatch(batch: Entry[]): Promise<void> {
    try {
      const results = await work(batch.map(({ item }) => item));
      batch.forEach(({ resolve }, index) => {
        resolve(results[index] as Result);
      });
    } catch (error) {
      if (batch.length === 1 || error instanceof DatabaseUnavailableError) {
        for (const { reject } of batch) reject(error);
        return;
      }
      const middle = Math.ceil(batch.length / 2);
      // At once: if each half times out, the waits must not add up.
      await Promise.all([runBatch(batch.slice(0, middle)), runBatch(batch.slice(middle))]);
    }
  }

  async function runAll(): Promise<void> {
    while (waiting.length > 0) await runBatch(takeBatch());
    running -= 1;
  }

  return (item) =>
    new Promise((resolve, reject) => {
      if (waiting.length >= MAX_WAITING) {
        reject(new DatabaseUnavailableError(new Error('Too many items wait')));
        return;
      }
      waiting.push({ item, resolve, reject });
      if (running === MAX_RUNNING) return;
      running += 1;
      // Requests that are read in the same turn of the event loop still join the batch.
      setImmediate(runAll);
    });
}
