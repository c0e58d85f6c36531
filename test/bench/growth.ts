import { Contender } from './contender.js';
import { type Call, unsigned } from './load.js';
import { median } from './median.js';
import { bodyOfSize, bodyWithTags } from './reports.js';
import type { Results } from './results.js';
import { formatTable } from './table.js';

/** The cost of one more byte, or tag, may grow by this much from step to step; it is noisy. */
const TOLERANCE = 2;

/**
 * Shows what longer reports cost.
 *
 * @returns whether the cost grows no faster than the report
 */
export async function showGrowth(quick: boolean, print: Results['print']): Promise<boolean> {
  const contender = await Contender.start('ours-node-http');
  const bytes = await grow(contender, [200, 2000, 20_000, 90_000], bodyOfSize, quick);
  const tags = await grow(contender, [1, 10, 100, 1000], bodyWithTags, quick);
  await contender.stop();

  print('\nHow the cost grows with the report (node:http):\n');
  const rows = [...bytes.rows('bytes'), ...tags.rows('tags')];
  print(formatTable(['', 'CPU per call', 'for each one more'], rows));
  print(
    `\nBytes: ${bytes.linear ? 'linear' : 'NOT linear'}. Tags: ${tags.linear ? 'linear' : 'NOT linear'}.`,
  );
  return bytes.linear && tags.linear;
}

async function grow(
  contender: Contender,
  sizes: readonly number[],
  make: (size: number) => string,
  quick: boolean,
) {
  const costs: number[][] = sizes.map(() => []);
  for (let round = quick ? 0 : -3; round < (quick ? 1 : 9); round++) {
    for (const [i, size] of sizes.entries()) {
      const calls: Call[] = Array(quick ? 10 : 200).fill(unsigned(make(size)));
      const { cpu } = await contender.run(calls);
      if (round >= 0) costs[i]?.push(cpu);
    }
  }
  const cpu = costs.map(median);
  const each = sizes.map((size, i) => {
    const [before, cost] = [cpu[i - 1], cpu[i]];
    return before && cost ? (cost - before) / (size - (sizes[i - 1] ?? 0)) : Number.NaN;
  });
  return {
    // Quadratic growth would make the last step four to ten times as dear as the one before it.
    linear: (each.at(-1) ?? 0) <= TOLERANCE * (each.at(-2) ?? 0),
    rows: (unit: string) =>
      sizes.map((size, i) => [
        `${size.toLocaleString('en')} ${unit}`,
        `${cpu[i]?.toFixed(0)} µs`,
        i ? `${each[i]?.toFixed(3)} µs` : '',
      ]),
  };
}
