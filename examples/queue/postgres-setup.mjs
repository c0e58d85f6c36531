// postgres-setup.mjs
import { boss } from './postgres-queue.mjs';

// Run this once, before the first receiver starts. Two at the same moment would deadlock.
await boss.createQueue('failures', {
  name: 'failures',
  // While the store is down, a job is tried again every ten seconds, for some eleven days.
  retryLimit: 100_000,
  retryDelay: 10,
  // The worker must finish a batch within this time. Otherwise another worker gets its jobs.
  expireInSeconds: 10,
  // A job waits so long for a worker.
  retentionDays: 90,
});
await boss.stop();
