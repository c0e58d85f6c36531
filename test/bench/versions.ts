import { readFileSync } from 'node:fs';

/** Lists packages with their installed versions, such as "express 5.3.0, zod 4.6.7". */
export function listVersions(packages: readonly string[]): string {
  return packages.map(readVersion).join(', ');
}

/** The name is the package's own, also if it is installed under another one. */
function readVersion(installed: string): string {
  const manifest = new URL(`../../node_modules/${installed}/package.json`, import.meta.url);
  const { name, version } = JSON.parse(readFileSync(manifest, 'utf8'));
  return `${name} ${version}`;
}
