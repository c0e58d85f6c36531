// postgres-worker.mjs
import { boss } from './postgres-queue.mjs';
import { database, save } from './save.mjs';

await boss.work('failures', { batchSize: 500, pollingIntervalSeconds: 0.5 }, async (jobs) => {
  // If one cannot be stored, all are tried again later.
  await Promise.all(jobs.map(({ data }) => save(JSON.parse(data.report))));
});

console.log('Waiting for jobs');
process.once('SIGTERM', async () => {
  await boss.stop();
  await database.end();
});
