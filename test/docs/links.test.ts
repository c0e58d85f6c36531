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

  const text = [prose, ...blocks.map(({ code }) => code)].join('\n');

  it('names npm scripts that exist', () => {
    for (const [, run, alias] of text.matchAll(/npm (?:run ([\w:-]+)|(start|test))\b/g)) {
      expect(scripts).toHaveProperty([run ?? alias ?? '']);
    }
  });

  it('runs files that exist', () => {
    const commands = text.matchAll(/\b(?:npx|node --import tsx) ([^`\n|]*)/g);
    const words = [...commands].flatMap(([, line = '']) => line.split(' '));
    const files = words.filter((word) => /^(test|lib|examples)\//.test(word));
    expect(files.filter((file) => !existsSync(join(root, file)))).toEqual([]);
  });

  it('gives npm run send options that it has', () => {
    const commands = text.matchAll(/npm run send -- ([^`\n|]*)/g);
    const options = [...commands].flatMap(([, line = '']) => line.match(/--[\w-]+/g) ?? []);
    const source = `${read('examples/desk/send/options.ts')} --help `;
    expect(options.filter((option) => !new RegExp(`${option}[ ']`).test(source))).toEqual([]);
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

  it('leads to every page of the documentation', () => {
    const documentation = pages.map(({ path }) => path).filter((path) => path.includes('/'));
    expect(links).toEqual(expect.arrayContaining(documentation));
  });

  it('has the commands that start the desk and run the tests', () => {
    const commands = blocks.filter(({ language }) => language === 'sh').map(({ code }) => code);
    expect(commands).toContain('npm install && npm start\n');
    expect(commands).toContain('npm install && npm test\n');
  });
});
