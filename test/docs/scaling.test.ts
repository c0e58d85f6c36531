import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { SETTINGS } from '../../examples/queue/proof/redis-engine.js';
import { pageAt, root } from './pages.js';
import { appFiles } from './programs.js';

// npm run queue runs these files, and test/replay-stores.test.ts the stores for replays.
const { blocks, prose } = pageAt('docs/scaling.md');
const folder = join(root, 'examples/queue');
const files = ['.', 'not-run'].flatMap((part) =>
  readdirSync(join(folder, part))
    .filter((file) => file.endsWith('.mjs'))
    .map((file) => ({ file, code: readFileSync(join(folder, part, file), 'utf8') })),
);
const shown = blocks.flatMap(({ language, code }) => (language === 'js' ? code : []));

it.each(files)('$file is shown word for word, or named', ({ file, code }) => {
  const [title = ''] = code.split('\n');
  expect(shown.filter((block) => block.startsWith(`${title}\n`) && block !== code)).toEqual([]);
  expect(shown.includes(code) || prose.includes(`\`${file}\``)).toBe(true);
});

it('shows nothing else, and stores as the README does', () => {
  const codes = files.map(({ code }) => code);
  expect(shown.filter((code) => !codes.includes(code))).toEqual([]);
  expect(files.find(({ file }) => file === 'save.mjs')?.code).toBe(appFiles['save.mjs']);
});

it.each(files)('$file can be read at a glance: it has at most 40 lines', ({ code }) => {
  expect(code.trimEnd().split('\n').length).toBeLessThanOrEqual(40);
});

it('asks for the settings of Redis that npm run queue tries', () => {
  const lines = blocks.flatMap(({ code }) => [
    ...code.matchAll(/^redis-cli config set (.*) (.*)$/gm),
  ]);
  const settings = Object.fromEntries(lines.map(([, name, value]) => [name, value]));
  expect(settings).toEqual({ ...SETTINGS, maxmemory: '1gb' });
});

const run = files.filter(({ code }) => !code.includes('; not run.'));
it.each(run)('has the reader install what $file imports', ({ code }) => {
  const imports = [...code.matchAll(/from '(?!node:|\.)([^']+)'/g)].map(([, name]) => name);
  // The README installs the first three.
  const commands = [...prose.matchAll(/`npm install ([^`]+)`/g)].map(([, names]) => names);
  const installed = ['copernica-failures', 'express', 'pg', ...commands.join(' ').split(' ')];
  const names = installed.map((name) => name.replace(/(?<=.)@[\d.]+$/, ''));
  expect(names).toEqual(expect.arrayContaining(imports));
});
