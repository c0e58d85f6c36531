import { DatabaseUnavailableError } from '../database/driver.js';

export interface BatchLimits<Item> {
  maxItems?: number;
  /** How large a batch may become, in the unit of `sizeOf`. */
  maxSize?: number;
  sizeOf?: (item: Item) => number;
}

/**
 * Makes a function for one item from a function for many.
 *
 * While a batch is under way, new items wait and form the next one. So under load one commit serves many
 * requests, and without load an item waits for nobody. Each caller hears of its own item when its batch is
 * done. If a batch fails, its halves are tried, so that one item cannot sink the others; if the database
 * is down, that would only take longer.
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
  let isRunning = false;

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
      await runBatch(batch.slice(0, middle));
      await runBatch(batch.slice(middle));
    }
  }

  async function runAll(): Promise<void> {
    while (waiting.length > 0) await runBatch(takeBatch());
    isRunning = false;
  }

  return (item) =>
    new Promise((resolve, reject) => {
      waiting.push({ item, resolve, reject });
      if (isRunning) return;
      isRunning = true;
      // Requests that are read in the same turn of the event loop still join the batch.
      setImmediate(runAll);
    });
}
