import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';

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
  await once(child, 'spawn');
  const pid = child.pid as number;
  running.add(pid);
  closed.then(
    () => running.delete(pid),
    () => undefined,
  );
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
  const printed = new Promise<void>((resolve, reject) => {
    const fail = (why: string) => reject(new Error(`${name} ${why}:\n${lines.join('\n')}`));
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
  await printed;
}

/** The process identifiers of a process and of all below it. */
function tree(pid: number): number[] {
  const parents = new Map(processes().map((stat) => [stat.pid, stat.parent]));
  const found = [pid];
  for (const parent of found) {
    for (const [child, of] of parents) if (of === parent) found.push(child);
  }
  return found;
}

/** Ends a process and all below it with SIGKILL, and waits until they are gone. */
export async function killTree(pid: number): Promise<void> {
  const all = tree(pid);
  killAll(all);
  while (all.some(isRunning)) await sleep(5);
}

function killAll(pids: Iterable<number>): void {
  for (const pid of pids) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // It has ended by itself.
    }
  }
}

function isRunning(pid: number): boolean {
  return processes().some((stat) => stat.pid === pid);
}

/** The CPU time that a process and all below it have used, in milliseconds. */
export function cpuMs(pid: number): number {
  const all = new Set(tree(pid));
  // Linux counts in hundredths of a second.
  return processes()
    .filter((stat) => all.has(stat.pid))
    .reduce((sum, { ticks }) => sum + ticks * 10, 0);
}

/** Processes as Linux lists them (proc(5), /proc/[pid]/stat). */
function processes(): { pid: number; parent: number; ticks: number }[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        const stat = readFileSync(`/proc/${name}/stat`, 'latin1');
        // The name of the program, in brackets, may contain blanks.
        const fields = stat
          .slice(stat.lastIndexOf(')') + 2)
          .split(' ')
          .map(Number);
        const [, parent = 0] = fields;
        // utime, stime, and cutime and cstime of children that have ended.
        const ticks = fields.slice(11, 15).reduce((sum, each) => sum + each, 0);
        return [{ pid: Number(name), parent, ticks }];
      } catch {
        return [];
      }
    });
}
