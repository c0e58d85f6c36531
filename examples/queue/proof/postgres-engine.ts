import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { type PostgresServer, runOn } from '../../desk/test/postgres.js';
import type { Engine } from './engine.js';
import { killTree } from './process-tree.js';
import { FOLDER } from './receivers-and-workers.js';

const exec = promisify(execFile);

/** The PostgreSQL that also stores the reports of its lane. */
export async function createPostgresEngine(server: PostgresServer): Promise<Engine> {
  const [{ server_version } = {}] = await runOn(server.url, 'SHOW server_version');
  const env = { ...process.env, DATABASE_URL: server.url };
  const setUp = () => exec(process.execPath, ['postgres-setup.mjs'], { cwd: FOLDER, env });
  await setUp();
  async function deleteQueue() {
    await runOn(server.url, "DELETE FROM pgboss.job WHERE name = 'failures'");
    await runOn(server.url, "SELECT pgboss.delete_queue('failures')");
    return setUp;
  }
  return {
    name: 'postgres',
    title: `PostgreSQL ${server_version} with pg-boss`,
    environment: {},
    pid: () => server.pid() ?? 0,
    start: server.start,
    kill: () => killTree(server.pid() ?? 0),
    obstacles: [deleteQueue],
    async countPending() {
      const rows = await runOn(server.url, "SELECT id FROM pgboss.job WHERE state < 'completed'");
      return rows.length;
    },
  };
}
