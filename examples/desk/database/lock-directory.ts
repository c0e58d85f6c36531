import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { realpath, rm } from 'node:fs/promises';
import { connect, createServer, type Server } from 'node:net';
import { join, relative } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

/** Linux takes 107 bytes of the path of a socket and macOS 103. Node.js cuts the rest off. */
const MAX_PATH_BYTES = 100;
const TAKEOVER_CHECK_MS = 100;

/**
 * Makes sure that one process at a time uses a directory: two would destroy an embedded database.
 *
 * The lock is a local socket, which the system closes with its process. Unlike a lock file, it
 * does not stay after a crash.
 *
 * @returns the function that unlocks it
 * @throws Error with the code `ELOCKED` if another process uses it, `ENAMETOOLONG` if its path is too long
 */
export async function lockDirectory(directory: string): Promise<() => Promise<void>> {
  const path = await socketPath(directory);
  const server = await listen(path).catch((error) => {
    if (error.code !== 'EADDRINUSE') throw error;
    return replaceStale(path, directory);
  });
  server.unref();
  return async () => {
    server.close();
    await once(server, 'close');
  };
}

/** Takes the place of the socket that a crashed desk has left. */
async function replaceStale(path: string, directory: string): Promise<Server> {
  const inUse = Object.assign(new Error(`Another desk is using ${directory}`), { code: 'ELOCKED' });
  if (await answers(path)) throw inUse;
  await rm(path, { force: true });
  const server = await listen(path).catch(() => {
    throw inUse;
  });
  // Another desk may have done the same at the same moment. Then its socket is at the path.
  await delay(TAKEOVER_CHECK_MS);
  let isOwn = false;
  server.once('connection', () => {
    isOwn = true;
  });
  await answers(path);
  await delay(TAKEOVER_CHECK_MS);
  if (isOwn) return server;
  server.close();
  throw inUse;
}

async function listen(path: string): Promise<Server> {
  const server = createServer((socket) => socket.destroy()).listen(path);
  await once(server, 'listening');
  return server;
}

async function socketPath(directory: string): Promise<string> {
  const absolute = await realpath(directory);
  if (process.platform === 'win32') {
    return `\\\\.\\pipe\\desk-${createHash('sha256').update(absolute).digest('hex')}`;
  }
  const [shortest = absolute] = [absolute, relative('', absolute)].sort(
    (a, b) => a.length - b.length,
  );
  const path = join(shortest, 'lock');
  if (Buffer.byteLength(path) <= MAX_PATH_BYTES) return path;
  throw Object.assign(new Error(`${directory} is too long`), { code: 'ENAMETOOLONG' });
}

async function answers(path: string): Promise<boolean> {
  const socket = connect(path);
  try {
    await once(socket, 'connect');
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}
