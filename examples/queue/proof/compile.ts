import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { install } from '../../../test/package/install.js';

const ROOT = join(import.meta.dirname, '../../..');
const EXAMPLES = join(ROOT, 'examples/queue/not-run');

/** The first line of each example names one of these clients, with its version. */
const CLIENTS = [
  '@aws-sdk/client-sqs 3.1175.0',
  '@google-cloud/pubsub 5.3.1',
  '@platformatic/kafka 1.35.0',
];

/** Compiles the examples that are not run, against the real clients. Throws if one does not compile. */
export async function compileNotRun(): Promise<void> {
  const packages = CLIENTS.map((client) => client.replace(' ', '@'));
  const files = (await readdir(EXAMPLES)).map((name) => join(EXAMPLES, name));
  for (const file of files) await checkFirstLine(file);
  const folder = await mkdtemp(join(tmpdir(), 'copernica-failures-clients-'));
  try {
    await install(folder, packages);
    await compile(folder, files);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function checkFirstLine(file: string): Promise<void> {
  const [line] = (await readFile(file, 'utf8')).split('\n');
  const right = CLIENTS.some((client) => line === `// Compiled against ${client}; not run.`);
  if (!right) throw new Error(`${file} begins with: ${line}`);
}

async function compile(folder: string, files: string[]): Promise<void> {
  const paths: Record<string, string[]> = { 'copernica-failures': [join(ROOT, 'lib/index.ts')] };
  for (const client of CLIENTS) {
    const [name = ''] = client.split(' ');
    const manifest = join(folder, 'node_modules', name, 'package.json');
    const { types } = JSON.parse(await readFile(manifest, 'utf8'));
    paths[name] = [join(manifest, '..', types)];
  }
  const compilerOptions = {
    checkJs: true,
    // JavaScript cannot say what a parameter or an error is.
    noImplicitAny: false,
    useUnknownInCatchVariables: false,
    paths,
    typeRoots: [join(ROOT, 'node_modules/@types')],
  };
  const settings = { extends: join(ROOT, 'tsconfig.json'), compilerOptions, include: [], files };
  await writeFile(join(folder, 'tsconfig.json'), JSON.stringify(settings));
  const command = [join(ROOT, 'node_modules/typescript/bin/tsc'), '-p', folder];
  await promisify(execFile)(process.execPath, command).catch((failure) => {
    throw new Error(`The examples do not compile:\n${failure.stdout || failure.message}`);
  });
}
