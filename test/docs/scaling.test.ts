import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { pageAt, root } from './pages.js';
import { appFiles } from './programs.js';

// docs/scaling.md shows the files that npm run queue runs, and those that it compiles.
const folder = join(root, 'examples/queue');
const { blocks, prose } = pageAt('docs/scaling.md');
const shown = blocks.filter(({ language }) => language === 'js');
const files = ['.', 'not-run'].flatMap((part) =>
  readdirSync(join(folder, part))
    .filter((file) => file.endsWith('.mjs'))
    .map((file) => ({ file, code: readFileSync(join(folder, part, file), 'utf8') })),
);

it('shows each file of the examples word for word, but for the one of the README', () => {
  const others = files.filter(({ file }) => file !== 'save.mjs').map(({ code }) => code);
  expect(shown.map(({ code }) => code).toSorted()).toEqual(others.toSorted());
  expect(files.find(({ file }) => file === 'save.mjs')?.code).toBe(appFiles['save.mjs']);
});

it.each(files)('$file has at most 40 lines, and says its name', ({ file, code }) => {
  expect(code.trimEnd().split('\n').length).toBeLessThanOrEqual(40);
  expect(code).toMatch(new RegExp(`^// (${file}|Compiled against .+; not run\\.)\n`));
});

it.each(shown)('$heading: has the reader install what it imports', ({ code, heading }) => {
  const imports = [...code.matchAll(/from '(?!node:|\.)([^']+)'/g)].map(([, name]) => name);
  const installed = [...prose.matchAll(/`npm install ([^`]+)`/g)].flatMap(([, names = '']) =>
    names.split(' ').map((name) => name.replace(/(?<=.)@[\d.]+$/, '')),
  );
  const readme = ['copernica-failures', 'express', 'pg'];
  if (!code.includes('; not run.'))
    expect([...installed, ...readme], heading).toEqual(expect.arrayContaining(imports));
});
