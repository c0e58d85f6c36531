// Says so where Node.js is too old, before something fails for a reason that nobody would guess.
const { engines } = require('../package.json');

const needed = engines.node.replace('>=', '');
const found = process.argv[2] || process.versions.node;
const [major, minor] = needed.split('.').map(Number);
const [ownMajor, ownMinor] = found.split('.').map(Number);

if (ownMajor < major || (ownMajor === major && ownMinor < minor)) {
  console.error(
    `Install Node.js ${needed} or later from https://nodejs.org first: this is ${found}.`,
  );
  process.exitCode = 1;
}
