import { mkdir, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { pg_trgm } from '@electric-sql/pglite/contrib/pg_trgm';
import type { Driver } from './driver.js';
import { lockDirectory } from './lock-directory.js';

/**
 * Opens PostgreSQL inside this process: in a directory or, without one, in memory. It has one connection
 * and no time-outs.
 */
export async function openEmbedded(directory?: string): Promise<Driver> {
  // The files will hold personal data, and the database would let everyone read them.
  if (directory) await makeDirectory(resolve(directory));
  const unlock = directory ? await lockDirectory(directory) : undefined;
  // The first start takes seconds. Each query waits for it.
  const opening = PGlite.create({
    ...(directory && { dataDir: join(directory, 'postgres') }),
    extensions: { pg_trgm },
  });
  opening.catch(() => undefined);
  return {
    kind: 'embedded',
    async transaction(work) {
      const database = await opening;
      return database.transaction((connection) =>
        work(
          async (sql, parameters) =>
            (await connection.query(sql, parameters && [...parameters])).rows as never,
          (statements) => connection.exec(statements),
        ),
      );
    },
    async close() {
      await (await opening).close();
      await unlock?.();
    },
  };
}

/** Makes a directory and those above it. `mkdir` with `recursive` loops for ever under /proc. */
export async function makeDirectory(path: string): Promise<void> {
  const make = () => mkdir(path, { mode: 0o700 });
  try {
    await make().catch(async (error) => {
      if (error.code !== 'ENOENT' || dirname(path) === path) throw error;
      await makeDirectory(dirname(path));
      await make();
    });
  } catch (error) {
    const exists = (error as NodeJS.ErrnoException).code === 'EEXIST';
    if (!exists || !(await stat(path)).isDirectory()) throw error;
  }
}
