import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { Vitals } from './vitals.js';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const running = new Set<ChildProcess>();

/** With this database, a desk opens at once and answers 503. */
export const NO_DATABASE = { DATABASE_URL: 'postgresql://127.0.0.1:1/desk' };

/** Starts a program of the desk with this environment and nothing else in it. */
export function run(
  file: string,
  args: string[],
  environment: Record<string, string> = {},
  options: string[] = [],
) {
  const { PATH = '', TMPDIR = '/tmp' } = process.env;
  const program = ['--import', 'tsx', ...options, file, ...args];
  const child = spawn(process.execPath, program, {
    cwd: ROOT,
    env: { PATH, TMPDIR, ...environment },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  running.add(child);
  const lines: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    if (stream) createInterface({ input: stream }).on('line', (line) => void lines.push(line));
  }
  const exited = once(child, 'close').then(([code]) => {
    running.delete(child);
    return code as number | null;
  });
  return { child, lines, exited, output: () => lines.join('\n') };
}

/** A desk in a process of its own. */
export interface Desk {
  url: string;
  pid: number | undefined;
  /** The log so far. */
  output(): string;
  /** How many reports it has stored so far. */
  stored(): number;
  /** The memory and resources that its process uses now. */
  vitals(): Promise<Vitals>;
  /** Sends a signal, and resolves to the exit code. */
  end(signal: NodeJS.Signals): Promise<number | null>;
}

/** Starts a desk on a free port, and waits until it is open or reports that PostgreSQL is down. */
export async function startDesk(environment: Record<string, string>): Promise<Desk> {
  const options = ['--expose-gc', '--import', './test/vitals.ts'];
  const desk = run('server.ts', [], { PORT: '0', ...environment }, options);
  const started = /"The desk is open"|"DATABASE_URL: /;
  await until(() => started.test(desk.output()) || desk.child.exitCode !== null);
  const [, url] = /"The desk is at ([^"]+)"/.exec(desk.output()) ?? [];
  if (!url || desk.child.exitCode !== null) {
    throw new Error(`The desk did not open: ${desk.output()}`);
  }
  return {
    url,
    pid: desk.child.pid,
    output: desk.output,
    stored: () => desk.lines.filter((line) => line.includes('"stored"')).length,
    async vitals() {
      desk.child.send('vitals');
      const [vitals] = await once(desk.child, 'message');
      return vitals;
    },
    end(signal) {
      desk.child.kill(signal);
      return desk.exited;
    },
  };
}

/** Kills all programs that still run. */
export async function endAll(): Promise<void> {
  const children = [...running];
  for (const child of children) child.kill('SIGKILL');
  await Promise.all(children.map((child) => child.exitCode ?? once(child, 'close')));
}

/** Finds a free port. */
export async function freePort(): Promise<string> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return String(typeof address === 'object' && address?.port);
}

/** Waits until a condition holds, for a minute at most. */
export async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 60_000;
  while (!(await holds())) {
    if (Date.now() > deadline)
      throw new Error(`This did not become true within a minute: ${holds}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
