import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { realpath, rm } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import { join, relative } from 'node:path';

/**
 * Makes sure that one process at a time uses a directory: two would destroy an embedded database.
 *
 * The lock is a local socket, which the system closes with its process. Unlike a lock file it holds
 * nobody off after a crash.
 *
 * @returns the function that unlocks it
 * @throws Error with the code `ELOCKED` if another process uses it
 */
export async function lockDirectory(directory: string): Promise<() => Promise<void>> {
  const path = await socketPath(directory);
  if (await answers(path)) {
    throw Object.assign(new Error(`Another desk is using ${directory}`), { code: 'ELOCKED' });
  }
  if (process.platform !== 'win32') await rm(path, { force: true });
  const server = createServer((socket) => socket.destroy()).listen(path);
  await once(server, 'listening');
  server.unref();
  return async () => {
    server.close();
    await once(server, 'close');
  };
}

async function socketPath(directory: string): Promise<string> {
  const absolute = await realpath(directory);
  if (process.platform === 'win32') {
    return `\\\\.\\pipe\\desk-${createHash('sha256').update(absolute).digest('hex')}`;
  }
  // The path of a socket is at most some hundred characters long.
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
