import { execFile } from 'node:child_process';
import { access, constants } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import type { Program } from './programs.js';

const exec = promisify(execFile);

/** A real server that queues reports. */
export interface Engine {
  title: string;
  version: string;
  /** Its receiver and its worker are files that begin with this name. */
  name: string;
  /** What its receiver and its worker are started with. */
  environment: Record<string, string>;
  pid(): number;
  /** Starts it, after a crash with the data it had. */
  start(): Promise<void>;
  /** Ends it with SIGKILL. */
  kill(): Promise<void>;
  /** Resolves to how many reports are queued or in work. */
  countPending(): Promise<number>;
  /** Makes it full, and resolves to the function that gives it space again. */
  fill?(): Promise<() => Promise<unknown>>;
}

/** Where Debian installs servers, besides PATH. */
const FOLDERS = ['/usr/lib/rabbitmq/bin', '/usr/sbin'];

export class NotInstalled extends Error {}

/** Finds an installed program, or throws `NotInstalled`. */
export async function find(program: string): Promise<string> {
  for (const folder of [...FOLDERS, ...(process.env.PATH ?? '').split(delimiter)]) {
    const path = join(folder, program);
    try {
      await access(path, constants.X_OK);
      return path;
    } catch {
      // It may be in the next folder.
    }
  }
  throw new NotInstalled(`${program} is not installed`);
}

/** Asks a program for its version. */
export async function readVersion(program: string): Promise<string> {
  const { stdout } = await exec(program, ['--version']);
  return /\d+(\.\d+)+/.exec(stdout)?.[0] ?? stdout.trim();
}

/** Starts the program of an engine, and gives what starts and ends it again. */
export async function startServer(launch: () => Promise<Program>) {
  let program = await launch();
  return {
    pid: () => program.pid,
    async start() {
      program = await launch();
    },
    kill: () => program.kill(),
  };
}
