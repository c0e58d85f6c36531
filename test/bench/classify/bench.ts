// npm run bench:classify [-- --quick]: how often and how fast classifyFailure is right.
import { parseArgs } from 'node:util';
import type { classifyFailure as Classify, explainFailure as Explain } from 'copernica-failures';
import { median } from '../median.js';
import { printTable } from '../table.js';
import { type Peer, withPeers } from './peers.js';
import { type LabelledReply, readReplies } from './replies.js';
import { searchSlowest } from './slowest-text.js';

const { values } = parseArgs({
  options: {
    /** No peers, and short runs of the sources: the figures of speed mean nothing. */
    quick: { type: 'boolean', default: false },
  },
});
const build = values.quick ? '../../../lib/index.js' : '../../../dist/index.js';
const { classifyFailure, explainFailure } = (await import(
  new URL(build, import.meta.url).href
)) as { classifyFailure: typeof Classify; explainFailure: typeof Explain };
const start = performance.now();
classifyFailure({ code: 550, description: '550 5.0.0 No reason is given' });
const first = performance.now() - start;
const ours: Peer = { name: 'classifyFailure', classify: classifyFailure };
const FILES = ['first.txt', 'second.txt', 'third.txt', 'fourth.txt'];
const replies = FILES.flatMap(readReplies);

const rightOf = (some: readonly LabelledReply[], { classify }: Peer) =>
  some.filter(({ category, report }) => classify(report) === category).length;

function showAccuracy(peers: Peer[]): void {
  const all = [ours, ...peers];
  const categories = [...new Set(replies.map(({ category }) => category))].sort();
  const row = (title: string, some: readonly LabelledReply[]) => [
    title,
    String(some.length),
    ...all.map((peer) => (rightOf(some, peer) / some.length).toFixed(3)),
  ];
  printTable(
    ['right of', 'replies', ...all.map(({ name }) => name)],
    [
      ...categories.map((each) =>
        row(
          each,
          replies.filter(({ category }) => category === each),
        ),
      ),
      ...FILES.map((file) => row(file, readReplies(file))),
      row('all', replies),
      ['living called dead', '', ...all.map((peer) => String(calledDead(peer)))],
    ],
  );
}

/** Addresses that are neither dead nor closed, and are called dead. */
function calledDead({ classify }: Peer): number {
  const living = replies.filter(
    ({ category }) => category !== 'invalid-address' && category !== 'mailbox-unavailable',
  );
  return living.filter(({ report }) => classify(report) === 'invalid-address').length;
}

/** Microseconds of CPU for the reply in the middle, each the best of some rounds. */
function typicalCost(): number {
  const calls = values.quick ? 5 : 200;
  const cost = ({ report }: LabelledReply) => {
    const rounds = Array.from({ length: values.quick ? 1 : 9 }, () => {
      const start = process.cpuUsage();
      for (let i = 0; i < calls; i++) classifyFailure(report);
      const { user, system } = process.cpuUsage(start);
      return (user + system) / calls;
    });
    return Math.min(...rounds);
  };
  for (const reply of replies) cost(reply);
  return median(replies.map(cost));
}

if (values.quick) showAccuracy([]);
else withPeers(showAccuracy);
const typical = typicalCost();
const slowest = searchSlowest(
  (description, state) => explainFailure({ code: 550, state, description }),
  values.quick ? 2 : 100,
  Math.floor(Math.random() * 2 ** 31),
);
console.log(`\nFirst reply of the process: ${first.toFixed(0)} ms.`);
console.log(`Typical reply: ${typical.toFixed(1)} µs of CPU.`);
console.log(
  `Slowest 64 kB found: ${slowest.milliseconds.toFixed(1)} ms, of ${JSON.stringify(slowest.part)}.`,
);

const targets = {
  'right of all at least 0.95': rightOf(replies, ours) / replies.length >= 0.95,
  'no living address called dead': calledDead(ours) === 0,
  'a typical reply in 5 µs': values.quick || typical <= 5,
  'the slowest in 5 ms': values.quick || slowest.milliseconds <= 5,
};
for (const [target, met] of Object.entries(targets)) {
  console.log(`${met ? 'met   ' : 'MISSED'}  ${target}`);
  if (!met) process.exitCode = 1;
}
