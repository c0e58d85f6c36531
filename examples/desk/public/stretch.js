/** Fewer failures of a cause can be chance. */
const MIN_COUNT = 3;
/** The least share of a cause among the failures of a stretch. */
const MIN_SHARE = 1 / 4;
/** A step with so many times the usual share belongs to the stretch that follows. */
const MIN_RATIO = 3;
/**
 * How much likelier two different shares must be than one, as a natural logarithm: for the best of hundreds of
 * stretches, and for the failures before or after one stretch.
 */
const MIN_EVIDENCE = 8;
const MIN_EVIDENCE_OF_SIDE = 3;

/**
 * @typedef {object} Stretch
 * @property {number} first the first step with a failure of the cause
 * @property {number} last the last one
 * @property {boolean} hasBegun true if failures before it had other causes
 * @property {boolean} hasEnded true if failures after it have other causes
 */

/**
 * Finds the steps in which a cause has a large share of the failures, larger than before and after. If its
 * share is large but does not change, these are all steps. Of several stretches, the one that still goes on
 * counts.
 *
 * @param {number[]} counts failures of the cause in each step
 * @param {number[]} all failures of all causes in each step
 * @returns {Stretch | undefined}
 */
export function findStretch(counts, all) {
  const [start, end] = mostUnusual(counts, all);
  const part = sum(counts.slice(start, end));
  const whole = sum(all.slice(start, end));
  if (part < MIN_COUNT || part < MIN_SHARE * whole) return undefined;
  const from = start - (beginsBefore(counts, all, start, end) ? 1 : 0);
  const first = counts.findIndex((count, step) => step >= from && count > 0);
  const last = counts.findLastIndex((count, step) => step < end && count > 0);
  /** @param {[start: number, end?: number]} side the steps before or after the stretch */
  const isOther = (...side) =>
    difference([sum(counts.slice(...side)), sum(all.slice(...side))], [part, whole]) >
    MIN_EVIDENCE_OF_SIDE;
  const hasEnded = isOther(end);
  // A stretch that still goes on says more than one that has ended.
  const later = hasEnded ? findStretch(counts.slice(end), all.slice(end)) : undefined;
  if (later && !later.hasEnded) {
    return { ...later, first: later.first + end, last: later.last + end };
  }
  return { first, last, hasBegun: isOther(0, from), hasEnded };
}

/**
 * The stretch for which two shares, within and outside, explain the counts best; all steps if one share
 * explains them about as well. It compares the likelihoods of binomial distributions.
 *
 * @param {number[]} counts
 * @param {number[]} all
 * @returns {[start: number, end: number]} the end is exclusive
 */
function mostUnusual(counts, all) {
  const [count, total] = [sum(counts), sum(all)];
  let best = { start: 0, end: counts.length, evidence: MIN_EVIDENCE };
  for (let start = 0; start < counts.length; start += 1) {
    for (let end = start + 1; end <= counts.length; end += 1) {
      const part = sum(counts.slice(start, end));
      const whole = sum(all.slice(start, end));
      const evidence = difference([part, whole], [count - part, total - whole]);
      const isLarger = part * total > count * whole;
      if (isLarger && evidence > best.evidence) best = { start, end, evidence };
    }
  }
  return [best.start, best.end];
}

/**
 * True if the stretch began within the step before: then its share there is larger than in all other steps.
 *
 * @param {number[]} counts
 * @param {number[]} all
 * @param {number} start
 * @param {number} end
 */
function beginsBefore(counts, all, start, end) {
  const [part, whole] = [counts[start - 1] ?? 0, all[start - 1] ?? 0];
  const others = [counts, all].map((list) => [...list.slice(0, start - 1), ...list.slice(end)]);
  const [count = 0, total = 0] = others.map(sum);
  return part >= MIN_COUNT && part * total > MIN_RATIO * count * whole;
}

/**
 * The evidence that a cause has different shares in two groups of failures.
 *
 * @param {readonly [part: number, whole: number]} one
 * @param {readonly [part: number, whole: number]} other
 */
function difference([part, whole], [otherPart, otherWhole]) {
  const apart = logLikelihood(part, whole) + logLikelihood(otherPart, otherWhole);
  return apart - logLikelihood(part + otherPart, whole + otherWhole);
}

/** The largest log-likelihood of a binomial distribution. @param {number} part @param {number} whole */
function logLikelihood(part, whole) {
  const others = whole - part;
  if (part === 0 || others === 0) return 0;
  return part * Math.log(part / whole) + others * Math.log(others / whole);
}

/** @param {number[]} counts */
const sum = (counts) => counts.reduce((total, count) => total + count, 0);
