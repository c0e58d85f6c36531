// Opens the desk with npm start and posts a report to it, as the README says.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const DATA_DIRECTORY = await mkdtemp(join(tmpdir(), 'copernica-failures-start-'));
const desk = spawn('npm', ['start'], {
  cwd: new URL('../../..', import.meta.url),
  env: { ...process.env, DATA_DIRECTORY, PORT: '0' },
  stdio: ['ignore', 'pipe', 'inherit'],
  // A group of its own, so that a signal reaches the desk through npm and its shell.
  detached: true,
});
const closed = once(desk, 'close');
const deadline = setTimeout(() => end('SIGKILL'), 120_000);
try {
  const url = await addressOfDesk();
  const answer = await fetch(`${url}/copernica/failures`, {
    method: 'POST',
    body: new URLSearchParams('id=1001&recipient=jane@example.com&state=rcptto&code=550'),
  });
  assert.equal(`${answer.status} ${await answer.text()}`, '200 OK');
  console.log(`The desk stores a report on Node.js ${process.versions.node}.`);
} finally {
  end('SIGTERM');
  await closed;
  clearTimeout(deadline);
  await rm(DATA_DIRECTORY, { recursive: true });
}

/** Shows the log until the desk is open, and returns its address. */
async function addressOfDesk(): Promise<string> {
  for await (const line of createInterface({ input: desk.stdout })) {
    console.log(line);
    const [, url] = /"url":"([^"]+)".*"The desk is open"/.exec(line) ?? [];
    if (url) return url;
  }
  throw new Error('The desk did not open.');
}

function end(signal: NodeJS.Signals): void {
  if (desk.pid && desk.exitCode === null) process.kill(-desk.pid, signal);
}
