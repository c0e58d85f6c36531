// redis-receiver.mjs
import { Queue } from 'bullmq';
import { toKey } from './key.mjs';
import { listen } from './listen.mjs';

const queue = new Queue('failures', {
  // While Redis is down, commands fail at once. They do not wait in memory.
  connection: { url: process.env.REDIS_URL ?? 'redis://localhost', enableOfflineQueue: false },
  defaultJobOptions: {
    // While the store is down, a job is tried again every ten seconds, for some eleven days.
    attempts: 100_000,
    backoff: { type: 'fixed', delay: 10_000 },
    // BullMQ knows the key of a finished job for an hour, and drops a report that comes again.
    removeOnComplete: { age: 3600 },
  },
});
queue.on('error', ({ message }) => console.error(message));
await queue.waitUntilReady();

listen((report) => queue.add('failure', report, { jobId: toKey(report) }));
