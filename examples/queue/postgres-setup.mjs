// postgres-setup.mjs
import { boss } from './postgres-queue.mjs';

// Once, before the first receiver starts: several at the same moment would end in a deadlock.
await boss.createQueue('failures', {
  name: 'failures',
  // While the store is down, a job is tried again every ten seconds, for some eleven days.
  retryLimit: 100_000,
  retryDelay: 10,
  // A worker that takes longer with its jobs is regarded as dead, and another one gets them.
  expireInSeconds: 10,
});
await boss.stop();
