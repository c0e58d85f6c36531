import { DatabaseUnavailableError } from '../database/driver.js';

/** While the database works on one batch, this process prepares the other. */
const MAX_RUNNING = 2;
/** How many items of a failed batch are tried at the same time, each by itself. */
const MAX_RUNNING_SINGLES = 4;
/** An item that has waited longer is refused: its sender can try again. */
const MAX_WAIT_MS = 8000;
/** While more than these wait, items are refused at once. */
const MAX_WAITING_ITEMS = 10_000;
const MAX_WAITING_BATCHES = 20;

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
 * and a single item does not wait. If a batch fails, its items are tried one by one, so a bad item does not
 * fail the others. If the database is down, all fail at once.
 */
export function batched<Item, Result>(
  work: (items: Item[]) => Promise<Result[]>,
  { maxItems = 256, maxSize = Number.POSITIVE_INFINITY, sizeOf = () => 1 }: BatchLimits<Item> = {},
): (item: Item) => Promise<Result> {
  interface Entry {
    item: Item;
    size: number;
    since: number;
    resolve: (result: Result) => void;
    reject: (reason: unknown) => void;
  }
  const waiting: Entry[] = [];
  let waitingSize = 0;
  let running = 0;

  function takeBatch(): Entry[] {
    let taken = 0;
    const end = waiting.findIndex(({ size }, index) => {
      taken += size;
      return index > 0 && (taken > maxSize || index === maxItems);
    });
    const batch = waiting.splice(0, end < 0 ? waiting.length : end);
    for (const { size } of batch) waitingSize -= size;
    return batch;
  }

  async function runBatch(entries: Entry[]): Promise<void> {
    const batch = withoutLate(entries);
    if (batch.length === 0) return;
    try {
      const results = await work(batch.map(({ item }) => item));
      batch.forEach(({ resolve }, index) => {
        resolve(results[index] as Result);
      });
    } catch (error) {
      if (batch.length === 1 || error instanceof DatabaseUnavailableError) {
        for (const { reject } of batch) reject(error);
      } else {
        await Promise.all(Array.from({ length: MAX_RUNNING_SINGLES }, () => runSingles(batch)));
      }
    }
  }

  /** Takes entries from the batch, and runs each by itself. */
  async function runSingles(batch: Entry[]): Promise<void> {
    for (let entry = batch.shift(); entry; entry = batch.shift()) await runBatch([entry]);
  }

  function withoutLate(entries: Entry[]): Entry[] {
    const oldest = performance.now() - MAX_WAIT_MS;
    for (const { since, reject } of entries) if (since < oldest) reject(tooBusy());
    return entries.filter(({ since }) => since >= oldest);
  }

  async function runAll(): Promise<void> {
    while (waiting.length > 0) await runBatch(takeBatch());
    running -= 1;
  }

  return (item) =>
    new Promise((resolve, reject) => {
      const size = sizeOf(item);
      const isFull =
        waiting.length >= MAX_WAITING_ITEMS || waitingSize > MAX_WAITING_BATCHES * maxSize;
      if (isFull) {
        reject(tooBusy());
        return;
      }
      waiting.push({ item, size, since: performance.now(), resolve, reject });
      waitingSize += size;
      if (running === MAX_RUNNING) return;
      running += 1;
      // Requests that are read in the same turn of the event loop still join the batch.
      setImmediate(runAll);
    });
}

const tooBusy = () => new DatabaseUnavailableError(new Error('Too much waits for the database'));
