import { execFile } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Host } from './host.js';

/** Installs the package and all that hosts need into a folder of their own. */
export async function install(
  folder: string,
  tarball: string,
  hosts: readonly Host[],
): Promise<void> {
  const packages = new Set([
    tarball,
    '@types/node@20',
    ...hosts.flatMap(({ packages = [] }) => packages),
  ]);
  await mkdir(folder);
  await writeFile(join(folder, 'package.json'), '{ "private": true }');
  const options = ['--prefer-offline', '--no-audit', '--no-fund', '--ignore-scripts'];
  await promisify(execFile)('npm', ['install', '--loglevel=error', ...options, ...packages], {
    cwd: folder,
    timeout: 300_000,
  });
}

/** The version of what a host's example is about: of its first package, or of Node.js. */
export async function installedVersion(folder: string, { packages }: Host): Promise<string> {
  const [first] = packages ?? [];
  if (!first || first.startsWith('@types/')) return process.versions.node;
  const name = first.replace(/(?<=.)@.*/, '');
  const manifest = await readFile(join(folder, 'node_modules', name, 'package.json'), 'utf8');
  return JSON.parse(manifest).version;
}
