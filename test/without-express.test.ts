import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { packTarball } from './tarball.js';

// An app on node:http installs the package, TypeScript and the types of Node.js, and no more.
const root = join(import.meta.dirname, '..');
let folder = '';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'copernica-failures-without-express-'));
  const quiet = ['--prefer-offline', '--no-audit', '--no-fund', '--ignore-scripts'];
  const packages = [packTarball(folder), '@types/node@20'];
  await writeFile(join(folder, 'package.json'), '{ "type": "module" }');
  execFileSync('npm', ['install', ...quiet, ...packages], { cwd: folder, stdio: 'pipe' });
}, 120_000);
afterAll(() => rm(folder, { recursive: true, force: true }));

const PROGRAM = `
import { createServer, type IncomingMessage } from 'node:http';
import { copernicaFailures } from 'copernica-failures';

const handler = copernicaFailures({
  onFailure(report, req) {
    const request: IncomingMessage = req;
    console.log(report.id, request.url, (req.body as { id?: string }).id);
    // @ts-expect-error: there is nothing of Express
    console.log(req.ip);
  },
});
const server = createServer((req, res) => handler(req, res, () => res.end()));
server.listen(0, '127.0.0.1', async () => {
  const { port } = server.address() as { port: number };
  const body = new URLSearchParams({ id: '1001', recipient: 'jane@example.com', state: 'bounce' });
  const { status } = await fetch('http://127.0.0.1:' + port + '/failures', { method: 'POST', body });
  console.log(status);
  server.close();
});
`;

describe('installed without Express', () => {
  it('installs nothing of Express', () => {
    for (const name of ['express', '@types/express']) {
      expect(existsSync(join(folder, 'node_modules', name)), name).toBe(false);
    }
  });

  it('compiles with every library checked, and receives a report on node:http', async () => {
    await writeFile(join(folder, 'app.ts'), PROGRAM);
    const compilerOptions = { target: 'es2022', module: 'nodenext', strict: true, types: ['node'] };
    const options = { compilerOptions: { ...compilerOptions, skipLibCheck: false } };
    await writeFile(
      join(folder, 'tsconfig.json'),
      JSON.stringify({ ...options, files: ['app.ts'] }),
    );
    const run = (...command: string[]) =>
      execFileSync(process.execPath, command, { cwd: folder, encoding: 'utf8' });
    expect(run(join(root, 'node_modules/typescript/bin/tsc'))).toBe('');
    expect(run('app.js')).toBe('1001 /failures 1001\nundefined\n200\n');
  });
});
