import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { freePort } from '../hosts/running.js';
import { curl } from './programs.js';

/** An example that runs, with port 3000 replaced by a free one in all that goes in and out. */
export interface Running {
  /** Resolves once it has printed a text. */
  prints(text: string): Promise<void>;
  /** Resolves to its exit code once it has ended. */
  ends(): Promise<number | null>;
  output(): string;
  url(url: string): string;
  post(body: string, url?: string): Promise<{ status: number; text: string }>;
}

interface Settings {
  /** The port to listen at, instead of a free one. */
  at?: number;
  /** Variables of its environment, besides those of the test; `undefined` takes one away. */
  env?: Record<string, string | undefined>;
}

/** Runs an example in its folder; of one in TypeScript, what it was compiled to. */
export async function run(
  folder: string,
  example: string,
  { at, env }: Settings = {},
): Promise<Running> {
  const port = String(at ?? (await freePort()));
  const file = example.replace(/\.ts$/, '.js');
  const path = join(folder, `${port}-${file}`);
  const code = await readFile(join(folder, file), 'utf8');
  await writeFile(path, code.replaceAll('3000', port));
  const program = spawn(process.execPath, [path], {
    cwd: folder,
    env: { ...process.env, ...env },
  });
  const ended = once(program, 'close');
  onTestFinished(async () => {
    if (program.exitCode === null && program.kill()) await ended;
    await rm(path);
  });

  let output = '';
  const checks = new Set<() => void>();
  for (const stream of [program.stdout, program.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text.replaceAll(port, '3000');
      for (const check of checks) check();
    });
  }
  const prints = (text: string) =>
    new Promise<void>((resolve, reject) => {
      const check = () => output.includes(text) && resolve();
      checks.add(check);
      ended.then(() => reject(new Error(`Ended without printing ${text}:\n${output}`)), reject);
      check();
    });
  return {
    prints,
    ends: () => ended.then(([code]) => code),
    output: () => output,
    url: (url) => url.replaceAll('3000', port),
    async post(body, url = curl().url) {
      const headers = { 'Content-Type': 'application/x-www-form-urlencoded' };
      const response = await fetch(url.replaceAll('3000', port), { method: 'POST', headers, body });
      return { status: response.status, text: await response.text() };
    },
  };
}

/** Holds a port until the test ends, with a server that does this with each connection. */
export async function holdPort(listener: (socket: Socket) => void = () => undefined) {
  const holder = createServer(listener).listen(0, 'localhost');
  onTestFinished(() => void holder.close());
  await once(holder, 'listening');
  return (holder.address() as AddressInfo).port;
}
