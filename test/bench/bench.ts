// npm run bench -- [--quick] [--strict] [--write]: what a report costs, against other ways to receive it,
// and against an earlier build, where BEFORE is the path of its dist/index.js.
import { compare } from './comparison.js';
import { showFootprint } from './footprint.js';
import { showGrowth } from './growth.js';
import { readOptions } from './options.js';
import { createResults } from './results.js';

const { quick, strict, write } = readOptions('npm run bench', [
  // A few calls to the sources, to see that all works; the figures mean nothing.
  'quick',
  // Exit with 1 where a target is missed.
  'strict',
  // Write to results.md what is printed.
  'write',
]);

if (!quick) process.env.BUILD = new URL('../../dist/index.js', import.meta.url).href;

const results = createResults('npm run bench');
const start = performance.now();
const met = await compare(quick, results.print);
const linear = await showGrowth(quick, results.print);
const quickly = quick || (await showFootprint(results.print));
results.print(`\nTook ${Math.round((performance.now() - start) / 1000)} s.`);
if (write) results.write();
if (strict && !(met && linear && quickly)) process.exitCode = 1;
