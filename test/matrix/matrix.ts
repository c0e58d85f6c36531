// npm run matrix: the packed package on every version of Node and Express that it claims to support.
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { printTable } from '../bench/table.js';
import { packTarball } from '../tarball.js';
import { IMPORTS, PROGRAM } from './consumer.js';
import { EXPRESS, NODE } from './versions.js';

const run = promisify(execFile);

const start = performance.now();
const folder = await mkdtemp(join(tmpdir(), 'copernica-failures-matrix-'));
try {
  const tarball = packTarball(folder);
  const nodes = await Promise.all(NODE.map(installNode));
  const expresses = await Promise.all(EXPRESS.map((version) => installExpress(version, tarball)));
  // Built by npm from what is committed, as for someone who installs it from a repository.
  const repository = `git+${new URL('../..', import.meta.url).href}`;
  expresses.push(await installExpress('latest', repository, 'from git, Express'));

  const rows: string[][] = [];
  for (const { title, place, version } of expresses) {
    for (const file of Object.keys(IMPORTS)) {
      const cells = nodes.map(({ binary }) => outcome(binary, join(place, file)));
      rows.push([`${title} ${version}, ${file}`, ...(await Promise.all(cells))]);
    }
  }
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
  const place = await install(`node-${wanted}`, [`${name}@${wanted}`]);
  const binary = join(place, 'node_modules', name, 'bin', platform === 'win' ? 'node.exe' : 'node');
  const { stdout } = await run(binary, ['--version']);
  return { binary, version: stdout.trim().slice(1) };
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
  const options = ['--prefer-offline', '--no-audit', '--loglevel=error'];
  await run('npm', ['install', ...options, ...packages], { cwd: place, timeout: 180_000 });
  return place;
}

async function outcome(binary: string, program: string): Promise<string> {
  try {
    await run(binary, [program], { timeout: 30_000 });
    return 'ok';
  } catch (error) {
    console.log(`${binary} ${program}\n`, error);
    return 'FAILED';
  }
}
