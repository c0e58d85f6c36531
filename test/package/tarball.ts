import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { setTimeout } from 'node:timers/promises';

const root = join(import.meta.dirname, '../..');
/** Git ignores these folders, apart from its own. */
const LEFT_OUT = new Set(['.git', 'node_modules', 'dist', 'coverage', 'api', 'data']);

/** The package as it was packed. */
export interface Packed {
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
 * It builds in a copy of the project, because something else may be building in the project itself.
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

/** Packs the package for all test files of a run: the first that asks packs, the others wait. */
export async function packOnce(folder: string): Promise<Packed> {
  const result = join(folder, 'packed.json');
  const isFirst = await mkdir(join(folder, 'packing')).then(
    () => true,
    () => false,
  );
  if (isFirst) {
    const packed = await Promise.resolve(folder).then(pack).catch(String);
    await writeFile(`${result}.part`, JSON.stringify(packed));
    await rename(`${result}.part`, result);
  }
  for (;;) {
    const text = await readFile(result, 'utf8').catch(() => undefined);
    const packed: Packed | string | undefined = text && JSON.parse(text);
    if (typeof packed === 'string') throw new Error(packed);
    if (packed) return packed;
    await setTimeout(100);
  }
}
