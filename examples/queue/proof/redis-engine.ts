import { mkdir } from 'node:fs/promises';
import { Queue } from 'bullmq';
import { Redis } from 'ioredis';
import { freePort } from '../../desk/test/processes.js';
import { findProgram } from '../../desk/test/programs.js';
import { type Engine, readVersion, startServer } from './engine.js';
import { start } from './programs.js';

/** The settings that docs/scaling.md asks for, besides the size of the memory. */
export const SETTINGS = {
  appendonly: 'yes',
  appendfsync: 'always',
  'maxmemory-policy': 'noeviction',
};

/** Starts Redis with these settings. */
export async function createRedisEngine(folder: string): Promise<Engine | undefined> {
  const program = findProgram('The queue on Redis', 'redis-server');
  if (!program) return;
  await mkdir(folder);
  const port = await freePort();
  const url = `redis://127.0.0.1:${port}`;
  const place = ['--bind', '127.0.0.1', '--port', port, '--dir', folder, '--save', ''];
  const settings = Object.entries(SETTINGS).flatMap(([name, value]) => [`--${name}`, value]);
  const command = [program, ...place, ...settings];
  const setMemory = async (bytes: string) => {
    const redis = new Redis(url);
    await redis.config('SET', 'maxmemory', bytes);
    await redis.quit();
  };
  async function fill() {
    await setMemory('1');
    return () => setMemory('0');
  }
  return {
    name: 'redis',
    title: `Redis ${await readVersion(program)} with BullMQ`,
    environment: { REDIS_URL: url },
    ...(await startServer(() => start(command, /Ready to accept connections/))),
    async countPending() {
      const queue = new Queue('failures', { connection: { url } });
      const counts = await queue.getJobCounts('wait', 'active', 'delayed');
      await queue.close();
      return Object.values(counts).reduce((sum, count) => sum + count, 0);
    },
    obstacles: [fill],
  };
}
