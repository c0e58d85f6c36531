import { existsSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Also the folders of systems that do not have them in the PATH of every user. The first has the programs of
 * RabbitMQ for any user: those of the same names in /usr/sbin are for root.
 */
const FOLDERS = [
  '/usr/lib/rabbitmq/bin',
  ...(process.env.PATH ?? '').split(':'),
  '/usr/sbin',
  '/opt/homebrew/bin',
];

/**
 * Finds a program that a system may lack, under one of its names. Without it, its tests are skipped, with a
 * warning; with REQUIRE_PROGRAMS=1, as in CI, they fail.
 *
 * @param untested the subject of the warning
 * @returns its path; undefined if there is none
 */
export function findProgram(untested: string, ...names: string[]): string | undefined {
  const paths = names.flatMap((name) => FOLDERS.map((folder) => join(folder, name)));
  const found = paths.find((path) => existsSync(path));
  if (!found) {
    const message = `${untested} was not tested: there is no ${names.join(' or ')}`;
    if (process.env.REQUIRE_PROGRAMS) throw new Error(message);
    console.warn(message);
  }
  return found;
}
