import type { Request, RequestHandler } from 'express';
import { LRUCache } from 'lru-cache';
import type { Events } from './events.js';

/** Makes a handler that answers with what some work resolves to, as JSON. */
export type Shared = (work: (req: Request) => unknown) => RequestHandler;

/** How long an answer may be given while new reports come in all the time, in milliseconds. */
const AT_MOST = 200;

/**
 * Lets pages that ask the same at the same moment share the answer: all of them ask when they hear
 * that there is something new, and ten of them then cost the database no more than one.
 *
 * What is stored makes an answer old: at once where nothing was stored for a while, else soon, and
 * in any case before the pages are told.
 */
export function createSharedAnswers(events: Events): { shared: Shared; forget: RequestHandler } {
  const answers = new LRUCache<string, { body: Promise<string> }>({ max: 100, ttl: 1000 });
  let cleared = 0;
  let soon: NodeJS.Timeout | undefined;
  function clear(): void {
    cleared = Date.now();
    clearTimeout(soon);
    soon = undefined;
    answers.clear();
  }
  events.onNews((toBeTold) => {
    const wait = cleared + AT_MOST - Date.now();
    if (toBeTold || wait <= 0) clear();
    else soon ??= setTimeout(clear, wait).unref();
  });
  return {
    shared: (work) => async (req, res) => {
      const key = req.originalUrl;
      let answer = answers.get(key);
      if (!answer) {
        answer = { body: Promise.resolve(work(req)).then((body) => JSON.stringify(body)) };
        answers.set(key, answer);
        answer.body.catch(() => answers.delete(key));
      }
      res.type('json').send(await answer.body);
    },
    /** Whoever changes something sees the change. */
    forget(req, res, next) {
      if (req.method !== 'GET') res.on('finish', () => answers.clear());
      next();
    },
  };
}
