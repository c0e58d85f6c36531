import type { RequestHandler, Response } from 'express';
import type { Database } from '../database/database.js';
import { CHANNEL } from '../database/database.js';

/** How many streams may be open at a time: a page holds one while it can be seen. */
const MOST_STREAMS = 100;

/** Tells open pages that there is something new, whichever desk has stored it. */
export interface Events {
  /** Answers with a stream of server-sent events. */
  subscribe: RequestHandler;
  /** Calls back when something has been stored, and once more before the pages are told of it. */
  onNews(listener: (toBeTold: boolean) => void): void;
  close(): void;
}

/** What has happened since pages were last told; `missed` where nobody knows. */
interface News {
  reports: number;
  suppressions: boolean;
}

const NOTHING: News = { reports: 0, suppressions: false };

/** A notification tells of stored reports or of a change to the suppressions. */
function addNews(news: News | 'missed', payload: string): News | 'missed' {
  if (news === 'missed') return news;
  const { reports = 0, suppressions = false } = JSON.parse(payload);
  return {
    reports: news.reports + reports,
    suppressions: news.suppressions || suppressions,
  };
}

export function createEvents(database: Database): Events {
  const streams = new Set<Response>();
  let announced: NodeJS.Timeout | undefined;
  const listeners: ((toBeTold: boolean) => void)[] = [];
  let last = 0;
  let news: News | 'missed' = NOTHING;
  // A proxy closes a connection over which nothing comes for long.
  const keepAlive = setInterval(() => send(': still here\n\n'), 15_000).unref();

  function send(text: string): void {
    for (const stream of streams) {
      // A page that does not read would have what it is told pile up here. It may come back.
      if (stream.writableNeedDrain) stream.destroy();
      else stream.write(text);
    }
  }

  // A page asks for what it shows by itself. Under load it is told once a second,
  // and so at the same moment as all others: what they ask for then is asked of the database once.
  database.listen(CHANNEL, (payload) => {
    news = payload ? addNews(news, payload) : 'missed';
    for (const listener of listeners) listener(false);
    if (announced) return;
    announced = setTimeout(
      () => {
        for (const listener of listeners) listener(true);
        send(`event: changed\ndata: ${news === 'missed' ? '' : JSON.stringify(news)}\n\n`);
        announced = undefined;
        news = NOTHING;
        last = Date.now();
      },
      Math.max(200, last + 1000 - Date.now()),
    ).unref();
  });

  return {
    subscribe(req, res) {
      // One that hung up while its password was looked at says no more when it closes.
      if (res.closed) return;
      if (streams.size >= MOST_STREAMS) {
        res.status(503).set('Retry-After', '5').json({ error: 'Too many pages are open' });
        return;
      }
      res.writeHead(200, { 'Content-Type': 'text/event-stream', 'X-Accel-Buffering': 'no' });
      if (req.method === 'HEAD') {
        res.end();
        return;
      }
      streams.add(res);
      res.on('close', () => streams.delete(res));
      // How long a page waits before it comes back, in milliseconds.
      res.write('retry: 1000\n\n');
    },
    onNews: (listener) => void listeners.push(listener),
    close() {
      clearInterval(keepAlive);
      for (const stream of streams) stream.end();
    },
  };
}
