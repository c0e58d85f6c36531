import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { describe, expect, it } from 'vitest';
import { pageAt, pages, root } from './pages.js';

const read = (file: string) => readFileSync(join(root, file), 'utf8');
const { scripts } = JSON.parse(read('package.json'));

describe.each(pages)('$path', ({ path, links, anchors, blocks, prose }) => {
  it('links to files and headings that exist', () => {
    for (const link of links.filter((target) => !/^(https?|mailto):/.test(target))) {
      const [file = '', anchor] = link.split('#');
      const target = file ? normalize(join(dirname(path), file)) : path;
      expect(existsSync(join(root, target)), link).toBe(true);
      if (anchor === undefined) continue;
      expect(file ? pageAt(target).anchors : anchors, link).toContain(anchor);
    }
  });

  it('names npm scripts that exist', () => {
    const text = prose + blocks.map(({ code }) => code).join('\n');
    for (const [, run, alias] of text.matchAll(/npm (?:run ([\w:-]+)|(start|test))\b/g)) {
      expect(scripts).toHaveProperty([run ?? alias ?? '']);
    }
  });

  it('names files of the project that exist', () => {
    for (const [, file = ''] of prose.matchAll(/`([\w.-]+\/[\w./-]+\.(?:ts|js|sql|md|json))`/g)) {
      // In docs/, a path that begins with no folder of the project is one of the reader's own.
      if (path.startsWith('docs/') && !existsSync(join(root, file.split('/')[0] ?? ''))) continue;
      const places = [file, join(dirname(path), file)];
      expect(
        places.some((place) => existsSync(join(root, place))),
        file,
      ).toBe(true);
    }
  });
});

it('shows or leads to every file of docs/ on some page', () => {
  const targets = pages.flatMap(({ path, links }) =>
    links.map((link) => normalize(join(dirname(path), link.replace(/#.*/, '')))),
  );
  const files = readdirSync(join(root, 'docs')).map((file) => `docs/${file}`);
  expect(files.filter((file) => !targets.includes(file))).toEqual([]);
});

describe('README.md', () => {
  const { blocks, links } = pageAt('README.md');

  it('can be read in one sitting: at most 200 lines', () => {
    const lines = read('README.md').trimEnd().split('\n');
    expect(lines.length).toBeLessThanOrEqual(200);
  });

  it('leads to every page of the documentation', () => {
    const documentation = pages.map(({ path }) => path).filter((path) => path.includes('/'));
    expect(links).toEqual(expect.arrayContaining(documentation));
  });

  it('starts with the desk, and tells how to run the tests', () => {
    const commands = blocks.filter(({ language }) => language === 'sh').map(({ code }) => code);
    expect(commands[0]).toBe('npm install && npm start\n');
    expect(commands).toContain('npm install && npm test\n');
    expect(scripts.start).toBe('node --import tsx examples/desk/server.ts');
  });
});
