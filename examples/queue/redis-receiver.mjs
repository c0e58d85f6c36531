// redis-receiver.mjs
import { Queue } from 'bullmq';
import { toKey } from './key.mjs';
import { listen } from './listen.mjs';

const queue = new Queue('failures', {
  connection: {
    url: process.env.REDIS_URL ?? 'redis://localhost',
    // While Redis is down, commands fail at once. They do not wait in memory.
    enableOfflineQueue: false,
    // Replaces a connection that hangs.
    socketTimeout: 10_000,
  },
  defaultJobOptions: {
    // While the store is down, a job is tried again every ten seconds, for some eleven days.
    attempts: 100_000,
    backoff: { type: 'fixed', delay: 10_000 },
    // BullMQ knows a finished job by its key for an hour, and drops a report that comes again.
    removeOnComplete: { age: 3600, count: 10_000 },
  },
});
queue.on('error', ({ message }) => console.error(message));
await queue.waitUntilReady();

listen((report) => queue.add('failure', report, { jobId: toKey(report) }));
