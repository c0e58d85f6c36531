import type { Request, RequestHandler } from 'express';
import { LRUCache } from 'lru-cache';
import type { Events } from './events.js';

/** Makes a handler that answers with what some work resolves to, as JSON. */
export type Shared = (work: (req: Request) => unknown) => RequestHandler;

/**
 * Lets pages that ask the same at the same moment share the answer: all of them ask when they hear
 * that there is something new, and ten of them then cost the database no more than one.
 *
 * An answer is good until something is stored, and for a second at most.
 */
export function createSharedAnswers(events: Events): { shared: Shared; forget: RequestHandler } {
  const answers = new LRUCache<string, { body: Promise<unknown> }>({ max: 100, ttl: 1000 });
  events.onNews(() => answers.clear());
  return {
    shared: (work) => async (req, res) => {
      const key = req.originalUrl;
      let answer = answers.get(key);
      if (!answer) {
        answer = { body: Promise.resolve(work(req)) };
        answers.set(key, answer);
        answer.body.catch(() => answers.delete(key));
      }
      res.json(await answer.body);
    },
    /** Whoever changes something sees the change. */
    forget(req, res, next) {
      if (req.method !== 'GET') res.on('finish', () => answers.clear());
      next();
    },
  };
}
