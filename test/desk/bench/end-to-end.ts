import { Agent } from 'node:http';
import { encodeReport, pickSample } from '../../../examples/samples.js';
import { sendAll, unsigned } from '../../bench/load.js';
import { median } from '../../bench/median.js';
import { run, startDesk } from '../processes.js';
import { made } from './reports.js';

const CONNECTIONS = 64;

/** Reports per second that are durable once they are answered, at a desk and at the plainest app. */
export async function compareEndToEnd(
  postgres: string,
  { rounds, reports }: { rounds: number; reports: number },
): Promise<{ desk: number; plain: number }> {
  const desk = await startDesk({ DATABASE_URL: postgres });
  const plain = run('../test/desk/bench/plain-app.ts', [postgres]);
  const plainUrl = await new Promise<string>((resolve, reject) => {
    plain.child.stdout?.once('data', (line) => resolve(String(line).trim()));
    void plain.exited.then(() => reject(new Error(`The plain app ended: ${plain.output()}`)));
  });
  const rates = { desk: [] as number[], plain: [] as number[] };
  for (let round = 0; round <= rounds; round += 1) {
    const figures = {
      desk: await rate(`${desk.url}/copernica/failures`, reports),
      plain: await rate(`${plainUrl}/copernica/failures`, reports),
    };
    // The first round warms up.
    if (round === 0) continue;
    rates.desk.push(figures.desk);
    rates.plain.push(figures.plain);
  }
  plain.child.kill('SIGTERM');
  await Promise.all([plain.exited, desk.end('SIGTERM')]);
  return { desk: median(rates.desk), plain: median(rates.plain) };
}

async function rate(url: string, count: number): Promise<number> {
  const calls = Array.from({ length: count }, () => {
    const { id, recipient, tags } = made();
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
