// npm run matrix: the packed package on every version of Node and Express that it claims to support,
// and a fresh clone on every one of Node.
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import PQueue from 'p-queue';
import { printTable } from '../bench/table.js';
import { packTarball } from '../tarball.js';
import { IMPORTS, PROGRAM } from './consumer.js';
import { EXPRESS, NODE } from './versions.js';

const run = promisify(execFile);
const ROOT = fileURLToPath(new URL('../..', import.meta.url));
// npm 12 and later install from git only if told so.
const INSTALL = [
  'install',
  '--prefer-offline',
  '--no-audit',
  '--loglevel=error',
  '--allow-git=root',
];

const start = performance.now();
const folder = await mkdtemp(join(tmpdir(), 'copernica-failures-matrix-'));
try {
  const tarball = packTarball(folder);
  const nodes = await Promise.all(NODE.map(installNode));
  const expresses = await Promise.all(EXPRESS.map((version) => installExpress(version, tarball)));
  // Built by npm from what is committed, as for someone who installs it from a repository.
  const repository = `git+${pathToFileURL(ROOT).href}`;
  expresses.push(await installExpress('latest', repository, 'from git, Express'));

  const rows: string[][] = [];
  for (const { title, place, version } of expresses) {
    for (const file of Object.keys(IMPORTS)) {
      const cells = nodes.map(({ binary }) => outcome(runFile(binary, join(place, file))));
      rows.push([`${title} ${version}, ${file}`, ...(await Promise.all(cells))]);
    }
  }
  // To install and build keeps a core busy.
  const queue = new PQueue({ concurrency: availableParallelism() });
  const clones = await queue.addAll(nodes.map((node) => () => outcome(startClone(node))));
  rows.push(['clone, npm install and npm start', ...clones]);
  console.log();
  printTable(['', ...nodes.map(({ version }) => `Node ${version}`)], rows);
  const failed = rows.flat().filter((cell) => cell === 'FAILED').length;
  console.log(`\n${failed} failed. Took ${Math.round((performance.now() - start) / 1000)} s.`);
  if (failed > 0) process.exitCode = 1;
} finally {
  await rm(folder, { recursive: true });
}

/** Installs a binary of Node, from where the npm package `node` takes it. */
async function installNode(wanted: string) {
  const platform = process.platform === 'win32' ? 'win' : process.platform;
  const prefix = platform === 'darwin' && process.arch === 'arm64' ? 'node-bin' : 'node';
  const name = `${prefix}-${platform}-${process.arch}`;
  // Node.js 20 and 22 bring npm 10, which builds a package at other times than later ones do.
  const npm = Number.parseInt(wanted, 10) < 24 ? ['npm@10'] : [];
  const place = await install(`node-${wanted}`, [`${name}@${wanted}`, ...npm]);
  const binary = join(place, 'node_modules', name, 'bin', platform === 'win' ? 'node.exe' : 'node');
  const { stdout } = await run(binary, ['--version']);
  const path = [join(place, 'node_modules/.bin'), dirname(binary), process.env.PATH].join(
    delimiter,
  );
  return { binary, path, version: stdout.trim().slice(1) };
}

async function installExpress(wanted: string, source: string, title = 'Express') {
  const place = await install(`express-${wanted}`, [`express@${wanted}`, source]);
  for (const [file, imports] of Object.entries(IMPORTS)) {
    await writeFile(join(place, file), imports + PROGRAM);
  }
  const manifest = await readFile(join(place, 'node_modules/express/package.json'), 'utf8');
  return { title, place, version: JSON.parse(manifest).version as string };
}

async function install(name: string, packages: readonly string[]): Promise<string> {
  const place = join(folder, name);
  await mkdir(place);
  await writeFile(join(place, 'package.json'), '{ "private": true }');
  await run('npm', [...INSTALL, ...packages], { cwd: place, timeout: 180_000 });
  return place;
}

function runFile(binary: string, program: string) {
  return run(binary, [program], { timeout: 30_000 });
}

/** Does what the README begins with, all on this Node: of what is committed. */
async function startClone({ path, version }: { path: string; version: string }) {
  const cwd = join(folder, `clone-${version}`);
  await run('git', ['clone', '--quiet', ROOT, cwd]);
  const options = { cwd, env: { ...process.env, PATH: path }, timeout: 300_000 };
  await run('npm', INSTALL, options);
  await run('node', ['--import', 'tsx', 'test/matrix/start.ts'], options);
  await rm(cwd, { recursive: true });
}

async function outcome(running: Promise<unknown>): Promise<string> {
  try {
    await running;
    return 'ok';
  } catch (error) {
    console.log(error);
    return 'FAILED';
  }
}
