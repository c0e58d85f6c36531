import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { reachableBy, type Settings } from './settings.js';

/** What the settings allow but hardly anyone means. */
export async function warnings(settings: Settings): Promise<string[]> {
  const { COPERNICA_ACCOUNT, DESK_TEST_KEY } = settings;
  const found: string[] = [];
  if (reachableBy(settings) && !COPERNICA_ACCOUNT) {
    found.push(
      'COPERNICA_ACCOUNT is not set: whoever reaches this desk can report any address as failing. Set it to your account identifier, so that only calls signed by Copernica are taken.',
    );
  }
  if (DESK_TEST_KEY && !COPERNICA_ACCOUNT) {
    found.push('DESK_TEST_KEY does nothing without COPERNICA_ACCOUNT: no call has to be signed.');
  } else if (DESK_TEST_KEY) {
    const trouble = await keyTrouble(DESK_TEST_KEY);
    if (trouble) found.push(`DESK_TEST_KEY ${resolve(DESK_TEST_KEY)}: ${trouble}`);
  }
  return found;
}

/** The file is read anew for each call, so it may come, or be mended, later. */
async function keyTrouble(file: string): Promise<string | undefined> {
  try {
    JSON.parse(await readFile(file, 'utf8'));
    return undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return 'It is not what `npm run send -- --signed` writes.';
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'ENOENT') return `It cannot be read (${code}).`;
    return 'There is no such file yet. `npm run send -- --signed <account>` writes it.';
  }
}
