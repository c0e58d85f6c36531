// npm run fuzz [-- --soak COUNT]: the properties on many inputs, or a long load of reports.
// FUZZ_RUNS says how many inputs, FUZZ_SEED repeats a run.
import { parseArgs } from 'node:util';
import { soak } from './soak.js';

const { values } = parseArgs({ options: { soak: { type: 'string' } } });
if (values.soak) await soak(Number(values.soak));
else await tryProperties();

async function tryProperties(): Promise<void> {
  const { PROPERTIES } = await import('./properties.js');
  const { DESK_PROPERTY } = await import('../../examples/desk/test/fuzz/desk.js');
  const numRuns = Number(process.env.FUZZ_RUNS ?? 30_000);
  const seed = Number(process.env.FUZZ_SEED ?? Math.floor(Math.random() * 2 ** 31));
  console.log(`To repeat this run: FUZZ_RUNS=${numRuns} FUZZ_SEED=${seed} npm run fuzz\n`);
  for (const { title, check } of [...PROPERTIES, DESK_PROPERTY]) {
    const start = performance.now();
    try {
      await check({ numRuns, seed });
      console.log(`ok      ${title} (${Math.round((performance.now() - start) / 1000)} s)`);
    } catch (error) {
      console.log(`BROKEN  ${title}\n`, error);
      process.exitCode = 1;
    }
  }
}
