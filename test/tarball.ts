import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

/** Builds and packs the package as `npm publish` would, into a folder, and gives its path. */
export function packTarball(folder: string): string {
  const output = execFileSync(
    'npm',
    ['pack', '--json', '--loglevel=error', '--pack-destination', folder],
    { cwd: new URL('..', import.meta.url), encoding: 'utf8', stdio: 'pipe' },
  );
  const [{ filename }] = JSON.parse(output.slice(output.indexOf('[')));
  return join(folder, filename);
}
