// npm run bench:classify -- [--quick] [--write]: how often and how fast classifyFailure is right.
import type { classifyFailure as Classify, explainFailure as Explain } from 'copernica-failures';
import { median } from '../median.js';
import { readOptions } from '../options.js';
import { createResults } from '../results.js';
import { formatTable } from '../table.js';
import { measureColdStart, measureColdStarts } from './cold-start.js';
import { type Peer, withPeers } from './peers.js';
import { type LabelledReply, readReplies, SETS } from './replies.js';
import { fill, searchSlowest } from './slowest-text.js';

const MOST_MS = { first: 20, second: 3 };
const MOST_MS_OF_SLOWEST = 40;

const { quick, write } = readOptions('npm run bench:classify', [
  // No peers, and short runs of the sources: the figures of speed mean nothing.
  'quick',
  // Write to results.md what is printed.
  'write',
]);
const results = createResults('npm run bench:classify');
const { print } = results;
const build = quick ? '../../../lib/index.js' : '../../../dist/index.js';
const { classifyFailure, explainFailure } = (await import(
  new URL(build, import.meta.url).href
)) as { classifyFailure: typeof Classify; explainFailure: typeof Explain };
const ours: Peer = { name: 'classifyFailure', classify: classifyFailure };
const sets = SETS.map((name) => ({ name, replies: readReplies(name) }));
const replies = sets.flatMap((set) => set.replies);

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
  // Full, disabled or suspended
  const closed = replies.filter(({ category }) => category === 'mailbox-unavailable');
  const table = formatTable(
    ['right of', 'replies', ...all.map(({ name }) => name)],
    [
      ...categories.map((each) =>
        row(
          each,
          replies.filter(({ category }) => category === each),
        ),
      ),
      ...sets.map((set) => row(set.name, set.replies)),
      row('all', replies),
      ['living called dead', '', ...all.map((peer) => String(calledDead(living(replies), peer)))],
      ['full or disabled called dead', '', ...all.map((peer) => String(calledDead(closed, peer)))],
    ],
  );
  print(table);
}

/** The replies about addresses that are neither dead nor closed. */
function living(some: readonly LabelledReply[]): LabelledReply[] {
  return some.filter(
    ({ category }) => category !== 'invalid-address' && category !== 'mailbox-unavailable',
  );
}

function calledDead(some: readonly LabelledReply[], { classify }: Peer): number {
  return some.filter(({ report }) => classify(report) === 'invalid-address').length;
}

/** Which share of the dead is found, by the category alone and with `certain`. */
function showCertainty(): void {
  const dead = replies.filter(({ category }) => category === 'invalid-address');
  const found = dead
    .map(({ report }) => explainFailure(report))
    .filter(({ category }) => category === 'invalid-address');
  const certain = found.filter((explanation) => explanation.certain);
  const share = (some: readonly unknown[]) =>
    `${some.length} (${(some.length / dead.length).toFixed(3)})`;
  print(
    `\nOf ${dead.length} dead addresses, ${share(found)} are found, ${share(certain)} of them certain.`,
  );
}

/** Microseconds of CPU for the reply in the middle, each the best of some rounds. */
function typicalCost(): number {
  const calls = quick ? 5 : 200;
  const cost = ({ report }: LabelledReply) => {
    const rounds = Array.from({ length: quick ? 1 : 9 }, () => {
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

if (quick) showAccuracy([]);
// Without one of the peers, the section would lack a column.
else withPeers(showAccuracy, { required: write });
showCertainty();
const typical = typicalCost();
const slowest = searchSlowest(
  (description, state) => explainFailure({ code: 550, state, description }),
  quick ? 2 : 100,
  Math.floor(Math.random() * 2 ** 31),
);
print(`\nTypical reply: ${typical.toFixed(1)} µs of CPU.`);
print(
  `Slowest 64 kB found: ${slowest.milliseconds.toFixed(1)} ms, of ${JSON.stringify(slowest.part)}.`,
);

const targets: Record<string, boolean> = {
  'right of all at least 0.95': rightOf(replies, ours) / replies.length >= 0.95,
  'no living address called dead, in any set': sets.every(
    (set) => calledDead(living(set.replies), ours) === 0,
  ),
  'a typical reply in 5 µs': quick || typical <= 5,
  'the slowest in 5 ms': quick || slowest.milliseconds <= 5,
};
// The sources compile the wordings at their start, so only the build has a figure.
if (!quick) Object.assign(targets, await showColdStarts());

for (const [target, met] of Object.entries(targets)) {
  print(`${met ? 'met   ' : 'MISSED'}  ${target}`);
  if (!met) process.exitCode = 1;
}
if (write) results.write();

async function showColdStarts(): Promise<Record<string, boolean>> {
  const costs = await measureColdStarts(replies, MOST_MS);
  const long = { code: 550, description: fill(slowest.part) };
  const slow = await measureColdStart(long, long, { first: MOST_MS_OF_SLOWEST, second: Infinity });
  const first = costs.map((cost) => cost.first);
  const second = costs.map((cost) => cost.second);
  const show = (some: number[]) =>
    `${median(some).toFixed(1)}, at most ${Math.max(...some).toFixed(1)}`;
  print(`\nIn a new process, ms of CPU: first reply ${show(first)}; second ${show(second)};`);
  print(`the slowest 64 kB as the first ${slow.first.toFixed(1)}.`);
  return {
    [`the first reply of a process in ${MOST_MS.first} ms`]: Math.max(...first) <= MOST_MS.first,
    [`the second in ${MOST_MS.second} ms`]: Math.max(...second) <= MOST_MS.second,
    [`the slowest text as the first in ${MOST_MS_OF_SLOWEST} ms`]: slow.first <= MOST_MS_OF_SLOWEST,
  };
}
