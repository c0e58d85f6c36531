// redis-worker.mjs
import { Worker } from 'bullmq';
import { database, save } from './save.mjs';

const worker = new Worker('failures', (job) => save(job.data), {
  // Replaces a connection that hangs. Waiting for jobs is silent for ten seconds at most.
  connection: { url: process.env.REDIS_URL ?? 'redis://localhost', socketTimeout: 20_000 },
  concurrency: 20,
  // Another worker takes the jobs of a killed one after at most 15 seconds.
  lockDuration: 10_000,
  stalledInterval: 5_000,
  // By default, BullMQ gives a job up when a second worker dies with it.
  maxStalledCount: 1000,
});
worker.on('error', ({ message }) => console.error(message));
worker.on('failed', (_job, { message }) => console.error('Will be tried again:', message));

console.log('Waiting for jobs');
process.once('SIGTERM', async () => {
  await worker.close();
  await database.end();
});
