import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestSigner } from '../../lib/testing.js';
import { pageAt, root } from '../docs/pages.js';
import { allHosts, type Host } from './host.js';
import { COLUMNS, prove } from './proof.js';

// The hosts that need no installation, with lib/ as it is; `npm run hosts` tries them all.
const hosts = await allHosts();
const modules = join(root, 'node_modules');
const allRight = Object.fromEntries(COLUMNS.map((column) => [column, 'ok']));

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'copernica-failures-quick-hosts-'));
  await symlink(modules, join(folder, 'node_modules'), 'junction');
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Makes the folder of an app, which has the package from lib/ and its own major of Express. */
async function makePlace({ name, packages = [] }: Host): Promise<string> {
  const place = join(folder, name.replaceAll(/\W+/g, '-'));
  await mkdir(join(place, 'node_modules'), { recursive: true });
  const paths = Object.fromEntries(
    ['index', 'testing', 'web'].map((entry) => [
      entry === 'index' ? 'copernica-failures' : `copernica-failures/${entry}`,
      [join(root, `lib/${entry}.ts`)],
    ]),
  );
  const config = { compilerOptions: { allowJs: true, paths } };
  await writeFile(join(place, 'tsconfig.json'), JSON.stringify(config));
  const express = join(modules, packages.includes('express@4') ? 'express4' : 'express');
  await symlink(express, join(place, 'node_modules/express'), 'junction');
  return place;
}

describe('docs/hosts.md', () => {
  it('has an example for each host, and a host for each example', () => {
    const headings = pageAt('docs/hosts.md').blocks.map(({ heading }) => heading);
    const proven = new Set(hosts.map(({ heading }) => heading));
    // The examples before these are not for one host.
    const shown = new Set(headings.slice(headings.indexOf('Express')));
    expect([...proven].sort()).toEqual([...shown].sort());
  });

  it('says what is wrong with a host that takes everything', async () => {
    const host = hosts.find(({ name }) => name === 'node:http') as Host;
    const taking = `import { createServer } from 'node:http';
createServer((req, res) => res.end()).listen(Number(process.argv[2]), '127.0.0.1');`;
    const start = ['node', 'taking.js', '$PORT'];
    const app = { ...host, name: 'taking', files: { 'taking.ts': taking }, start };
    const node = [process.execPath];
    // It prints nothing, so there is nothing to wait for.
    const place = { folder: join(folder, app.name), node, createTestSigner, lineTimeoutMs: 100 };
    expect(await prove(app, place)).toMatchObject({
      right: false,
      results: {
        signed: '200, delivered 0 times',
        unsigned: '200',
        tampered: '200',
        failing: '200, 200',
        replayed: '200, 200, delivered 0 times',
        ended: 'nothing for 200, 200, 200, 200, 200, 200, 200, 200, 200, 200, 200',
      },
    });
  });

  const quick = hosts.filter((host) => host.quick);
  it.each(quick)('is true of $name', async (host) => {
    const node = [process.execPath, '--import', 'tsx'];
    const { results, output } = await prove(host, {
      folder: await makePlace(host),
      node,
      createTestSigner,
    });
    expect(results, output).toEqual(allRight);
  });
});
