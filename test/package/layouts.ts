import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { INSTALL_OPTIONS, install as installPackages } from './install.js';
import { pack } from './tarball.js';

// npm run layouts: two apps in one workspace use the packed package, each with the types of another major of Express.
// Package managers lay packages out differently: from inside this package, TypeScript can find the
// app's types of Express, other ones, or none.
const TOOLS = [
  'pnpm@12',
  '@yarnpkg/cli-dist@4',
  'bun@1',
  'typescript-5.0@npm:typescript@~5.0.0',
  'typescript@latest',
];
const NPM_INSTALL = ['npm install', ...INSTALL_OPTIONS].join(' ');
const PNPM_INSTALL = 'node ../tools/node_modules/pnpm/bin/pnpm.mjs install --no-frozen-lockfile';
const YARN = 'node ../tools/node_modules/@yarnpkg/cli-dist/bin/yarn.js';
const BUN = '../tools/node_modules/.bin/bun';
const COMPILERS = ['typescript-5.0', 'typescript'].map(
  (name) => `node ../tools/node_modules/${name}/bin/tsc`,
);

/** A package manager, and how it is set. */
interface Layout {
  name: string;
  install: string;
  files?: Record<string, string>;
  /** The commands that run TypeScript 5.0 and the latest version. */
  compilers?: string[];
}

function pnpm(setting = ''): Omit<Layout, 'name'> {
  const settings = `packages: [app-*]\nstoreDir: ./store\n${setting}\n`;
  return { install: PNPM_INSTALL, files: { 'pnpm-workspace.yaml': settings } };
}

const layouts: Layout[] = [
  { name: 'npm', install: NPM_INSTALL },
  { name: 'pnpm', ...pnpm() },
  { name: 'pnpm without hoisting', ...pnpm('hoist: false') },
  { name: 'pnpm with its global virtual store', ...pnpm('enableGlobalVirtualStore: true') },
  {
    name: 'Yarn Plug’n’Play',
    install: `${YARN} install`,
    files: {
      'yarn.lock': '',
      '.yarnrc.yml':
        'enableGlobalCache: false\nenableImmutableInstalls: false\nenableTelemetry: false\n',
      'typescript-5/package.json':
        '{ "name": "typescript-5", "dependencies": { "typescript": "~5.0.0" } }',
      'typescript-6/package.json':
        '{ "name": "typescript-6", "dependencies": { "typescript": "^6.0.0" } }',
    },
    // Only a TypeScript that Yarn has patched finds packages, and Yarn cannot patch version 7.
    compilers: [5, 6].map((major) => `${YARN} workspace typescript-${major} exec tsc -p ..`),
  },
  {
    name: 'Bun with isolated installs',
    install: `${BUN} install --linker isolated --cache-dir cache`,
  },
];

const tsconfig = {
  compilerOptions: {
    target: 'es2022',
    lib: ['es2022'],
    types: ['node'],
    module: 'nodenext',
    strict: true,
    exactOptionalPropertyTypes: true,
    skipLibCheck: false,
    noEmit: true,
  },
  include: ['app-4', 'app-5'],
};

const folder = await mkdtemp(join(tmpdir(), 'copernica-failures-layouts-'));
try {
  const tools = join(folder, 'tools');
  await installPackages(tools, TOOLS);
  await run('node node_modules/bun/install.js', tools);
  const { tarball } = pack(folder);
  const outcomes = await Promise.all(layouts.map((layout) => check(layout, tarball)));
  if (outcomes.includes(false)) process.exitCode = 1;
} finally {
  await rm(folder, { recursive: true, force: true });
}

/** Tells whether the types hold in a layout, and prints what is wrong. */
async function check(layout: Layout, tarball: string): Promise<boolean> {
  const workspace = await install(layout, tarball);
  const found: string[] = [];
  for (const compiler of layout.compilers ?? COMPILERS) {
    found.push(...(await errors(compiler, workspace)).map((error) => `${compiler}: ${error}`));
  }
  console.log(`${layout.name}: ${found.length === 0 ? 'ok' : `FAILED\n${found.join('\n')}`}`);
  return found.length === 0;
}

function run(command: string, cwd: string) {
  const [program = '', ...args] = command.split(' ');
  return promisify(execFile)(program, args, { cwd });
}

/** Writes the workspace, and installs its packages. */
async function install({ name, install, files }: Layout, tarball: string): Promise<string> {
  const workspace = join(folder, name.replaceAll(/\W+/g, '-'));
  const all: Record<string, object | string> = {
    'package.json': {
      private: true,
      workspaces: ['app-*', 'typescript-*'],
      devDependencies: { '@types/node': '^20.0.0' },
    },
    'tsconfig.json': tsconfig,
    ...files,
  };
  const program = await readFile(join(import.meta.dirname, 'app.ts'), 'utf8');
  for (const major of [4, 5]) {
    all[`app-${major}/package.json`] = {
      name: `app-${major}`,
      dependencies: { 'copernica-failures': `file:${tarball}` },
      devDependencies: { '@types/express': `^${major}.0.0` },
    };
    all[`app-${major}/app.mts`] = program;
    all[`app-${major}/app.cts`] = program;
  }
  for (const [path, content] of Object.entries(all)) {
    await mkdir(dirname(join(workspace, path)), { recursive: true });
    const text = typeof content === 'string' ? content : JSON.stringify(content);
    await writeFile(join(workspace, path), text);
  }
  await run(install, workspace);
  return workspace;
}

/** The errors that a compiler finds, apart from those in files of other packages. */
async function errors(compiler: string, workspace: string): Promise<string[]> {
  const output: string = await run(compiler, workspace).then(
    () => '',
    ({ stdout, message }) => stdout || message,
  );
  const found = output.match(/^\S.*(\n .*)*/gm) ?? [];
  return found.filter((error) => {
    const [file = ''] = error.split('(');
    return !file.includes('node_modules/') || file.includes('node_modules/copernica-failures/');
  });
}
