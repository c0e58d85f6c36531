// Says so where Node.js is too old, before something fails for a reason that nobody would guess.
const { satisfies } = require('semver');
const { engines } = require('../package.json');

const found = process.argv[2] || process.versions.node;

if (!satisfies(found, engines.node, { includePrerelease: true })) {
  // Of `^20.19.0 || >=22.12.0`: `20.19.0, or 22.12.0`.
  const needed = engines.node.replace(/[\^>=]/g, '').replace(' ||', ', or');
  console.error(
    `Install Node.js ${needed} and later, from https://nodejs.org first: this is ${found}.`,
  );
  process.exitCode = 1;
}
