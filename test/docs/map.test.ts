import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { pageAt, root } from './pages.js';

/** The paths that the map of CONTRIBUTING.md names; a line belongs to the folder it is indented under. */
function mapped(): string[] {
  const { blocks } = pageAt('CONTRIBUTING.md');
  const map = blocks.find(({ heading }) => heading === 'Map of the files')?.code ?? '';
  const folders: string[] = [];
  return map.split('\n').flatMap((line) => {
    const [, indent = '', names = ''] =
      /^( *)([\w-]+[./][\w./-]*(?:, [\w-]+[./][\w./-]*)*)/.exec(line) ?? [];
    const depth = indent.length / 2;
    const paths = names.split(', ').map((name) => join(folders.slice(0, depth).join(''), name));
    if (names) folders[depth] = names;
    return names ? paths : [];
  });
}

it('names files and folders that exist', () => {
  expect(mapped().length).toBeGreaterThan(30);
  expect(mapped().filter((path) => !existsSync(join(root, path)))).toEqual([]);
});

it.each(['lib', 'test'])('leaves out no folder of %s, and no file of lib', (folder) => {
  const entries = readdirSync(join(root, folder), { withFileTypes: true });
  const paths = entries
    .filter((entry) => entry.isDirectory() || folder === 'lib')
    .map((entry) => `${folder}/${entry.name}${entry.isDirectory() ? '/' : ''}`);
  expect(paths.filter((path) => !mapped().includes(path))).toEqual([]);
});
