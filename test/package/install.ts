import { execFile } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** For npm: the cache first, and no script of a package. */
export const INSTALL_OPTIONS = ['--prefer-offline', '--no-audit', '--no-fund', '--ignore-scripts'];

/** Makes a folder for an app, and installs packages into it, without running their scripts. */
export async function install(
  folder: string,
  packages: readonly string[],
  manifest: object = { private: true },
): Promise<void> {
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'package.json'), JSON.stringify(manifest));
  const arguments_ = ['install', '--loglevel=error', ...INSTALL_OPTIONS, ...packages];
  await promisify(execFile)('npm', arguments_, { cwd: folder, timeout: 300_000 });
}
