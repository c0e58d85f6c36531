// npm run hosts [-- NAME ...]: the examples of docs/hosts.md on the real hosts, with the packed package.
import { mkdtempSync, rmSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { formatTable } from '../bench/table.js';
import { install } from '../package/install.js';
import { pack } from '../package/tarball.js';
import { compile } from './compile.js';
import { allHosts, type Host } from './host.js';
import { COLUMNS, prove } from './proof.js';

const start = performance.now();
const hosts = chosenFrom(await allHosts(), process.argv.slice(2));
const troubles: string[] = [];
const folder = mkdtempSync(join(tmpdir(), 'copernica-failures-hosts-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(1));

const { tarball } = pack(folder);
const installations = new Map<string, Promise<void>>();
for (const { group } of hosts) {
  if (installations.has(group)) continue;
  const members = hosts.filter((host) => host.group === group);
  const packages = new Set(members.flatMap(({ packages = [] }) => packages));
  const installation = install(join(folder, group), [tarball, '@types/node@20', ...packages]);
  // Each host tells it when its turn comes.
  installation.catch(() => undefined);
  installations.set(group, installation);
}

const rows: string[][] = [];
for (const host of hosts) rows.push(await tryHost(host));
for (const group of installations.keys()) {
  const members = hosts.filter((host) => host.group === group && !host.typescript);
  const apps = members.map((host) => join(folderOf(host), 'app.ts'));
  note(`The examples of ${group} as TypeScript`, await compile(join(folder, group), apps));
}

console.log(troubles.join('\n'));
console.log(formatTable(['Host', 'version', ...COLUMNS], rows));
const seconds = Math.round((performance.now() - start) / 1000);
console.log(`\n${rows.length} hosts, ${troubles.length} troubles. Took ${seconds} s.`);
process.exit(troubles.length > 0 ? 1 : 0);

/** Those whose names have one of the words in them; all of them where there are no words. */
function chosenFrom(all: readonly Host[], words: readonly string[]): Host[] {
  const named = (word: string) =>
    all.filter(({ name }) => name.toLowerCase().includes(word.toLowerCase()));
  const unknown = words.filter((word) => named(word).length === 0);
  if (unknown.length > 0) throw new Error(`There is no host named ${unknown.join(' or ')}`);
  const chosen = new Set(words.flatMap(named));
  return all.filter((host) => words.length === 0 || chosen.has(host));
}

function folderOf({ group, name }: Host): string {
  return join(folder, group, name.replaceAll(/\W+/g, '-'));
}

/** The version of what a host's example is about: of its first package, or of Node.js. */
async function installedVersion(place: string, { packages }: Host): Promise<string> {
  const [first] = packages ?? [];
  if (!first || first.startsWith('@types/')) return process.versions.node;
  const name = first.replace(/(?<=.)@.*/, '');
  const manifest = await readFile(join(place, 'node_modules', name, 'package.json'), 'utf8');
  return JSON.parse(manifest).version;
}

/** Prints how it went with something; what is wrong is told once more at the end. */
function note(what: string, wrong: string): void {
  const seconds = Math.round((performance.now() - start) / 1000);
  console.log(`${String(seconds).padStart(4)} s  ${what}: ${wrong ? 'FAILED' : 'ok'}`);
  if (wrong) troubles.push(`--- ${what}\n${wrong}`);
}

/** A row of the table. */
async function tryHost(host: Host): Promise<string[]> {
  const place = join(folder, host.group);
  let version = 'none';
  let results: Record<string, string> = {};
  try {
    await installations.get(host.group);
    version = await installedVersion(place, host);
    const testing = join(place, 'node_modules/copernica-failures/dist/testing.js');
    const { createTestSigner } = await import(pathToFileURL(testing).href);
    const node = [process.execPath];
    const outcome = await prove(host, { folder: folderOf(host), node, createTestSigner });
    results = outcome.results;
    note(`${host.name} ${version}`, outcome.right ? '' : `It has printed:\n${outcome.output}`);
  } catch (error) {
    note(`${host.name} ${version}`, String(error));
  }
  return [host.name, version, ...COLUMNS.map((column) => results[column] ?? '-')];
}
