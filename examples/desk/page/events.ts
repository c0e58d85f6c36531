import { createChannel, createSession } from 'better-sse';
import type { RequestHandler, Response } from 'express';
import type { Database } from '../database/database.js';
import { CHANNEL } from '../endpoint/store.js';

/** Tells open pages that there is something new, whichever desk has stored it. */
export interface Events {
  /** Answers with a stream of server-sent events. */
  subscribe: RequestHandler;
  close(): void;
}

export function createEvents(database: Database): Events {
  const pages = createChannel();
  const streams = new Set<Response>();
  let announced: NodeJS.Timeout | undefined;

  // A page asks for what it shows by itself. Under load it need not be told of every group.
  database.listen(CHANNEL, () => {
    if (announced) return;
    announced = setTimeout(() => {
      announced = undefined;
      pages.broadcast('', 'changed');
    }, 200).unref();
  });

  return {
    async subscribe(req, res) {
      streams.add(res);
      res.on('close', () => streams.delete(res));
      pages.register(await createSession(req, res));
    },
    close() {
      for (const stream of streams) stream.end();
    },
  };
}
