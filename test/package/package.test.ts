import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { copyFile, mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { checkPackage, createPackageFromTarballData } from '@arethetypeswrong/core';
import { publint } from 'publint';
import { satisfies } from 'semver';
import { beforeAll, describe, expect, inject, it, onTestFinished, vi } from 'vitest';
import { createTestSigner } from '../../lib/testing.js';
import { pages } from '../docs/pages.js';
import { serveDns } from '../helpers/dns-server.js';
import { install } from './install.js';
import { packOnce } from './tarball.js';
import { EXPRESS } from './versions.js';

// Tests the package as users get it: packed, and installed next to the first and the latest version of
// each major of Express.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 240_000 });

const root = join(import.meta.dirname, '../..');
const MOST_KILOBYTES = 360;
const names = {
  'copernica-failures': [
    'FailureReportError',
    'classifyFailure',
    'copernicaFailures',
    'createFailureReceiver',
    'explainFailure',
    'failureReportSchema',
  ],
  'copernica-failures/testing': ['createTestSigner'],
  'copernica-failures/web': ['copernicaFailures'],
};

/** Receives a signed report, and prints it with the answer. */
const SERVE = `
async function serve() {
  const signer = createTestSigner({ account: 'account-1' });
  const verify = { account: 'account-1', resolveTxt: signer.resolveTxt };
  const app = express();
  const received = new Promise((resolve) => {
    app.use('/copernica/failures', copernicaFailures({ onFailure: resolve, verify }));
  });
  const server = app.listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', () => resolve(undefined)));
  const url = 'http://127.0.0.1:' + Object(server.address()).port + '/copernica/failures';
  const report = { id: '1001', recipient: 'jane@example.com', state: 'bounce', code: 550 };
  const { status } = await fetch(url, signer.sign(report, { url }));
  console.log(JSON.stringify({ status, report: await received }));
  server.close();
}
serve();
`;

const ESM = `
import express from 'express';
import { copernicaFailures } from 'copernica-failures';
import { createTestSigner } from 'copernica-failures/testing';
`;

const COMMONJS = `
const express = require('express');
const { copernicaFailures } = require('copernica-failures');
const { createTestSigner } = require('copernica-failures/testing');
`;

const javascript = [
  { name: 'ESM', file: 'app.mjs', source: ESM },
  { name: 'CommonJS', file: 'app.cjs', source: COMMONJS },
];

/** How TypeScript finds packages. The first also checks the types of all packages. */
const typescript = [
  {
    name: 'nodenext, as ESM and as CommonJS',
    extensions: ['mts', 'cts'],
    options: { module: 'nodenext', skipLibCheck: false },
  },
  {
    name: 'bundler',
    extensions: ['mts'],
    options: { module: 'esnext', moduleResolution: 'bundler', skipLibCheck: true },
  },
  {
    name: 'node10',
    extensions: ['ts'],
    options: {
      module: 'commonjs',
      moduleResolution: 'node10',
      ignoreDeprecations: '6.0',
      skipLibCheck: true,
    },
  },
];

/** What an app prints. */
const received = {
  status: 200,
  report: {
    id: '1001',
    recipient: 'jane@example.com',
    state: 'bounce',
    code: 550,
    tags: [],
    asynchronous: true,
    severity: 'permanent',
  },
};

const folder = inject('runFolder');
let packed: string[] = [];
let unpackedSize = 0;

async function run(command: string, args: string[], cwd: string): Promise<string> {
  const { stdout } = await promisify(execFile)(command, args, { cwd }).catch((failure) => {
    throw new Error(`${command} ${args.join(' ')}\n${failure.stdout}${failure.stderr}`);
  });
  return stdout;
}

const consumer = (express: string) => join(folder, `express-${express}`);

async function readJson(...path: string[]) {
  return JSON.parse(await readFile(join(...path), 'utf8'));
}

beforeAll(async () => {
  const { tarball, ...contents } = await packOnce(folder);
  packed = contents.files;
  unpackedSize = contents.unpackedSize;
  await Promise.all(
    EXPRESS.map((version) => {
      const types = ['4', '5'].includes(version) ? [`@types/express@${version}`] : [];
      return install(consumer(version), [tarball, `express@${version}`, ...types]);
    }),
  );
});

describe('the packed files', () => {
  it('are the build, package.json, LICENSE and the documentation', async () => {
    const others = packed.filter((path) => !path.startsWith('dist/') && !path.startsWith('docs/'));
    expect(others).toEqual(['CHANGELOG.md', 'LICENSE', 'README.md', 'package.json']);
    const documentation = packed.filter((path) => path.startsWith('docs/'));
    for (const path of documentation) expect(path).toMatch(/^docs\/[\w-]+\.md$/);
    const build = packed.filter((path) => path.startsWith('dist/'));
    for (const path of build) expect(path).toMatch(/^dist\/[\w.-]+\.(js|cjs|d\.ts|d\.cts)$/);
    const { exports } = await readJson(root, 'package.json');
    const targets = [...JSON.stringify(exports).matchAll(/"\.\/(dist\/[^"]+)"/g)];
    expect(build).toEqual(expect.arrayContaining(targets.map(([, target]) => target)));
  });

  it('have all that their pages link to, but for links of the README to the repository', () => {
    const shipped = pages.filter(({ path }) => packed.includes(path));
    const missing = shipped.flatMap(({ path, links }) =>
      links
        .filter((link) => !/^(https?:|mailto:|#)/.test(link))
        .map((link) => join(dirname(path), link.replace(/#.*/, '')))
        .filter((target) => !packed.includes(target))
        .map((target) => `${path}: ${target}`),
    );
    // The page at npm leads these to the repository.
    expect([...new Set(missing)].sort()).toEqual([
      'README.md: CONTRIBUTING.md',
      'README.md: SECURITY.md',
      'README.md: docs/measured.md',
      'README.md: docs/wordings.md',
      'README.md: examples/desk/README.md',
      'README.md: examples/desk/images/desk.png',
    ]);
  });

  it('have exports and types that every resolver finds', async () => {
    const { tarball } = await packOnce(inject('runFolder'));
    const bytes = new Uint8Array(await readFile(tarball)).buffer;
    expect((await publint({ pack: { tarball: bytes }, strict: true })).messages).toEqual([]);
    const types = await checkPackage(createPackageFromTarballData(new Uint8Array(bytes)));
    expect(types).toMatchObject({ types: { kind: 'included' }, problems: [] });
  });

  it(`take at most ${MOST_KILOBYTES} kB`, () => {
    expect(unpackedSize).toBeLessThanOrEqual(MOST_KILOBYTES * 1000);
  });

  it('have the wordings compiled, without their examples', async () => {
    const file = join(consumer('5'), 'node_modules/copernica-failures/dist/classify.cjs');
    const code = await readFile(file, 'utf8');
    expect(code).toContain('nxdomain');
    expect(code).not.toContain('jane@example.com');
  });

  it('are free of side effects', async () => {
    const { sideEffects } = await readJson(
      consumer('5'),
      'node_modules/copernica-failures/package.json',
    );
    expect(sideEffects).toBe(false);
  });
});

describe.each(EXPRESS)('installed with Express %s', (version) => {
  it.each(javascript)('receives a report in $name', async ({ file, source }) => {
    await writeFile(join(consumer(version), file), source + SERVE);
    expect(JSON.parse(await run(process.execPath, [file], consumer(version)))).toEqual(received);
  });

  it('shares the Express that the app has, and brings no install script', async () => {
    const { packages } = await readJson(consumer(version), 'package-lock.json');
    const paths = Object.keys(packages);
    const copies = paths.filter((path) => path.endsWith('node_modules/express'));
    expect(copies).toEqual(['node_modules/express']);
    expect(satisfies(packages['node_modules/express'].version, version)).toBe(true);
    expect(paths.filter((path) => packages[path].hasInstallScript)).toEqual([]);
  });
});

it('exports the same to ESM and CommonJS', async () => {
  for (const load of ['await import', 'require']) {
    const entries = Object.keys(names).map(
      (id) => `['${id}', Object.keys(${load}('${id}')).sort()]`,
    );
    const script = `(async () => console.log(JSON.stringify([${entries}])))()`;
    const exported = JSON.parse(await run(process.execPath, ['-e', script], consumer('5')));
    expect(Object.fromEntries(exported)).toEqual(names);
  }
});

describe.each([
  ['ESM', 'mjs', 'const [load, other] = [(id) => import(id), require];'],
  ['CommonJS', 'cjs', 'const [load, other] = [require, (id) => import(id)];'],
])('the build for %s', (name, extension, loaders) => {
  /** Runs a check of builds.mjs, and gives its result. */
  async function check(call: string): Promise<unknown> {
    const app = consumer('5');
    await copyFile(join(import.meta.dirname, 'builds.mjs'), join(app, 'builds.mjs'));
    const makeRequire = `const require = (await import('node:module')).createRequire(import.meta.url);`;
    const print = `const result = await checks.${call}; console.log(JSON.stringify(result));`;
    const start = `import('./builds.mjs').then(async (checks) => { ${print} });`;
    const lines = [...(name === 'ESM' ? [makeRequire] : []), loaders, start];
    const file = `check-${randomUUID()}.${extension}`;
    await writeFile(join(app, file), lines.join('\n'));
    return JSON.parse(await run(process.execPath, [file], app));
  }

  it.each(['before', 'after'])(
    'asks the DNS that dns.setServers names, called %s the handler is made',
    async (when) => {
      const url = 'https://shop.example.com/copernica/failures';
      const signer = createTestSigner({ account: 'account-1', url });
      const { address: server, close } = await serveDns(signer);
      onTestFinished(close);
      const request = signer.sign({ id: '1', recipient: 'jane@example.com', state: 'rcptto' });
      expect(await check(`checkDns(load, ${JSON.stringify({ server, when, request })})`)).toBe(3);
    },
  );

  it('knows the errors of the other build', async () => {
    expect(await check('checkErrors(load, other)')).toEqual([true, true, true]);
  });

  it('loads body-parser for Express alone, so that a Worker needs none', async () => {
    expect(await check('checkLoading(load)')).toEqual([false, true]);
  });

  it('delivers a report where req.body cannot be written', async () => {
    expect(await check('checkBody(load)')).toEqual([200, true]);
  });
});

describe('in TypeScript, an app', () => {
  it.concurrent.each([
    ...typescript.map((way) => ({ ...way, major: '5' })),
    ...typescript.slice(1, 2).map((way) => ({ ...way, major: '4' })),
  ])('receives a report with Express $major, $name', async ({ major, extensions, options }) => {
    const cwd = await mkdtemp(join(consumer(major), 'typescript-'));
    for (const extension of extensions) {
      await copyFile(join(import.meta.dirname, 'app.ts'), join(cwd, `app.${extension}`));
      await writeFile(join(cwd, `serve.${extension}`), ESM + SERVE);
    }
    const compilerOptions = {
      target: 'es2022',
      lib: ['es2022'],
      strict: true,
      exactOptionalPropertyTypes: true,
      ...options,
    };
    await writeFile(join(cwd, 'tsconfig.json'), JSON.stringify({ compilerOptions }));
    await run(process.execPath, [join(root, 'node_modules/typescript/bin/tsc')], cwd);
    for (const extension of extensions) {
      const program = `serve.${extension.replace(/ts$/, 'js')}`;
      expect(JSON.parse(await run(process.execPath, [program], cwd))).toEqual(received);
    }
  });
});
