import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { Vitals } from './vitals.js';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const running = new Set<ChildProcess>();

/** Starts an example as its own process, with nothing in its environment but what is given. */
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
  /** What it has written to its log. */
  output(): string;
  /** How many reports it has stored since it was started. */
  stored(): number;
  /** What its process holds at the moment. */
  vitals(): Promise<Vitals>;
  /** Sends it a signal and waits for its end. */
  end(signal: NodeJS.Signals): Promise<number | null>;
}

export async function startDesk(environment: Record<string, string>): Promise<Desk> {
  const watched = ['--expose-gc', '--import', './test/vitals.ts'];
  const desk = run('server.ts', [], { PORT: '0', ...environment }, watched);
  await until(() => /"The desk is open"/.test(desk.output()) || desk.child.exitCode !== null);
  const [, url] = /"url":"([^"]+)"/.exec(desk.output()) ?? [];
  if (!url) throw new Error(`The desk did not open: ${desk.output()}`);
  return {
    url,
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

/** Ends whatever a test has left running. */
export async function endAll(): Promise<void> {
  const children = [...running];
  for (const child of children) child.kill('SIGKILL');
  await Promise.all(children.map((child) => child.exitCode ?? once(child, 'close')));
}

/** A port that is free at the moment. */
export async function freePort(): Promise<string> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return String(typeof address === 'object' && address?.port);
}

/** Waits until something is so, for a minute at most. */
export async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 60_000;
  while (!(await holds())) {
    if (Date.now() > deadline) throw new Error(`It did not come to be: ${holds}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
