import { execFile } from 'node:child_process';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { install } from '../../../test/package/install.js';

const ROOT = join(import.meta.dirname, '../../..');
const EXAMPLES = join(ROOT, 'examples/queue/not-run');

/** The first line of an example: a client and its version. */
const FIRST_LINE = /^\/\/ Compiled against (\S+) (\S+); not run\.\n/;

/**
 * Compiles the examples that are not run, against the real clients, which it installs in a folder. Throws if
 * one does not compile.
 */
export async function compileNotRun(folder: string): Promise<void> {
  const files = (await readdir(EXAMPLES)).map((name) => join(EXAMPLES, name));
  const clients = await Promise.all(files.map(readClient));
  await install(
    folder,
    clients.map(({ name, version }) => `${name}@${version}`),
  );
  await compile(folder, files, clients);
}

interface Client {
  name: string;
  version: string;
}

async function readClient(file: string): Promise<Client> {
  const [, name, version] = FIRST_LINE.exec(await readFile(file, 'utf8')) ?? [];
  if (!name || !version) throw new Error(`The first line of ${file} names no client`);
  return { name, version };
}

async function compile(folder: string, files: string[], clients: Client[]): Promise<void> {
  const paths: Record<string, string[]> = { 'copernica-failures': [join(ROOT, 'lib/index.ts')] };
  for (const { name } of clients) {
    const manifest = join(folder, 'node_modules', name, 'package.json');
    const { types } = JSON.parse(await readFile(manifest, 'utf8'));
    paths[name] = [join(manifest, '..', types)];
  }
  const settings = {
    extends: join(ROOT, 'examples/queue/tsconfig.json'),
    compilerOptions: { paths, typeRoots: [join(ROOT, 'node_modules/@types')] },
    include: [],
    files,
  };
  await writeFile(join(folder, 'tsconfig.json'), JSON.stringify(settings));
  const command = [join(ROOT, 'node_modules/typescript/bin/tsc'), '-p', folder];
  await promisify(execFile)(process.execPath, command).catch((failure) => {
    throw new Error(`The examples do not compile:\n${failure.stdout || failure.message}`);
  });
}
