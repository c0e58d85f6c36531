import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

/** A program in a process of its own. */
export interface Running {
  /** All it has printed. */
  output(): string;
  /** Resolves once it accepts connections; rejects if it ends or takes too long. */
  listens(port: number): Promise<void>;
  /** Resolves once it has printed a text so many times; rejects if it ends or takes too long. */
  prints(text: string, times?: number, timeoutMs?: number): Promise<void>;
  /** Resolves to its exit code; ends it if it takes too long. */
  ends(): Promise<number | null>;
  stop(): Promise<void>;
}

/** Milliseconds that each may take. */
const PATIENCE = { build: 180_000, start: 30_000, line: 5000 };
const running = new Set<ChildProcess>();
process.on('exit', () => running.forEach(kill));

/** Starts a program. A first word `node` is the Node.js of the test. */
export function run(command: readonly string[], folder: string, node: readonly string[]): Running {
  const [file = '', ...args] = command[0] === 'node' ? [...node, ...command.slice(1)] : command;
  // Detached makes it the head of a group, so that what it has started itself is ended with it.
  const program = spawn(file, args, { cwd: folder, detached: true, stdio: 'pipe' });
  running.add(program);
  let output = '';
  for (const stream of [program.stdout, program.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  }
  const ended = new Promise<number | null>((resolve) => {
    program.once('close', resolve).once('error', (error) => {
      output += error.message;
      resolve(null);
    });
  });
  let over = false;
  void ended.then(() => {
    over = true;
  });

  /** Asks again and again, since neither an open port nor a line of output can be waited for. */
  async function until(what: string, holds: () => boolean | Promise<boolean>, patience: number) {
    for (const start = Date.now(); Date.now() - start < patience; await pause(20)) {
      if (await holds()) return;
      if (over) throw new Error(`It ended before ${what}`);
    }
    throw new Error(`${what} did not come within ${patience / 1000} s`);
  }

  return {
    output: () => output,
    listens: (port) => until(`port ${port}`, () => accepts(port), PATIENCE.start),
    prints: (text, times = 1, timeoutMs = PATIENCE.line) =>
      until(text, () => output.split(text).length > times, timeoutMs),
    ends: () => Promise.race([ended, pause(PATIENCE.build, null, { ref: false })]),
    async stop() {
      kill(program);
      await ended;
      running.delete(program);
    },
  };
}

function kill({ pid, exitCode, signalCode }: ChildProcess): void {
  if (pid === undefined || exitCode !== null || signalCode !== null) return;
  process.kill(-pid, 'SIGKILL');
}

async function accepts(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1');
  try {
    await once(socket, 'connect');
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}

/** A port that nothing listens on. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}
