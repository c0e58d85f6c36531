import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { root } from '../docs/pages.js';

/** What `tsc` has against examples in a folder, with the types that are installed there. */
export async function compile(folder: string, examples: readonly string[]): Promise<string> {
  if (examples.length === 0) return '';
  const compilerOptions = {
    target: 'es2022',
    module: 'nodenext',
    strict: true,
    skipLibCheck: true,
    noEmit: true,
    experimentalDecorators: true,
    types: ['node'],
  };
  await writeFile(
    join(folder, 'tsconfig.json'),
    JSON.stringify({ compilerOptions, files: examples }),
  );
  const tsc = join(root, 'node_modules/typescript/bin/tsc');
  const compiling = promisify(execFile)(process.execPath, [tsc], { cwd: folder, timeout: 120_000 });
  const { stdout } = await compiling.catch((failure) => failure);
  return stdout;
}
