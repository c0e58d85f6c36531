import fc from 'fast-check';
import type { Rule } from '../../../lib/classify/rule.js';
import { RULES } from '../../../lib/classify/rules.js';
import { WORDS } from '../../../lib/classify/words.js';
import { fastest } from '../../helpers/fastest.js';

const SIZE = 65_536;
/** What the reading of a text, rather than a wording, looks for. */
const OTHER = ['a', 'a b c d', '@', 'a@b.c', '<a@b', '192.0.2.7', 'host a.b', '[1.2', '\n550-', '_']
  .concat(['\n551 5.1.1', '550 ', 'https://a', "n't", "'s", '  ', '-', 'a'.repeat(61), 'é', '\0'])
  .concat(['(in reply to mail from', 'sender', '5.1.8', 'relay host']);

/** Repeats a part until the text has 64 kB. */
export const fill = (part: string) => part.repeat(Math.ceil(SIZE / part.length)).slice(0, SIZE);

/** Two replies, which fill the two ends of a long text that are read. */
const fillBoth = (part: string) =>
  `550 5.1.1 ${fill(part).slice(0, 4070)}\n451 4.4.1 ${fill(part)}`;

/** Parts of one to six words of the wordings of a rule, joined by one of some signs. */
export function partsFor({ wordings }: Rule): fc.Arbitrary<string> {
  const texts = wordings.map(([words]) =>
    words.replace(/<(\w+)>/g, (_, name) => WORDS[name] ?? '1'),
  );
  const listed = texts.flatMap((text) =>
    text.replace(/<\w+>/g, '').split(/[^a-z0-9\u0080-\uffff]+/),
  );
  const words = [...new Set([...listed, ...OTHER])].filter((word) => word !== '');
  return fc
    .array(fc.constantFrom(...words), { minLength: 1, maxLength: 6 })
    .chain((some) => fc.constantFrom(' ', ',', '-').map((sign) => `${some.join(sign)}${sign}`));
}

/**
 * Searches the part whose repetition, in one reply or in two, takes longest, rule by rule: random
 * parts, then parts that differ a little from the slowest so far. Returns the slowest of all and its
 * milliseconds.
 */
export function searchSlowest(
  classify: (description: string, state: string) => unknown,
  tries: number,
  seed: number,
) {
  const slower = (part: string, runs?: number) => {
    const texts = [fill(part), fillBoth(part)];
    return Math.max(
      ...texts.map((text, both) => fastest(() => classify(text, both ? 'mailfrom' : ''), runs)),
    );
  };
  let slowest = { part: '', milliseconds: 0 };
  for (const [place, rule] of RULES.entries()) {
    const parts = fc.sample(partsFor(rule), { numRuns: tries, seed: seed + place });
    let best = { part: '', milliseconds: 0 };
    for (const [i, sample] of parts.entries()) {
      const part =
        i < tries / 2 ? sample : `${best.part}${sample}`.slice(i % 2 ? 0 : sample.length);
      const milliseconds = slower(part, 3);
      if (milliseconds > best.milliseconds) best = { part, milliseconds };
    }
    // A machine that was busy for a moment is no slow text.
    const milliseconds = slower(best.part);
    if (milliseconds > slowest.milliseconds) slowest = { part: best.part, milliseconds };
  }
  return slowest;
}
