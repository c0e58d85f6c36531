import { mkdir, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { pg_trgm } from '@electric-sql/pglite/contrib/pg_trgm';
import type { Driver, Query } from './database.js';
import { lockDirectory } from './lock-directory.js';

/** PostgreSQL inside this process, in a directory of its own or, without one, in memory. */
export async function openEmbedded(directory?: string): Promise<Driver> {
  // It will hold personal data, and the database itself leaves its files open to everyone.
  if (directory) await makeDirectory(resolve(directory));
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

/** With all above it, which Node.js itself would try for ever where the system refuses, as in /proc. */
export async function makeDirectory(path: string): Promise<void> {
  const make = () => mkdir(path, { mode: 0o700 });
  try {
    await make().catch(async (error) => {
      if (error.code !== 'ENOENT' || dirname(path) === path) throw error;
      await makeDirectory(dirname(path));
      await make();
    });
  } catch (error) {
    const isThere = (error as NodeJS.ErrnoException).code === 'EEXIST';
    if (!isThere || !(await stat(path)).isDirectory()) throw error;
  }
}
