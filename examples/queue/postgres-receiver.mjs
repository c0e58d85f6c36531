// postgres-receiver.mjs
import { toKey } from './key.mjs';
import { listen } from './listen.mjs';
import { boss } from './postgres-queue.mjs';

listen((report) => {
  // The identifier of a job is a UUID, 32 hexadecimal digits.
  const id = toKey(report).slice(0, 32);
  // As text: PostgreSQL's jsonb cannot hold the character NUL.
  return boss.send('failures', { report: JSON.stringify(report) }, { id });
});
