// npm start: opens the desk.
// Imports nothing that an old Node.js could stumble over before it has been told.
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);

if (major < 20 || (major === 20 && minor < 19)) {
  refuse(`Node.js ${process.versions.node} is too old. Install 20.19 or later: https://nodejs.org`);
}
const { openDesk } = await import('./process/open.js');
await openDesk().catch((error) => refuse(error instanceof Error ? error.message : error));

function refuse(reason: unknown): never {
  console.error(`The desk cannot open.\n${reason}`);
  process.exit(1);
}
