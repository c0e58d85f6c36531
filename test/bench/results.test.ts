import { check } from 'prettier';
import { describe, expect, it } from 'vitest';
import { replaceSection, type Section } from './results.js';

const section = (command: Section['command'], text: string) => ({
  command,
  circumstances: '2026-03-14, Node.js 20.19.0, AMD EPYC, 2 cores, Linux 6.1.0',
  text,
});
const write = (sections: Section[]) => sections.reduce(replaceSection, '');

const bench = section('npm run bench', '| cost |');
const classify = section('npm run bench:classify', 'Typical reply: 3.1 µs of CPU.');
const desk = section('npm run bench:desk', '\n## npm run bench\n\n    a search, ms\n');
const queue = section('npm run bench:queue', '```text\n````\n');
const all = write([bench, classify, desk, queue]);

describe('replaceSection', () => {
  it('makes a page with the heading, the circumstances and the text in a block', () => {
    const [introduction, written] = write([bench]).split(/^(?=## )/m);
    expect(introduction).toMatch(/^# /);
    expect(written).toBe(
      `## npm run bench\n\n${bench.circumstances}\n\n\`\`\`text\n| cost |\n\`\`\`\n`,
    );
  });

  it('gives the sections the same order, whichever comes first', () => {
    expect(write([queue, desk, classify, bench])).toBe(all);
    expect(write([desk, bench, queue, classify])).toBe(all);
  });

  it.each([bench, classify, desk, queue])('replaces only the section $command', (old) => {
    const marked = replaceSection(all, { ...old, text: 'MARK' });
    const [before, after] = marked.split('```text\nMARK\n```\n');
    expect(all.startsWith(`${before}`)).toBe(true);
    expect(all.endsWith(`${after}`)).toBe(true);
    expect(replaceSection(marked, old)).toBe(all);
  });

  it('keeps an introduction and sections that were written by hand', () => {
    const page = replaceSection('# Figures\n\n## Notes\n\nOn a laptop.\n', bench);
    expect(page).toMatch(/^# Figures\n\n## Notes\n\nOn a laptop\.\n\n## npm run bench\n/);
    expect(replaceSection(page, bench)).toBe(page);
  });

  it('formats the page as Prettier does', async () => {
    expect(await check(all, { parser: 'markdown', embeddedLanguageFormatting: 'off' })).toBe(true);
  });
});
