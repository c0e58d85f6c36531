import { describe, expect, it } from 'vitest';
import { CODES } from '../../lib/classify/codes.js';
import { compileRules } from '../../lib/classify/compile.js';
import { createMatcher } from '../../lib/classify/match.js';
import type { Rule } from '../../lib/classify/rule.js';
import { RULES } from '../../lib/classify/rules.js';
import type { Wording } from '../../lib/classify/wording-syntax.js';
import { explainFailure } from '../../lib/index.js';
import { alternatives, shadowed } from './alternatives.js';
import { findWording } from './find-wording.js';
import { mistakes } from './mistakes.js';

const matcher = (rules: readonly Rule[]) => createMatcher(rules, compileRules(rules));

describe('the tables of wordings', () => {
  it('have in each line an example that this line decides', () => {
    expect(mistakes(RULES)).toEqual([]);
  });

  it('have no alternative that gets another category', () => {
    const match = matcher(RULES);
    expect(lines.flatMap((line) => shadowed(match, line))).toEqual([]);
  });

  it('have, beside others too, each line in its example', () => {
    const beside = new Set(RULES.flatMap((rule) => rule.beside ?? []));
    expect(beside.size).toBeGreaterThan(50);
    const lost = [...beside].filter(
      ([words, example]) => findWording(words, example) === undefined,
    );
    expect(lost).toEqual([]);
  });

  it('give every category', () => {
    expect(new Set(RULES.map(({ category }) => category)).size).toBe(7);
  });

  const lines = [...new Set(RULES.flatMap(({ wordings }) => wordings))];

  it('have no line twice', () => {
    const words = lines.map(([words]) => words);
    expect(words.filter((line, place) => words.indexOf(line) !== place)).toEqual([]);
  });

  it("have examples of one address and one network, that are nobody's", () => {
    for (const [, example] of lines) {
      expect(example.replaceAll(/jane@example\.(?:com|net)|192\.0\.2\.7/g, '')).not.toMatch(
        /@\w|\d\.\d+\.\d+\.\d/,
      );
    }
  });
});

describe('the alternatives of a wording', () => {
  it('are written out one at a time, without what may be missing', () => {
    expect(alternatives('mail[s] [is] (full|over (its|the) quota) ... exceed*').sort()).toEqual([
      'mail full exceed',
      'mail over its quota exceed',
      'mail over the quota exceed',
    ]);
  });

  it('are told when another rule takes them', () => {
    const line: Wording = ['user (unknown|blocked)', '550 User unknown'];
    const rules: Rule[] = [
      { category: 'reputation', wordings: [['blocked', '550 Blocked']] },
      { category: 'invalid-address', wordings: [line] },
    ];
    expect(shadowed(matcher(rules), line)).toEqual([
      '"550  user blocked" is reputation for "blocked"',
    ]);
  });
});

describe('a mistake in a table is told', () => {
  const user: Wording = ['user unknown', '550 User unknown'];
  const rules = (...wordings: Wording[]): Rule[] => [{ category: 'invalid-address', wordings }];

  it.each<[string, Rule[], string]>([
    [
      'words that their example does not have',
      rules(['no such user', '550 User unknown']),
      '"no such user" is not found in its example "550 User unknown", which is read as "550 user unknown"',
    ],
    [
      'words that no text can have',
      rules(['User unknown', '550 User unknown']),
      'SyntaxError: U is unknown in the wording "User unknown"',
    ],
    [
      'a line behind one that knows its example',
      rules(user, ['(user|box) unknown', '550 User unknown']),
      '"550 User unknown" of "(user|box) unknown" is decided by "User unknown", of the line "user unknown"',
    ],
    [
      'a line that takes the example of another rule',
      [{ category: 'technical', wordings: [['unknown', '550 Unknown']] }, ...rules(user)],
      '"550 User unknown" of "user unknown" is decided by "Unknown", of the line "unknown"',
    ],
    [
      'a line that never counts',
      [{ category: 'technical', wordings: [user], when: () => false }],
      '"550 User unknown" of "user unknown" does not get a category',
    ],
    [
      'a notation that is not one',
      rules(['user (unknown', '550 User unknown']),
      'SyntaxError: ) is missing in the wording "user (unknown"',
    ],
  ])('%s', (_, wrong, sentence) => {
    expect(mistakes(rules(user))).toEqual([]);
    expect(mistakes(wrong).map((line) => line.toLowerCase())).toEqual([sentence.toLowerCase()]);
  });
});

describe('the codes', () => {
  const all = Object.entries(CODES).flatMap(([field, list]) =>
    list.map(([category, example]) => ({ field, category, example })),
  );

  it.each(all)('$field "$example" is $category', ({ field, category, example }) => {
    const value = field === 'code' ? Number(example) : example;
    expect(explainFailure({ [field]: value })).toEqual({
      category,
      certain: false,
      field,
      evidence: example,
    });
  });
});
