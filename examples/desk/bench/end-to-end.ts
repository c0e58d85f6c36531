import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { Agent } from 'node:http';
import { sendAll, unsigned } from '../../../test/bench/load.js';
import { encodeReport, pickSample } from '../send/samples.js';
import { freePort, until } from '../test/processes.js';
import { makeReport } from './reports.js';

const CONNECTIONS = 64;
/** Rounds before the measurement: V8 compiles both servers meanwhile. */
const WARMING = 2;

/** Reports per second, each committed before its answer, at a desk and at the plainest app. */
export async function compareEndToEnd(
  postgres: string,
  { rounds, reports }: { rounds: number; reports: number },
): Promise<{ desk: number; plain: number }> {
  const desk = await start('server.ts', postgres);
  const plain = await start('bench/plain-app.ts', postgres);
  const rates = { desk: [] as number[], plain: [] as number[] };
  for (let round = 0; round < WARMING + rounds; round += 1) {
    const figures = { desk: await rate(desk.url, reports), plain: await rate(plain.url, reports) };
    if (round < WARMING) continue;
    rates.desk.push(figures.desk);
    rates.plain.push(figures.plain);
  }
  await Promise.all([desk.end(), plain.end()]);
  return { desk: Math.max(...rates.desk), plain: Math.max(...rates.plain) };
}

/** Starts a server in a process of its own. Its log is discarded: to read it would cost time. */
async function start(file: string, postgres: string) {
  const port = await freePort();
  const child = spawn(process.execPath, ['--import', 'tsx', file], {
    cwd: new URL('..', import.meta.url),
    env: { ...process.env, PORT: port, DATABASE_URL: postgres },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const url = `http://127.0.0.1:${port}`;
  await until(() =>
    fetch(`${url}/healthz`).then(
      ({ ok }) => ok,
      () => false,
    ),
  );
  return {
    url: `${url}/copernica/failures`,
    async end(): Promise<void> {
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      await ended;
    },
  };
}

async function rate(url: string, count: number): Promise<number> {
  const calls = Array.from({ length: count }, () => {
    const { id, recipient, tags } = makeReport();
    const time = new Date();
    return unsigned(encodeReport(pickSample(Math.random()), { id, recipient, tags, time }));
  });
  const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });
  const start = performance.now();
  await sendAll(url, calls, agent);
  const seconds = (performance.now() - start) / 1000;
  agent.destroy();
  return count / seconds;
}
