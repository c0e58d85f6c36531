// Packages that an installation brings although nobody agreed to them, or in another form than agreed.
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { minVersion, satisfies } from 'semver';
import { describe, expect, it } from 'vitest';

/** All that comes with an installation: to let one more in is a decision, made here. */
const RUNTIME_DEPENDENCIES = [
  // direct
  'body-parser',
  'lru-cache',
  'qs',
  'raw-body',
  // of body-parser, and of Express in the same versions
  'bytes',
  'content-type',
  'debug',
  'depd',
  'ee-first',
  'http-errors',
  'iconv-lite',
  'inherits',
  'media-typer',
  'mime-db',
  'mime-types',
  'ms',
  'on-finished',
  'safer-buffer',
  'setprototypeof',
  'statuses',
  'toidentifier',
  'type-is',
  'unpipe',
  // of qs
  'async-function',
  'async-generator-function',
  'call-bind-apply-helpers',
  'call-bound',
  'dunder-proto',
  'es-define-property',
  'es-errors',
  'es-object-atoms',
  'function-bind',
  'generator-function',
  'get-intrinsic',
  'get-proto',
  'gopd',
  'has-symbols',
  'hasown',
  'math-intrinsics',
  'object-inspect',
  'side-channel',
  'side-channel-list',
  'side-channel-map',
  'side-channel-weakmap',
];
const MAX_MEGABYTES = 5;

interface LockedPackage {
  integrity?: string;
  dependencies?: Record<string, string>;
  engines?: { node?: string };
  /** A workspace, or the package itself where a workspace uses it. */
  link?: boolean;
  resolved?: string;
  hasInstallScript?: boolean;
}

const root = join(import.meta.dirname, '../..');
const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as {
  packages: Record<string, LockedPackage>;
};
const runtime = [...dependenciesOf('')].flatMap((path) =>
  Object.entries(packages).filter(([locked]) => locked === path),
);

/** The paths of all that a locked package depends on, and of what that depends on. */
function dependenciesOf(path: string, found = new Set<string>()): Set<string> {
  for (const name of Object.keys(packages[path]?.dependencies ?? {})) {
    const dependency = [`${path}/node_modules/${name}`, `node_modules/${name}`].find(
      (candidate) => candidate in packages,
    );
    if (!dependency || found.has(dependency)) continue;
    dependenciesOf(dependency, found.add(dependency));
  }
  return found;
}

describe('what is installed with the package', () => {
  it('is what was agreed, by name', () => {
    const names = runtime.map(([path]) => path.replace(/^.*node_modules\//, ''));
    expect(names.toSorted()).toEqual(RUNTIME_DEPENDENCIES.toSorted());
  });

  it(`takes at most ${MAX_MEGABYTES} MB`, () => {
    const sizes = runtime.map(([path]) => ({ path, bytes: sizeOf(join(root, path)) }));
    const total = sizes.reduce((sum, { bytes }) => sum + bytes, 0);
    const listing = sizes.map(({ path, bytes }) => `${path} ${Math.ceil(bytes / 1024)} kB`);
    expect(total, listing.join('\n')).toBeLessThan(MAX_MEGABYTES * 2 ** 20);
  });

  it('runs no scripts when it is installed', () => {
    expect(runtime.filter(([, { hasInstallScript }]) => hasInstallScript)).toEqual([]);
    const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
    expect(scripts).not.toHaveProperty('preinstall');
    expect(scripts).not.toHaveProperty('install');
    expect(scripts).not.toHaveProperty('postinstall');
  });
});

describe('what is installed to work on the package', () => {
  // Else npm 12 runs no script of theirs, and PostgreSQL does not start.
  it('has its install scripts allowed or denied', () => {
    const { allowScripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
    const scripted = Object.entries(packages).filter(
      ([, { hasInstallScript }]) => hasInstallScript,
    );
    const names = scripted.map(([path]) => path.replace(/^.*node_modules\//, ''));
    expect(Object.keys(allowScripts ?? {}).toSorted()).toEqual([...new Set(names)].toSorted());
  });

  // Else npm warns of EBADENGINE in the first minute.
  it('runs on the first Node.js of each range that the package runs on', () => {
    const ranges = packages['']?.engines?.node?.split('||') ?? [];
    const firsts = ranges.flatMap((range) => minVersion(range) ?? []);
    expect(firsts).toHaveLength(2);
    // Parts in WebAssembly are for browsers: npm installs and warns of none.
    const others = Object.entries(packages).filter(
      ([path, { engines }]) =>
        !path.includes('wasm') && !firsts.every((first) => satisfies(first, engines?.node ?? '*')),
    );
    expect(others.map(([path, { engines }]) => `${path} ${engines?.node}`)).toEqual([]);
  });
});

it('is locked by the digest of each package, those of development too', () => {
  const own = [
    '',
    ...Object.values(packages).flatMap(({ link, resolved }) => (link && resolved) || []),
  ];
  const open = Object.entries(packages).filter(
    ([path, { integrity, link }]) => !integrity && !link && !own.includes(path),
  );
  expect(open.map(([path]) => path)).toEqual([]);
});

/** The files of a package, without those of packages within it. */
function sizeOf(folder: string): number {
  return readdirSync(folder, { withFileTypes: true })
    .filter(({ name }) => name !== 'node_modules')
    .map((entry) => {
      const path = join(folder, entry.name);
      return entry.isDirectory() ? sizeOf(path) : statSync(path).size;
    })
    .reduce((sum, bytes) => sum + bytes, 0);
}
