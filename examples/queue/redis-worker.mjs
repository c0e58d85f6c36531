// redis-worker.mjs
import { Worker } from 'bullmq';
import { database, save } from './save.mjs';

const worker = new Worker('failures', (job) => save(job.data), {
  connection: { url: process.env.REDIS_URL ?? 'redis://localhost' },
  concurrency: 20,
  // The jobs of a killed worker are taken up by another one after some ten seconds.
  lockDuration: 10_000,
  stalledInterval: 5_000,
  // By default, the second time that a worker dies with it, a job is given up.
  maxStalledCount: 1000,
});
worker.on('error', ({ message }) => console.error(message));
worker.on('failed', (_job, { message }) => console.error('Tried again later:', message));

console.log('Waiting for jobs');
process.once('SIGTERM', async () => {
  await worker.close();
  await database.end();
});
