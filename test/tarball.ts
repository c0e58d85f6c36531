import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';

const root = join(import.meta.dirname, '..');
/** Git ignores these folders, apart from its own. */
const LEFT_OUT = new Set(['.git', 'node_modules', 'dist', 'coverage', 'api', 'data']);

/** The package as it was packed. */
interface Packed {
  /** Where the tarball is. */
  tarball: string;
  /** The paths of the files in it, sorted. */
  files: string[];
  /** The bytes that these files take. */
  unpackedSize: number;
}

/** The report of `npm pack --json` on one package. */
interface Report {
  filename: string;
  files: { path: string }[];
  unpackedSize: number;
}

/**
 * Builds and packs the package as `npm publish` would, into a folder.
 *
 * It works on a copy: two tests that build in the same place would disturb each other.
 */
export function pack(folder: string): Packed {
  const copy = mkdtempSync(join(tmpdir(), 'copernica-failures-pack-'));
  try {
    cpSync(root, copy, {
      recursive: true,
      filter: (path) => !LEFT_OUT.has(relative(root, path)),
    });
    symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'), 'junction');
    const output = execFileSync(
      'npm',
      ['pack', '--json', '--loglevel=error', '--pack-destination', folder],
      { cwd: copy, encoding: 'utf8', stdio: 'pipe' },
    );
    // Up to npm 11 a list of packages, then an object of them by name.
    const report: Report[] = Object.values(JSON.parse(output.slice(output.search(/^[[{]/m))));
    const [{ filename, files, unpackedSize }] = report as [Report];
    const paths = files.map(({ path }) => path).sort();
    return { tarball: join(folder, filename), files: paths, unpackedSize };
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}

/** Packs the package, and gives the path of the tarball. */
export function packTarball(folder: string): string {
  return pack(folder).tarball;
}
