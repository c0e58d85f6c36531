import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { Agent } from 'node:http';
import { fileURLToPath } from 'node:url';
import { type Call, sendAll } from './load.js';
import type { Usage } from './server.js';

/** What one round of calls cost the server. */
export interface Round {
  /** CPU time per call, in microseconds. */
  cpu: number;
  /** 99th percentile of the time until the answer, in milliseconds. */
  p99: number;
  /** Calls answered per second. */
  rate: number;
  /** Resident, after the round, in bytes. */
  memory: number;
}

/** A contender's server in its own process, and the connections to it. */
export class Contender {
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 10 });

  private constructor(
    readonly name: string,
    private readonly server: ChildProcess,
    private readonly url: string,
  ) {}

  static async start(name: string, environment: NodeJS.ProcessEnv = {}): Promise<Contender> {
    const server = fork(fileURLToPath(new URL('./server.ts', import.meta.url)), [name], {
      execArgv: ['--import', 'tsx', '--disable-warning=COPERNICA_UNVERIFIED'],
      env: { ...process.env, ...environment, NODE_ENV: 'production' },
    });
    const [port] = await Promise.race([once(server, 'message'), failed(server, name)]);
    return new Contender(name, server, `http://127.0.0.1:${port}/copernica/failures`);
  }

  async run(calls: readonly Call[]): Promise<Round> {
    const before = await this.#usage();
    const start = performance.now();
    const durations = await sendAll(this.url, calls, this.#agent);
    const seconds = (performance.now() - start) / 1000;
    const after = await this.#usage();
    return {
      cpu: (after.cpu - before.cpu) / calls.length,
      p99: durations.sort((a, b) => a - b)[Math.floor(durations.length * 0.99)] ?? 0,
      rate: calls.length / seconds,
      memory: after.memory,
    };
  }

  async #usage(): Promise<Usage> {
    this.server.send('usage');
    const [usage] = await once(this.server, 'message');
    return usage;
  }

  async stop(): Promise<void> {
    this.#agent.destroy();
    this.server.disconnect();
    if (this.server.exitCode === null) await once(this.server, 'exit');
  }
}

async function failed(server: ChildProcess, name: string): Promise<never> {
  await once(server, 'exit');
  throw new Error(`The server of ${name} did not start`);
}
