import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { schema } from '../../examples/desk/process/settings.js';
import { pages, root } from './pages.js';

const read = (file: string) => readFileSync(join(root, file), 'utf8');
const manifest = JSON.parse(read('package.json'));
/** On hosts.md, where each host has its own, they are tested with the host. */
const known = [
  ...Object.keys({ ...manifest.dependencies, ...manifest.devDependencies }),
  manifest.name,
];

describe.each(pages)('$path', ({ path, prose, blocks, tables }) => {
  const text = [prose, ...blocks.map(({ code }) => code)].join('\n');
  const all = (pattern: RegExp) => [...text.matchAll(pattern)].map(([, found = '']) => found);

  it('runs files that exist', () => {
    const words = all(/\b(?:npx|node --import tsx) ([^`\n|]*)/g).flatMap((line) => line.split(' '));
    const files = words.filter((word) => /^(test|lib|examples)\//.test(word));
    expect(files.filter((file) => !existsSync(join(root, file)))).toEqual([]);
  });

  it('gives npm run send options that it has', () => {
    const options = all(/npm run send -- ([^`\n|]*)/g).flatMap(
      (line) => line.match(/--[\w-]+/g) ?? [],
    );
    const source = `${read('examples/send/options.ts')} --help `;
    expect(options.filter((option) => !new RegExp(`${option}[ ']`).test(source))).toEqual([]);
  });

  it('turns on the log that the package writes', () => {
    const [, name] = /debuglog\('([^']+)'\)/.exec(read('lib/signature/verify.ts')) ?? [];
    expect(all(/NODE_DEBUG=([\w-]+)/g).filter((given) => given !== name)).toEqual([]);
  });

  it('calls localhost at the port that is listened at', () => {
    const { PORT } = schema.parse({});
    const ports = all(/(?:localhost|127\.0\.0\.1):(\d+)/g);
    expect(ports.filter((port) => Number(port) !== PORT)).toEqual([]);
  });

  it.skipIf(path === 'docs/hosts.md')('installs packages that this project uses', () => {
    const words = all(/\bnpm install ([^`\n&]*)/g).flatMap((line) => line.split(' '));
    const packages = words.filter((word) => /^@?[a-z][\w./-]*$/.test(word));
    expect(packages.filter((name) => !known.includes(name))).toEqual([]);
  });

  it('has no row of a table twice', () => {
    for (const rows of tables.values()) {
      const heads = rows.map((row) => row.join());
      expect(heads).toEqual([...new Set(heads)]);
      const commands = rows.map(([first = '']) => first).filter((first) => first.startsWith('np'));
      expect(commands).toEqual([...new Set(commands)]);
    }
  });
});
