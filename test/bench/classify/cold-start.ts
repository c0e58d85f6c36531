import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { LabelledReply } from './replies.js';

type Report = LabelledReply['report'];

/** Milliseconds of CPU for the first and the second reply of a process. */
export interface ColdStart {
  first: number;
  second: number;
}

/** Other work of the machine makes a process look slower now and then, never faster. */
const TRIES = 4;
const build = fileURLToPath(new URL('../../../dist/index.cjs', import.meta.url));

/** Prints what a new process needs for the reports that it reads, as JSON. */
const PROGRAM = `
const { classifyFailure } = require(process.argv[1]);
const reports = JSON.parse(require('node:fs').readFileSync(0, 'utf8'));
const costs = reports.map((report) => {
  const start = process.cpuUsage();
  classifyFailure(report);
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1000;
});
console.log(JSON.stringify(costs));
`;

/** Measures a new process for each reply, which is its first one, and the second one of the next. */
export async function measureColdStarts(
  replies: readonly LabelledReply[],
  most: ColdStart,
): Promise<ColdStart[]> {
  const costs: ColdStart[] = [];
  for (const [place, { report }] of replies.entries()) {
    const next = replies[(place + 1) % replies.length]?.report ?? report;
    costs.push(await measureColdStart(report, next, most));
  }
  return costs;
}

/** Measures new processes until one needs no more than it may, or until a few have been tried. */
export async function measureColdStart(
  report: Report,
  next: Report,
  most: ColdStart,
): Promise<ColdStart> {
  const best = { first: Infinity, second: Infinity };
  for (let i = 0; i < TRIES && (best.first > most.first || best.second > most.second); i++) {
    const [first = 0, second = 0] = await run([report, next]);
    best.first = Math.min(best.first, first);
    best.second = Math.min(best.second, second);
  }
  return best;
}

async function run(reports: readonly Report[]): Promise<number[]> {
  const running = promisify(execFile)(process.execPath, ['-e', PROGRAM, build]);
  running.child.stdin?.end(JSON.stringify(reports));
  const { stdout } = await running;
  return JSON.parse(stdout);
}
