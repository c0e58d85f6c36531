import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { killAll, killTree, tree } from './process-tree.js';

/** A program that the proof has started. */
export interface Program {
  pid: number;
  /** Ends it and all that it has started with SIGKILL, as a crash does. */
  kill(): Promise<void>;
  /** Asks it to end with SIGTERM. Rejects if it fails. */
  end(): Promise<void>;
}

const START_TIMEOUT_MS = 60_000;
const running = new Set<number>();
process.on('exit', () => killAll([...running].flatMap(tree)));
for (const signal of ['SIGHUP', 'SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => process.exit(1));
}

/** Starts a program, and waits until it prints that it is ready. */
export async function start(
  command: readonly string[],
  ready: RegExp,
  options: { cwd?: string; env?: NodeJS.ProcessEnv } = {},
): Promise<Program> {
  const [file = '', ...args] = command;
  const child = spawn(file, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
  const closed = once(child, 'close');
  // If it cannot be started, the next line rejects, too.
  closed.catch(() => undefined);
  await once(child, 'spawn');
  const pid = child.pid as number;
  running.add(pid);
  child.once('close', () => running.delete(pid));
  await untilPrinted(child, ready, command.join(' '));
  return {
    pid,
    async kill() {
      await killTree(pid);
      await closed;
    },
    async end() {
      child.kill('SIGTERM');
      const [code] = await closed;
      if (code !== 0) throw new Error(`${command.join(' ')} has ended with code ${code}`);
    },
  };
}

async function untilPrinted(child: ChildProcess, ready: RegExp, name: string): Promise<void> {
  const lines: string[] = [];
  await new Promise<void>((resolve, reject) => {
    const fail = (why: string) => {
      clearTimeout(timer);
      reject(new Error(`${name} ${why}:\n${lines.join('\n')}`));
    };
    const timer = setTimeout(() => fail('was not ready in time'), START_TIMEOUT_MS);
    child.once('close', () => fail('has ended'));
    for (const input of [child.stdout, child.stderr]) {
      createInterface({ input: input as NodeJS.ReadableStream }).on('line', (line) => {
        lines.push(line);
        if (!ready.test(line)) return;
        clearTimeout(timer);
        resolve();
      });
    }
  });
}
