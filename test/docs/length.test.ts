import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { pages, root } from './pages.js';

it.each([
  ['README.md', 150],
  ['CONTRIBUTING.md', 80],
  ['SECURITY.md', 40],
  ['docs/measured.md', 60],
])('%s has at most %i lines', (path, most) => {
  const text = readFileSync(join(root, path), 'utf8');
  expect(text.trimEnd().split('\n').length).toBeLessThanOrEqual(most);
});

it('all pages together have at most 10,000 words, code not counted', () => {
  // The changelog grows with each release.
  const words = pages
    .filter(({ path }) => path !== 'CHANGELOG.md')
    .flatMap(({ prose }) => prose.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word)));
  expect(words.length).toBeLessThanOrEqual(10_000);
});
