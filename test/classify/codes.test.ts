import { describe, expect, it } from 'vitest';
import { classifyFailure, type FailureCategory } from '../../lib/index.js';

describe('codes without a text', () => {
  it.each<[FailureCategory, string]>([
    ['invalid-address', '5.1.1'],
    ['invalid-address', '5.1.10'],
    ['invalid-address', '5.7.17'],
    ['unclassified', '5.1.0'],
    ['unclassified', '4.1.1'],
    ['reputation', '5.1.8'],
    ['mailbox-unavailable', '4.2.2'],
    ['mailbox-unavailable', '5.7.13'],
    ['content', '5.2.3'],
    ['content', '5.6.0'],
    ['technical', '4.3.2'],
    ['technical', '5.4.6'],
    ['frequency', '5.5.3'],
    ['unclassified', '5.7.1'],
    ['unclassified', '5.5.0'],
    ['technical', '5.5.1'],
    ['technical', '5.7.19'],
    ['reputation', '5.7.20'],
    ['reputation', '5.7.27'],
    ['frequency', '4.7.28'],
    ['reputation', '5.7.29'],
    ['technical', '5.7.30'],
    ['reputation', '5.7.606'],
    ['unclassified', '5.99.1'],
  ])('%s: %s', (expected, extended) => {
    expect(classifyFailure({ extended })).toBe(expected);
    expect(classifyFailure({ description: `said: ${extended}` })).toBe(expected);
  });

  it.each<[FailureCategory, number]>([
    ['technical', 421],
    ['technical', 451],
    ['unclassified', 450],
    ['unclassified', 550],
    ['unclassified', 554],
    ['mailbox-unavailable', 552],
    ['reputation', 535],
    ['invalid-address', 556],
    ['unclassified', Number.NaN],
    ['unclassified', -1],
  ])('%s: %d', (expected, code) => {
    expect(classifyFailure({ code })).toBe(expected);
  });
});

describe('missing and contradictory fields', () => {
  it('is unclassified without any field', () => {
    expect(classifyFailure({})).toBe('unclassified');
  });

  it.each([undefined, null, { code: undefined, state: undefined, description: undefined }])(
    'takes %o from JavaScript',
    (report) => {
      expect(classifyFailure(report as never)).toBe('unclassified');
    },
  );

  it('takes null, as read back from a database, for a missing value', () => {
    const report = { state: null, code: null, extended: null, description: null };
    expect(classifyFailure(report as never)).toBe('unclassified');
    expect(classifyFailure({ ...report, extended: '5.1.1' } as never)).toBe('invalid-address');
  });

  it('is unclassified for empty and unknown values', () => {
    const report = { state: 'later', code: 0, extended: 'x', description: '\u0000\uD800' };
    expect(classifyFailure(report)).toBe('unclassified');
  });

  it('prefers the text to the enhanced status code', () => {
    const report = { state: 'dns', code: 421, extended: '5.1.1', description: 'Mailbox full' };
    expect(classifyFailure(report)).toBe('mailbox-unavailable');
  });

  it('prefers the enhanced status code to the reply code', () => {
    expect(classifyFailure({ state: 'dns', code: 421, extended: '5.2.2' })).toBe(
      'mailbox-unavailable',
    );
  });

  it('prefers the reply code to the state', () => {
    expect(classifyFailure({ state: 'dns', code: 421 })).toBe('technical');
  });
});
