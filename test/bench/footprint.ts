import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { install } from '../package/install.js';
import { pack } from '../package/tarball.js';
import { median } from './median.js';
import type { Results } from './results.js';
import { formatTable } from './table.js';

/** The most that the import may take, in milliseconds. */
const MOST = 45;

/**
 * Shows what it takes to load the package and to install it, its dependencies included.
 *
 * @returns whether it is loaded fast enough
 */
export async function showFootprint(print: Results['print']): Promise<boolean> {
  const { packages, bytes } = await installedSize();
  const start = median(Array.from({ length: 11 }, timeToStart));
  print('\nFootprint, dependencies included:\n');
  const rows = [
    ['import after Express, and make a handler', `${start.toFixed(0)} ms (at most ${MOST})`],
    ['installed', `${(bytes / 2 ** 20).toFixed(1)} MB in ${packages} packages`],
  ];
  print(formatTable(['', 'cost'], rows));
  return start <= MOST;
}

function timeToStart(): number {
  const program = `
    await import('express');
    const start = performance.now();
    const { copernicaFailures } = await import('copernica-failures');
    copernicaFailures({ onFailure() {} });
    console.log(performance.now() - start);`;
  const output = execFileSync(process.execPath, ['--input-type=module', '--eval', program], {
    encoding: 'utf8',
  });
  return Number(output);
}

async function installedSize(): Promise<{ packages: number; bytes: number }> {
  const folder = mkdtempSync(join(tmpdir(), 'copernica-failures-'));
  try {
    const app = join(folder, 'app');
    await install(app, ['--omit=peer', pack(folder).tarball]);
    const files = readdirSync(join(app, 'node_modules'), {
      recursive: true,
      withFileTypes: true,
    }).filter((entry) => entry.isFile());
    const paths = files.map(({ parentPath, name }) => join(parentPath, name));
    const manifests = paths.filter((path) =>
      /node_modules\/(@[^/]+\/)?[^/]+\/package\.json$/.test(path),
    );
    return {
      packages: manifests.length,
      bytes: paths.reduce((sum, path) => sum + statSync(path).size, 0),
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
