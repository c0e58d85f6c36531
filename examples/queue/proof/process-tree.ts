import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

/** The process identifiers of a process and of all below it. */
export function tree(pid: number): number[] {
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
  while (processes().some(({ pid }) => all.includes(pid))) await sleep(5);
}

export function killAll(pids: Iterable<number>): void {
  for (const pid of pids) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // It has ended by itself.
    }
  }
}

/** The CPU time that a process and all below it have used, in milliseconds. */
export function cpuMs(pid: number): number {
  const all = new Set(tree(pid));
  // Linux counts in hundredths of a second.
  return processes()
    .filter((stat) => all.has(stat.pid))
    .reduce((sum, { ticks }) => sum + ticks * 10, 0);
}

/** Processes as Linux lists them (proc(5), /proc/[pid]/stat), but for those that have ended. */
function processes(): { pid: number; parent: number; ticks: number }[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        const stat = readFileSync(`/proc/${name}/stat`, 'latin1');
        // The name of the program, in brackets, may contain blanks.
        const [state, ...fields] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
        if (state === 'Z') return [];
        // utime, stime, and cutime and cstime of children that have ended.
        const ticks = fields.slice(10, 14).reduce((sum, each) => sum + Number(each), 0);
        return [{ pid: Number(name), parent: Number(fields[0]), ticks }];
      } catch {
        return [];
      }
    });
}
