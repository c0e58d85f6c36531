import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'vitest';
import { type Desk, run } from './processes.js';

/**
 * Sends reports as a careful sender does, at full speed, until `finish` is called.
 *
 * @param directory for the list of what was acknowledged
 */
export function sendCarefully(directory: string, desks: Desk[], ...args: string[]) {
  const file = join(directory, 'acknowledged.txt');
  const urls = desks.map(({ url }) => `${url}/copernica/failures`);
  const load = ['--count', '1000000', '--duplicates', '0.1', '--retry', '--give-up', '60'];
  const sender = run('send/send.ts', [...urls, ...load, '--acknowledged', file, ...args]);
  return {
    output: sender.output,
    /** Resolves to the ids that were acknowledged. */
    async finish(): Promise<string[]> {
      sender.child.kill('SIGINT');
      expect(await sender.exited, sender.output()).toBe(0);
      return (await readFile(file, 'utf8')).trim().split('\n').sort();
    },
  };
}
