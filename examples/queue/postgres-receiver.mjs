// postgres-receiver.mjs
import { toKey } from './key.mjs';
import { listen } from './listen.mjs';
import { boss } from './postgres-queue.mjs';

listen(async (report) => {
  // The identifier of a job is a UUID, 32 hexadecimal digits.
  const id = toKey(report).slice(0, 32);
  // As text: PostgreSQL's jsonb cannot hold the character NUL.
  if (await boss.send('failures', { report: JSON.stringify(report) }, { id })) return;
  // Either this job is known, or there is no queue.
  if (!(await boss.getJobById('failures', id))) throw new Error('Run postgres-setup.mjs first');
});
