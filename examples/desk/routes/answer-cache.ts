import type { Request, RequestHandler } from 'express';
import { LRUCache } from 'lru-cache';

const MAX_ANSWERS = 1000;
/** Of all answers together, in characters. */
const MAX_LENGTH = 20_000_000;
const TTL_MS = 5000;

/** Makes a handler that answers with the result of `work`, as JSON. Default of `ttlMs`: 5 seconds. */
export type Cached = (work: (req: Request) => unknown, ttlMs?: number) => RequestHandler;

/**
 * Caches answers for pages that ask the same: ten open pages cost the database no more than one. The URL
 * has the `version` of the data that the page knows (`GET /state`), so it gets no older answer.
 */
export function createAnswerCache(): { cached: Cached; clearOnChange: RequestHandler } {
  const answers = new LRUCache<string, Promise<string>>({
    max: MAX_ANSWERS,
    // A pending answer counts as one character, until its length is known.
    maxSize: MAX_LENGTH,
  });

  function answer(key: string, work: () => unknown, ttl: number): Promise<string> {
    const found = answers.get(key);
    if (found) return found;
    const body = Promise.resolve(work()).then((value) => JSON.stringify(value));
    answers.set(key, body, { size: 1, ttl });
    body.then(
      (text) => {
        if (answers.peek(key) === body) answers.set(key, body, { size: text.length || 1, ttl });
      },
      () => answers.delete(key),
    );
    return body;
  }

  return {
    cached:
      (work, ttlMs = TTL_MS) =>
      async (req, res) => {
        const text = await answer(req.originalUrl, () => work(req), ttlMs);
        res.type('json').send(text);
      },
    /** After a change, the next request must see it, whatever version it names. */
    clearOnChange(req, res, next) {
      if (req.method !== 'GET' && req.method !== 'HEAD') res.on('finish', () => answers.clear());
      next();
    },
  };
}
