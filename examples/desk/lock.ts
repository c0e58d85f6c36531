import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { realpath, rm } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * Makes sure that one process at a time uses a directory: two would destroy an embedded database.
 *
 * The lock is a local socket, which the system closes with its process. Unlike a lock file it holds
 * nobody off after a crash.
 *
 * @returns the function that unlocks it
 */
export async function lockDirectory(directory: string): Promise<() => Promise<void>> {
  const name = createHash('sha256')
    .update(await realpath(directory))
    .digest('hex')
    .slice(0, 32);
  const windows = process.platform === 'win32';
  const path = windows ? `\\\\.\\pipe\\desk-${name}` : join(tmpdir(), `desk-${name}.sock`);
  if (await answers(path)) throw new Error(`Another desk is using ${directory}`);
  if (!windows) await rm(path, { force: true });
  const server = createServer((socket) => socket.destroy()).listen(path);
  await once(server, 'listening');
  server.unref();
  return async () => {
    server.close();
    await once(server, 'close');
  };
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
