import type { Request, RequestHandler } from 'express';
import { LRUCache } from 'lru-cache';

const MAX_BYTES = 20_000_000;
const TTL_MS = 5000;

/** Makes a handler that answers with what `work` resolves to, as JSON. Default of `ttlMs`: 5 seconds. */
export type Cached = (work: (req: Request) => unknown, ttlMs?: number) => RequestHandler;

/**
 * Lets pages that ask the same share the answer: ten open pages cost the database no more than one. A page
 * names in `version` the state that it knows (`GET /state`), so an answer from before that is not reused.
 */
export function createAnswerCache(): { cached: Cached; clearOnChange: RequestHandler } {
  const answers = new LRUCache<string, Promise<string>>({
    max: 1000,
    // An answer that is under way counts as one byte; its size is set when it is there.
    maxSize: MAX_BYTES,
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
    /** Whoever changes something must see the change, whatever version the page knows. */
    clearOnChange(req, res, next) {
      if (req.method !== 'GET') res.on('finish', () => answers.clear());
      next();
    },
  };
}
