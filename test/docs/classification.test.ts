import { describe, expect, it } from 'vitest';
import { explainFailure } from '../../lib/classify/classify.js';
import { normalize } from '../../lib/classify/normalize.js';
import { RULES } from '../../lib/classify/rules.js';
import type { Wording } from '../../lib/classify/wording-syntax.js';
import { findWording } from '../classify/find-wording.js';
import { mistakes } from '../classify/mistakes.js';
import { pageAt } from './pages.js';

const contributors = pageAt('docs/wordings.md');
const { tables } = pageAt('docs/classification.md');
const rows = (heading: string) => tables.get(heading) ?? [];

describe('the pages on classification', () => {
  it('lists the categories', () => {
    const known: string[] = [...new Set(RULES.map(({ category }) => category))];
    expect(rows('The categories').map(([name]) => name)).toHaveLength(known.length);
    expect(rows('The categories').map(([name = '']) => known.indexOf(name))).not.toContain(-1);
  });

  const notation = (contributors.tables.get('Add a wording') ?? []).map(
    ([, , wording = '', reply = '']) => [wording, reply],
  );

  it('has examples of the notation', () => {
    expect(notation.length).toBeGreaterThan(10);
  });

  it.each(notation)('is right that %s finds %s', (wording, reply) => {
    expect(findWording(wording, reply)).toBe(normalize(reply).replace(/^\[/, ''));
  });

  const isNeighbour = ([words]: Wording) => words === 'person unknown';

  it('shows a line that can be added where it says', () => {
    const [line] = contributors.blocks.filter(
      ({ heading, language }) => heading === 'Add a wording' && language === 'text',
    );
    const [, words = '', example = ''] =
      /^\['(.+?)', '(.+?)', '.*'\],\n$/.exec(line?.code ?? '') ?? [];
    const added: Wording = [words, example];
    const table = RULES.flatMap(({ wordings }) =>
      wordings.some(isNeighbour) ? [wordings] : [],
    )[0];
    const longer = [...(table ?? []), added];
    const rules = RULES.map((rule) =>
      rule.wordings === table ? { ...rule, wordings: longer } : rule,
    );
    expect(words).not.toBe('');
    expect(mistakes(rules)).toEqual([]);
  });

  it('lists the fields that can decide', () => {
    const decided = [
      { description: 'User unknown', extended: '5.1.1', code: 550, state: 'rcptto' },
      { extended: '5.1.1', code: 550, state: 'rcptto' },
      { code: 552, state: 'rcptto' },
      { state: 'connect' },
      {},
    ].map((report) => explainFailure(report).field);
    expect(rows('The evidence').map(([field]) => field)).toEqual(decided);
  });
});
