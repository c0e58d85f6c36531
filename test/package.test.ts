import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { pages } from './docs/pages.js';

// What others get: the packed package, installed from the tarball next to each major of Express.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 240_000 });

const root = join(import.meta.dirname, '..');
const majors = [4, 5];
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

/** Fails to compile if a type is not what it should be. */
const TYPES = `
import express from 'express';
import {
  copernicaFailures,
  FailureReportError,
  failureReportSchema,
  classifyFailure,
  createFailureReceiver,
  explainFailure,
  type CopernicaFailuresOptions,
  type FailureCategory,
  type FailureContext,
  type FailureExplanation,
  type FailureReceiverOptions,
  type FailureReport,
  type FailureReportErrorCode,
  type FailureSeverity,
  type FailureRequest,
  type NonceStore,
  type ReportProblem,
  type RequestHeaders,
  type VerifyOptions,
} from 'copernica-failures';
import { createTestSigner } from 'copernica-failures/testing';
import { copernicaFailures as webFailures, type WebFailuresOptions } from 'copernica-failures/web';

type Same<A, B> =
  (<T>() => T extends A ? 1 : 2) extends (<T>() => T extends B ? 1 : 2) ? true : false;
type Callback = CopernicaFailuresOptions['onFailure'];
const request: Same<Parameters<Callback>[1], express.Request> = true;
const report: Same<Parameters<Callback>[0], FailureReport> = true;
const code: Same<FailureReport['code'], number | undefined> = true;
const severity: Same<FailureReport['severity'], FailureSeverity> = true;
const errorCode: Same<FailureReportError['code'], FailureReportErrorCode> = true;
const problems: Same<FailureReportError['problems'], ReportProblem[] | undefined> = true;
const required: Same<(typeof failureReportSchema)['required'][0], 'id'> = true;
const category: Same<ReturnType<typeof classifyFailure>, FailureCategory> = true;
const verify: VerifyOptions = { account: ['account-1'], nonces: new Map() satisfies NonceStore };
const explanation: Same<ReturnType<typeof explainFailure>, FailureExplanation> = true;
const receive: Same<ReturnType<typeof createFailureReceiver>, (request: FailureRequest) => Promise<void>> = true;
const context: Same<Parameters<FailureReceiverOptions['onFailure']>[1], FailureContext> = true;
const headers: RequestHeaders[] = [{ Host: ['a'], 'Content-Length': 1 }, new Headers(), [['Host', 'a']]];
const web: (request: Request) => Promise<Response> = webFailures({
  onFailure: ({ id }, { request, variables }) => [id, request.url, variables.fields],
  onRefused: ({ code }, request) => [code, request.headers],
} satisfies WebFailuresOptions);
void [explanation, receive, context, headers, web];
void [category, verify, request, report, code, severity, errorCode, problems, required];

const handler = copernicaFailures({ onFailure: async ({ tags }, req) => [tags, req.originalUrl] });
express().post('/', handler).all('/', handler).use(handler);
express.Router().route('/').post(handler);
// @ts-expect-error onFailure is required
void (() => copernicaFailures({}));
// @ts-expect-error there is no such option
void (() => copernicaFailures({ onFailure() {}, limits: 1 }));
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

const typescript = [
  {
    name: 'nodenext, as ESM and as CommonJS',
    files: ['app.mts', 'app.cts'],
    options: { module: 'nodenext' },
  },
  {
    name: 'bundler',
    files: ['app.mts'],
    options: { module: 'esnext', moduleResolution: 'bundler' },
  },
  {
    name: 'node10',
    files: ['app.ts'],
    options: { module: 'commonjs', moduleResolution: 'node10', ignoreDeprecations: '6.0' },
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

let folder = '';
let packed: string[] = [];

async function run(command: string, args: string[], cwd: string): Promise<string> {
  const { stdout } = await promisify(execFile)(command, args, { cwd }).catch((failure) => {
    throw new Error(`${command} ${args.join(' ')}\n${failure.stdout}${failure.stderr}`);
  });
  return stdout;
}

const consumer = (major: number) => join(folder, `express-${major}`);

async function readJson(...path: string[]) {
  return JSON.parse(await readFile(join(...path), 'utf8'));
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'copernica-failures-package-'));
  const report = await run('npm', ['pack', '--json', '--pack-destination', folder], root);
  const [{ filename, files }] = JSON.parse(report);
  packed = files.map(({ path }: { path: string }) => path).sort();
  await Promise.all(
    majors.map(async (major) => {
      const packages = [join(folder, filename), `express@${major}`, `@types/express@${major}`];
      const quiet = ['--prefer-offline', '--no-audit', '--no-fund', '--ignore-scripts'];
      const target = ['--prefix', consumer(major)];
      await run('npm', ['install', ...quiet, ...target, ...packages], folder);
    }),
  );
});

afterAll(() => rm(folder, { recursive: true, force: true }));

describe('the packed files', () => {
  it('are the build, package.json, LICENSE and the documentation', async () => {
    const others = packed.filter((path) => !path.startsWith('dist/') && !path.startsWith('docs/'));
    expect(others).toEqual([
      'CHANGELOG.md',
      'CONTRIBUTING.md',
      'LICENSE',
      'README.md',
      'SECURITY.md',
      'examples/desk/README.md',
      'package.json',
    ]);
    const documentation = packed.filter((path) => path.startsWith('docs/'));
    for (const path of documentation) expect(path).toMatch(/^docs\/[\w-]+\.(md|png)$/);
    const build = packed.filter((path) => path.startsWith('dist/'));
    for (const path of build) expect(path).toMatch(/^dist\/[\w.-]+\.(js|cjs|d\.ts|d\.cts)$/);
    const { exports } = await readJson(root, 'package.json');
    const targets = [...JSON.stringify(exports).matchAll(/"\.\/(dist\/[^"]+)"/g)];
    expect(build).toEqual(expect.arrayContaining(targets.map(([, target]) => target)));
  });

  it('have all that their pages link to and show', () => {
    for (const { path, links } of pages.filter((page) => packed.includes(page.path))) {
      for (const link of links.filter((target) => !/^(https?:|mailto:|#)/.test(target))) {
        expect(packed, path).toContain(join(dirname(path), link.replace(/#.*/, '')));
      }
    }
  });

  it('are free of side effects', async () => {
    const { sideEffects } = await readJson(
      consumer(5),
      'node_modules/copernica-failures/package.json',
    );
    expect(sideEffects).toBe(false);
  });
});

it('is not published while the page at npm would miss its pictures and links', async () => {
  const { repository } = await readJson(root, 'package.json');
  const publish = run('npm', ['run', '--silent', 'prepublishOnly'], root);
  if (repository) await publish;
  else await expect(publish).rejects.toThrow('Set "repository" in package.json');
});

describe.each(majors)('installed with Express %i', (major) => {
  it('shares the Express that the app has', async () => {
    const { packages } = await readJson(consumer(major), 'package-lock.json');
    const copies = Object.keys(packages).filter((path) => path.endsWith('node_modules/express'));
    expect(copies).toEqual(['node_modules/express']);
    expect(packages['node_modules/express'].version).toMatch(new RegExp(`^${major}\\.`));
    expect(packages['node_modules/@types/express'].version).toMatch(new RegExp(`^${major}\\.`));
  });

  it('brings no package with an install script', async () => {
    const { packages } = await readJson(consumer(major), 'package-lock.json');
    const scripted = Object.keys(packages).filter((path) => packages[path].hasInstallScript);
    expect(scripted).toEqual([]);
  });

  it.each(Object.entries(names))(
    'exports the same from %s to ESM and CommonJS',
    async (id, all) => {
      for (const exported of [`await import('${id}')`, `require('${id}')`]) {
        const script = `(async () => console.log(JSON.stringify(Object.keys(${exported}).sort())))()`;
        expect(JSON.parse(await run(process.execPath, ['-e', script], consumer(major)))).toEqual(
          all,
        );
      }
    },
  );

  it.each(javascript)('receives a report in $name', async ({ file, source }) => {
    await writeFile(join(consumer(major), file), source + SERVE);
    expect(JSON.parse(await run(process.execPath, [file], consumer(major)))).toEqual(received);
  });

  it.concurrent.each(typescript)(
    'receives a report in TypeScript, $name',
    async ({ files, options }) => {
      const cwd = await mkdtemp(join(consumer(major), 'typescript-'));
      for (const file of files) await writeFile(join(cwd, file), TYPES + SERVE);
      const compilerOptions = {
        target: 'es2022',
        lib: ['es2022'],
        strict: true,
        skipLibCheck: false,
        ...options,
      };
      await writeFile(join(cwd, 'tsconfig.json'), JSON.stringify({ compilerOptions, files }));
      await run(process.execPath, [join(root, 'node_modules/typescript/bin/tsc')], cwd);
      for (const file of files) {
        const output = await run(process.execPath, [file.replace(/ts$/, 'js')], cwd);
        expect(JSON.parse(output)).toEqual(received);
      }
    },
  );
});
