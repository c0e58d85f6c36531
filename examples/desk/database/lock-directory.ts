import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { realpath, rm } from 'node:fs/promises';
import { connect, createServer, type Server } from 'node:net';
import { join, relative } from 'node:path';

/**
 * Makes sure that one process at a time uses a directory: two would destroy an embedded database.
 *
 * The lock is a local socket, which the system closes with its process. Unlike a lock file, it
 * does not stay after a crash.
 *
 * @returns the function that unlocks it
 * @throws Error with the code `ELOCKED` if another process uses it
 */
export async function lockDirectory(directory: string): Promise<() => Promise<void>> {
  const path = await socketPath(directory);
  const server = await listen(path).catch(async (error) => {
    if (error.code !== 'EADDRINUSE') throw error;
    if (await answers(path)) {
      throw Object.assign(new Error(`Another desk is using ${directory}`), { code: 'ELOCKED' });
    }
    // A desk that crashed has left its socket.
    await rm(path, { force: true });
    return listen(path);
  });
  server.unref();
  return async () => {
    server.close();
    await once(server, 'close');
  };
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
  // Systems limit the path of a socket to about a hundred characters.
  const [shortest = absolute] = [absolute, relative('', absolute)].sort(
    (a, b) => a.length - b.length,
  );
  return join(shortest, 'lock');
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
