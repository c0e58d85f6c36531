// npm run fuzz: the properties on many inputs. FUZZ_RUNS says how many, FUZZ_SEED repeats a run.
import { PROPERTIES } from './properties.js';

const numRuns = Number(process.env.FUZZ_RUNS ?? 30_000);
const seed = Number(process.env.FUZZ_SEED ?? Math.floor(Math.random() * 2 ** 31));
console.log(`To repeat this run: FUZZ_RUNS=${numRuns} FUZZ_SEED=${seed} npm run fuzz\n`);

for (const { title, check } of PROPERTIES) {
  const start = performance.now();
  try {
    await check({ numRuns, seed });
    console.log(`ok      ${title} (${Math.round((performance.now() - start) / 1000)} s)`);
  } catch (error) {
    console.log(`BROKEN  ${title}\n`, error);
    process.exitCode = 1;
  }
}
