import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { reachableBy, type Settings } from './settings.js';

/** Settings that are allowed but probably a mistake, as sentences for the log. */
export async function warnings(settings: Settings): Promise<string[]> {
  const { COPERNICA_ACCOUNT, DESK_TEST_KEY } = settings;
  const found: string[] = [];
  if (reachableBy(settings) && !COPERNICA_ACCOUNT) {
    found.push(
      'COPERNICA_ACCOUNT is not set: anyone who can reach this desk can report any address as failing. Set it to your account identifier, so that only calls signed by Copernica are accepted.',
    );
  }
  if (DESK_TEST_KEY && !COPERNICA_ACCOUNT) {
    found.push('DESK_TEST_KEY does nothing without COPERNICA_ACCOUNT: no call has to be signed.');
  } else if (DESK_TEST_KEY) {
    const problem = await keyProblem(DESK_TEST_KEY);
    if (problem) found.push(`DESK_TEST_KEY ${resolve(DESK_TEST_KEY)} ${problem}.`);
  }
  return found;
}

/** Only warns: the desk reads the file for each call, so it may be written or corrected later. */
async function keyProblem(file: string): Promise<string | undefined> {
  try {
    JSON.parse(await readFile(file, 'utf8'));
    return undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return 'was not written by `npm run send -- --signed`';
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'ENOENT') return `cannot be read (${code})`;
    return 'does not exist yet: `npm run send -- --signed <account>` writes it';
  }
}
