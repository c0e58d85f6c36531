// npm start: opens the desk.
// Imports nothing that an old Node.js could stumble over before it has been told.
import { satisfies } from 'semver';

const { node } = process.versions;
if (!satisfies(node, '^20.19.0 || >=22.12.0', { includePrerelease: true })) {
  refuse(`Node.js ${node} is too old. Install 20.19, or 22.12 and later: https://nodejs.org`);
}
const { openDesk } = await import('./start.js');
await openDesk().catch((error) => refuse(error instanceof Error ? error.message : error));

function refuse(reason: unknown): never {
  console.error(`The desk cannot open.\n${reason}`);
  process.exit(1);
}
