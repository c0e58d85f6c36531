import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, inject, it } from 'vitest';
import { install } from './install.js';
import { packOnce } from './tarball.js';

// An app on node:http installs the package, TypeScript and the types of Node.js, and no more.
const root = join(import.meta.dirname, '../..');
const folder = join(inject('runFolder'), 'without-express');

beforeAll(async () => {
  const { tarball } = await packOnce(inject('runFolder'));
  await install(folder, [tarball, '@types/node@20'], { type: 'module' });
}, 120_000);

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
