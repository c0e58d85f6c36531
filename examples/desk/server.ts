#!/usr/bin/env node
// Opens the desk. Checks the version of Node.js first: an old one cannot load the rest of the code.
import { satisfies } from 'semver';
import { engines, version } from './package-folder.js';

const { node } = process.versions;
if (!satisfies(node, engines.node, { includePrerelease: true })) {
  fail(`The desk needs Node.js ${engines.node}, and this is ${node}: see https://nodejs.org.`);
}

const [argument] = process.argv.slice(2);
if (argument === undefined) {
  const { openDesk } = await import('./start.js');
  await openDesk().catch(({ message }: Error) => fail(message));
} else if (argument === '--help') {
  const { helpText } = await import('./settings.js');
  console.log(helpText());
} else if (argument === '--version') {
  console.log(version);
} else {
  fail(`Unknown argument ${argument}: the desk is set by environment variables, see --help.`);
}

/** Ends the process; each line of the text is a problem. */
function fail(text: string): never {
  console.error(text);
  process.exit(1);
}
