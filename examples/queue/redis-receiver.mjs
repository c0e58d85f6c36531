// redis-receiver.mjs
import { Queue } from 'bullmq';
import { toKey } from './key.mjs';
import { listen } from './listen.mjs';

const queue = new Queue('failures', {
  // While Redis is down, a job fails at once instead of waiting in memory.
  connection: { url: process.env.REDIS_URL ?? 'redis://localhost', enableOfflineQueue: false },
  defaultJobOptions: {
    // While the store is down, a job is tried again every ten seconds, for some eleven days.
    attempts: 100_000,
    backoff: { type: 'fixed', delay: 10_000 },
    // For so many seconds, a report that comes again is known by its key.
    removeOnComplete: { age: 3600 },
  },
});
queue.on('error', ({ message }) => console.error(message));

listen((report) => queue.add('failure', report, { jobId: toKey(report) }));
