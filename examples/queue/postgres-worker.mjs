// postgres-worker.mjs
import { boss } from './postgres-queue.mjs';
import { database, save } from './save.mjs';

// If PostgreSQL goes down while jobs are in work, pg-boss leaves rejections unhandled.
process.on('unhandledRejection', ({ message }) => console.error(message));

await boss.work('failures', { batchSize: 500, pollingIntervalSeconds: 0.5 }, async (jobs) => {
  try {
    await Promise.all(jobs.map(({ data }) => save(JSON.parse(data.report))));
  } catch (error) {
    console.error('The batch will be tried again:', error.message);
    throw error;
  }
});

console.log('Waiting for jobs');
process.once('SIGTERM', async () => {
  await boss.stop();
  await database.end();
});
