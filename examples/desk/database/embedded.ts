import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { pg_trgm } from '@electric-sql/pglite/contrib/pg_trgm';
import type { Driver, Query } from './database.js';
import { lockDirectory } from './lock.js';

/** PostgreSQL inside this process, in a directory of its own or, without one, in memory. */
export async function openEmbedded(directory?: string): Promise<Driver> {
  // It will hold personal data, and the database itself leaves its files open to everyone.
  if (directory) await mkdir(directory, { recursive: true, mode: 0o700 });
  const unlock = directory ? await lockDirectory(directory) : undefined;
  // Made behind what follows: the first time that takes seconds, and each query waits for it.
  const opening = PGlite.create({
    ...(directory && { dataDir: join(directory, 'postgres') }),
    extensions: { pg_trgm },
  });
  opening.catch(() => undefined);
  const query: Query = async (sql, parameters) =>
    (await (await opening).query(sql, parameters)).rows as never;
  return {
    kind: 'embedded',
    query,
    execute: async (statements) => (await opening).exec(statements),
    listen: (channel, onNotified) =>
      void opening.then(
        (database) => database.listen(channel, onNotified),
        () => undefined,
      ),
    withoutHurry: (work) => work(query),
    async close() {
      await (await opening).close();
      await unlock?.();
    },
  };
}
