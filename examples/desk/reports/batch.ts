import { DatabaseUnavailableError } from '../database/database.js';

/**
 * Makes a function that takes one item out of one that takes many.
 *
 * Items that arrive while a group is being worked on wait and form the next one, so under load one
 * commit serves many requests, and without load an item waits for nobody. Each caller hears of its
 * own item, once its group is done.
 *
 * A group that fails is tried again item by item, so one that the database will not have does not
 * sink the others. When the database is down that would only take longer.
 */
export function inGroups<Item, Result>(
  work: (items: Item[]) => Promise<Result[]>,
  largest = 256,
): (item: Item) => Promise<Result> {
  interface Waiting {
    item: Item;
    resolve: (result: Result) => void;
    reject: (reason: unknown) => void;
  }
  const waiting: Waiting[] = [];
  let busy = false;

  async function settle(group: Waiting[]): Promise<void> {
    try {
      const results = await work(group.map(({ item }) => item));
      group.forEach(({ resolve }, index) => {
        resolve(results[index] as Result);
      });
    } catch (error) {
      if (group.length === 1 || error instanceof DatabaseUnavailableError) {
        for (const { reject } of group) reject(error);
      } else {
        for (const one of group) await settle([one]);
      }
    }
  }

  async function run(): Promise<void> {
    while (waiting.length > 0) await settle(waiting.splice(0, largest));
    busy = false;
  }

  return (item) =>
    new Promise((resolve, reject) => {
      waiting.push({ item, resolve, reject });
      if (busy) return;
      busy = true;
      // Requests that are read in the same turn of the event loop still get on board.
      setImmediate(run);
    });
}
