import assert from 'node:assert/strict';
import { classifyFailure, explainFailure } from 'copernica-failures';
import fc from 'fast-check';
import { RULES } from '../../lib/classify/rules.js';
import { fill, partsFor, searchSlowest } from '../bench/classify/slowest-text.js';
import type { Property } from './property.js';

const CATEGORIES = [
  ...['invalid-address', 'mailbox-unavailable', 'reputation', 'content', 'frequency', 'technical'],
  'unclassified',
];
/** Several times what the slowest text takes, for busy machines; the benchmark has the target. */
const TOO_LONG = 25;

const words = fc.oneof(...RULES.map(partsFor));
const text = fc
  .array(fc.oneof(words, fc.string({ unit: 'binary', maxLength: 20 })), { maxLength: 8 })
  .map((parts) => parts.join(''));
const long = fc.tuple(text, words, text).map(([a, b, c]) => a + fill(b) + c);
const codes = fc.oneof(fc.stringMatching(/^[245]\.\d{1,3}\.\d{1,3}$/), fc.integer(), fc.anything());
const reports = fc.record(
  {
    description: fc.oneof({ weight: 20, arbitrary: text }, long, fc.anything()),
    extended: fc.oneof(codes, text),
    code: codes,
    state: fc.oneof(fc.constantFrom('mailfrom', 'rcpt to', 'dns', 'Connect'), text, fc.anything()),
  },
  { requiredKeys: [] },
);

/** What must hold for the explanation of any failure. */
export const CLASSIFICATION: Property[] = [
  {
    title: 'any report is explained by what stands in it, and classified as it is explained',
    check(settings) {
      const explained = fc.property(reports, (report) => {
        const { category, field, evidence } = explainFailure(report as never);
        assert.ok(CATEGORIES.includes(category));
        assert.equal(classifyFailure(report as never), category);
        assert.equal(field === 'none', category === 'unclassified');
        assert.equal(evidence === '', field === 'none');
        if (field !== 'none') assert.ok(String(report[field]).includes(evidence));
      });
      fc.assert(explained, settings);
    },
  },

  {
    title: 'no text of 64 kB takes long, of those that a search rule by rule finds',
    check({ numRuns, seed }) {
      const classify = (description: string, state: string) =>
        explainFailure({ code: 550, state, description });
      const { part, milliseconds } = searchSlowest(classify, Math.ceil(numRuns / 300), seed);
      assert.ok(milliseconds < TOO_LONG, `${JSON.stringify(part)} takes ${milliseconds} ms`);
    },
  },
];
