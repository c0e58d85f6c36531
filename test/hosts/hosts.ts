// npm run hosts [-- NAME ...]: the examples of docs/hosts.md on the real hosts, with the packed package.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { printTable } from '../bench/table.js';
import { packTarball } from '../tarball.js';
import { KINDS } from './calls.js';
import { allHosts, type Host } from './host.js';
import { install, installedVersion } from './install.js';
import { type Outcome, prove } from './proof.js';

const start = performance.now();
const wanted = process.argv.slice(2).map((word) => word.toLowerCase());
const hosts = (await allHosts()).filter(
  ({ name }) => wanted.length === 0 || wanted.some((word) => name.toLowerCase().includes(word)),
);
if (hosts.length === 0) throw new Error(`There is no host named ${wanted.join(' or ')}`);

const folder = await mkdtemp(join(tmpdir(), 'copernica-failures-hosts-'));
const troubles: string[] = [];
const rows: string[][] = [];
try {
  const tarball = packTarball(folder);
  const installed = new Map<string, Promise<void>>();
  for (const { group } of hosts) {
    if (installed.has(group)) continue;
    const members = hosts.filter((host) => host.group === group);
    const installing = install(join(folder, group), tarball, members);
    // Each host tells it when its turn comes.
    installing.catch(() => undefined);
    installed.set(group, installing);
  }
  for (const host of hosts) {
    rows.push(await tryHost(host, join(folder, host.group), installed.get(host.group)));
  }
} finally {
  await rm(folder, { recursive: true });
}
console.log(troubles.join('\n'));
printTable(['Host', 'version', ...KINDS.map(({ name }) => name)], rows);
const failed = troubles.length;
const seconds = Math.round((performance.now() - start) / 1000);
console.log(`\n${rows.length} hosts, ${failed} failed. Took ${seconds} s.`);
if (failed > 0) process.exitCode = 1;

async function tryHost(host: Host, place: string, installing?: Promise<void>): Promise<string[]> {
  const begun = performance.now();
  const { results, right, output, version } = await outcomeOf(host, place, installing);
  if (!right) troubles.push(`--- ${host.name}\n${output}`);
  const seconds = ((performance.now() - begun) / 1000).toFixed(1);
  console.log(`${host.name} ${version}: ${right ? 'ok' : 'FAILED'} in ${seconds} s`);
  return [host.name, version, ...KINDS.map(({ name }) => results[name] ?? '-')];
}

async function outcomeOf(
  host: Host,
  place: string,
  installing?: Promise<void>,
): Promise<Outcome & { version: string }> {
  try {
    await installing;
    const testing = join(place, 'node_modules/copernica-failures/dist/testing.js');
    const { createTestSigner } = await import(pathToFileURL(testing).href);
    const version = await installedVersion(place, host);
    const app = join(place, host.name.replaceAll(/\W+/g, '-'));
    const node = [process.execPath];
    return { ...(await prove(host, { folder: app, node, createTestSigner })), version };
  } catch (error) {
    return {
      results: {},
      right: false,
      output: String(Object(error).stderr ?? error),
      version: 'none',
    };
  }
}
