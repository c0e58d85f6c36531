import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { inject } from 'vitest';
import { packOnce } from '../package/tarball.js';
import { type Block, pageAt, pages, root } from './pages.js';

const run = promisify(execFile);

/** An example of a page, as a file that can be run. */
export interface Example extends Block {
  file: string;
}

/** The first line of a file of the README's app, or of one of its parts. */
const FILE_COMMENT = /^\/\/ ([\w-]+\.mjs)(?:, continued)?\n/;

/** The examples for hosts, which import the reader's file `reports.ts`; `npm run hosts` runs them. */
const isForHost = ({ code }: Block) => /from '[./]+reports(\.[jt]s)?'/.test(code);

/** What the pages say is the reader's own, for the examples that use it. */
export const GIVEN = {
  app: "const app = (await import('express')).default();",
  save: "const save = async (report: import('copernica-failures').FailureReport) => console.log(report);",
  suppress: "const suppress = async (recipient: string) => console.log('suppressed', recipient);",
};

export const examples: Example[] = pages
  .flatMap(({ blocks }) => blocks)
  .filter((block) => block.language === 'ts' || (block.language === 'js' && !isModule(block)))
  .filter((block) => !isForHost(block))
  .map((block, index) => ({
    ...block,
    file: `example-${index + 1}.${block.language === 'js' ? 'cjs' : 'ts'}`,
  }));

/** The files of the README's app, which are run together, by the comment in their first line. */
export const appFiles: Record<string, string> = {};
for (const { code } of ['README.md', 'docs/testing.md']
  .flatMap((path) => pageAt(path).blocks)
  .filter(isModule)) {
  const [, file = 'instead of pg'] = FILE_COMMENT.exec(code) ?? [];
  // The README shows app.mjs in two parts.
  appFiles[file] = (appFiles[file] ?? '') + code;
}

function isModule({ language, code }: Block): boolean {
  return language === 'js' && (FILE_COMMENT.test(code) || /^(import|export) /m.test(code));
}

/** The example under a heading of a page. */
export function exampleUnder(page: string, heading: string): Example {
  const found = examples.find((example) => example.page === page && example.heading === heading);
  if (!found) throw new Error(`There is no example under ${heading} in ${page}`);
  return found;
}

/** Which of the reader's own things an example uses and does not define. */
export function givenTo({ code, language }: Block): (keyof typeof GIVEN)[] {
  if (language === 'js') return [];
  const names = Object.keys(GIVEN) as (keyof typeof GIVEN)[];
  return names.filter(
    (name) =>
      new RegExp(`\\b${name}\\b`).test(code.replaceAll(/\/\/.*|'[^'\n]*'/g, '')) &&
      !new RegExp(`(const|function) ${name}\\b`).test(code),
  );
}

/** Whether an example is a server that waits for reports until it is stopped. */
export function isServer({ code, prints }: Block): boolean {
  return code.includes('copernicaFailures(') && prints === undefined;
}

/** An example as a program: with what is the reader's own, and listening if it is mounted only. */
function toProgram(example: Example): string {
  const given = givenTo(example).map((name) => GIVEN[name]);
  const listens = example.code.includes('.listen(') || !isServer(example);
  const listen = "app.listen(3000, 'localhost', () => console.log('Waiting'));\n";
  return [...given, example.code, listens ? 'export {};\n' : listen]
    .slice(0, example.language === 'js' ? -1 : undefined)
    .join('\n');
}

/** An app that has the package installed. */
export interface ExampleApp {
  folder: string;
  remove(): Promise<void>;
}

/** All examples, as the files of an app. */
export const exampleFiles = Object.fromEntries(
  examples.map((example) => [example.file, toProgram(example)]),
);

/** Makes an app of files: with the packed package, and all else that the project has. */
export async function makeExampleApp(files: Record<string, string>): Promise<ExampleApp> {
  const parent = await mkdtemp(join(tmpdir(), 'copernica-failures-docs-'));
  const folder = join(parent, 'app');
  const installed = join(folder, 'node_modules/copernica-failures');
  await mkdir(installed, { recursive: true });
  await symlink(join(root, 'node_modules'), join(parent, 'node_modules'), 'junction');
  const { tarball } = await packOnce(inject('runFolder'));
  await run('tar', ['-xzf', tarball, '-C', installed, '--strip-components=1']);
  const all = { 'package.json': '{ "type": "module" }', ...files };
  for (const [file, text] of Object.entries(all)) await writeFile(join(folder, file), text);
  return { folder, remove: () => rm(parent, { recursive: true, force: true }) };
}

/** Compiles the TypeScript of an app, and gives what the compiler says: nothing if all is well. */
export async function compile({ folder }: ExampleApp): Promise<string> {
  const compilerOptions = {
    paths: {},
    noEmit: false,
    noUnusedLocals: false,
    noUnusedParameters: false,
    typeRoots: [join(root, 'node_modules/@types')],
  };
  const settings = { extends: join(root, 'tsconfig.json'), compilerOptions, include: ['*.ts'] };
  await writeFile(join(folder, 'tsconfig.json'), JSON.stringify(settings));
  const tsc = join(root, 'node_modules/typescript/bin/tsc');
  const { stdout } = await run(process.execPath, [tsc, '-p', folder]).catch((failure) => failure);
  return stdout;
}

/** The request that the README's curl line makes. */
export function curl(): { body: string; url: string } {
  const commands = pageAt('README.md').blocks.map(({ code }) => code.trim());
  const line = commands.find((command) => command.startsWith('curl')) ?? '';
  const [, body = '', url = ''] = /^curl -d "([^"]+)" (\S+)$/.exec(line) ?? [];
  return { body, url };
}
