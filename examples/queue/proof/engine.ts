import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Program } from './programs.js';

const exec = promisify(execFile);

/** A real server that queues reports. */
export interface Engine {
  /** The engine with its version, and its client. */
  title: string;
  /** Its receiver and its worker are files that begin with this name. */
  name: string;
  /** The environment variables of its receiver and its worker. */
  environment: Record<string, string>;
  pid(): number;
  /** Starts it, after a crash with the data it had. */
  start(): Promise<void>;
  /** Ends it with SIGKILL. */
  kill(): Promise<void>;
  /** Resolves to how many reports are queued or in work. */
  countPending(): Promise<number>;
  /** Each makes it refuse reports, and resolves to the function that makes it take them again. */
  obstacles: readonly (() => Promise<() => Promise<unknown>>)[];
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
