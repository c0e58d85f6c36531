// npm run bench [-- --quick] [-- --strict]: what a report costs, against other ways to receive it, and
// against an earlier build, where BEFORE is the path of its dist/index.js.
import { parseArgs } from 'node:util';
import { compare } from './comparison.js';
import { showFootprint } from './footprint.js';
import { showGrowth } from './growth.js';

const { values } = parseArgs({
  options: {
    /** A few calls to the sources, to see that all works; the figures mean nothing. */
    quick: { type: 'boolean', default: false },
    /** Exit with 1 where a target is missed. */
    strict: { type: 'boolean', default: false },
  },
});

if (!values.quick) process.env.BUILD = new URL('../../dist/index.js', import.meta.url).href;

const start = performance.now();
const met = await compare(values.quick);
const linear = await showGrowth(values.quick);
const quickly = values.quick || (await showFootprint());
console.log(`\nTook ${Math.round((performance.now() - start) / 1000)} s.`);
if (values.strict && !(met && linear && quickly)) process.exitCode = 1;
