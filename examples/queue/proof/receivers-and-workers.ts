import { fileURLToPath } from 'node:url';
import { freePort } from '../../desk/test/processes.js';
import { type Program, start } from './programs.js';

/** The folder of the examples. */
export const FOLDER = fileURLToPath(new URL('..', import.meta.url));

/** A receiver or a worker, which can be killed and started again. */
export interface Part {
  pid(): number;
  start(): Promise<void>;
  /** Ends it with SIGKILL. */
  kill(): Promise<void>;
  /** Ends it with SIGTERM, when it has finished what it has begun. */
  end(): Promise<void>;
}

/** A receiver as a user starts it, but for the DNS server that it asks. */
export async function createReceiver(file: string, environment: Record<string, string>) {
  const port = await freePort();
  const command = [process.execPath, '--import', './proof/use-dns.mjs', file];
  const part = createPart(command, /Waiting for reports/, { ...environment, PORT: port });
  return { ...part, url: `http://127.0.0.1:${port}/copernica/failures` };
}

/** A worker as a user starts it. */
export function createWorker(file: string, environment: Record<string, string>): Part {
  return createPart([process.execPath, file], /Waiting for jobs/, environment);
}

function createPart(command: string[], ready: RegExp, environment: Record<string, string>): Part {
  const env = { PATH: process.env.PATH, ...environment };
  let program: Program | undefined;
  return {
    pid: () => program?.pid ?? 0,
    async start() {
      program = await start(command, ready, { cwd: FOLDER, env });
    },
    async kill() {
      await program?.kill();
    },
    async end() {
      await program?.end();
    },
  };
}
