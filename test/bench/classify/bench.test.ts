import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { explainFailure } from '../../../lib/index.js';
import { readReplies, SETS } from './replies.js';

const root = new URL('../../..', import.meta.url);

it('prints how often and how fast it is right, and meets its targets', async () => {
  const program = ['--import', 'tsx', 'test/bench/classify/bench.ts', '--quick'];
  const { stdout } = await promisify(execFile)(process.execPath, program, { cwd: root });
  expect(stdout).toContain('| invalid-address ');
  expect(stdout).toContain('Slowest 64 kB found');
  expect(stdout).not.toContain('MISSED');
});

describe('the labelled replies', () => {
  const replies = SETS.filter((name) => name.endsWith('.txt')).flatMap(readReplies);
  const all = SETS.flatMap(readReplies);

  it('are at least 200, none of them twice', () => {
    const texts = all.map(({ report }) => report.description.toLowerCase());
    expect(texts.length).toBeGreaterThanOrEqual(200);
    expect(texts.filter((text, place) => texts.indexOf(text) !== place)).toEqual([]);
  });

  it.each(replies)('$category: $report.description', ({ category, report }) => {
    expect({ ...report, category: explainFailure(report).category }).toEqual({
      ...report,
      category,
    });
  });

  it.each(all.filter(({ category }) => category !== 'invalid-address'))(
    'not dead, but $category: $report.description',
    ({ report }) => {
      expect(explainFailure(report).category).not.toBe('invalid-address');
    },
  );

  it('are classified by the words that are given: from there on they say the same', () => {
    for (const { report } of replies) {
      const explained = explainFailure(report);
      if (explained.field !== 'description') continue;
      const description = report.description.slice(report.description.indexOf(explained.evidence));
      // Without the replies before it, the same words can be certain.
      const { certain } = explainFailure({ ...report, description });
      expect(explainFailure({ ...report, description })).toEqual({ ...explained, certain });
      if (explained.certain) expect(certain).toBe(true);
    }
  });
});
