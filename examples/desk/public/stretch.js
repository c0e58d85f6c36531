/** Fewer failures of a cause can be chance. */
const MIN_COUNT = 5;
/** The least share of a cause among the failures of a stretch. */
const MIN_SHARE = 1 / 3;
/** A step with so many times the usual share belongs to the stretch that follows. */
const MIN_RATIO = 3;
/**
 * How much likelier two different shares must be than one, as a natural logarithm: for a stretch that is the
 * best of hundreds, and for its beginning and its end.
 */
const MIN_EVIDENCE = 8;
const MIN_EVIDENCE_OF_CHANGE = 4;

/**
 * @typedef {object} Stretch
 * @property {number} first the first step with a failure of the cause
 * @property {number} last the last one
 * @property {boolean} hasBegun true if failures before it had other causes
 * @property {boolean} hasEnded true if failures after it have other causes
 */

/**
 * Finds the latest steps in which a cause has a large share of the failures, larger than usual. If its share is
 * large but does not change, these are all steps.
 *
 * @param {number[]} counts failures of the cause in each step
 * @param {number[]} all failures of all causes in each step
 * @returns {Stretch | undefined}
 */
export function findStretch(counts, all) {
  let isLarge = mostUnusual(counts, all);
  if (isLarge.includes(false)) {
    // The shares of the stretch that stands out most find others like it, which give better shares.
    for (let round = 0; round < 3; round += 1) {
      const usual = shareOf(counts, all, isLarge, false);
      const large = shareOf(counts, all, isLarge, true);
      isLarge = mostLikely(counts, all, { usual, large });
    }
  }
  const part = sum(counts.filter((_, step) => isLarge[step]));
  const whole = sum(all.filter((_, step) => isLarge[step]));
  if (part < MIN_COUNT || part < MIN_SHARE * whole) return undefined;
  const last = counts.findLastIndex((count, step) => isLarge[step] && count > 0);
  let start = isLarge.lastIndexOf(false, last) + 1;
  // It may have begun within the step before, which then has more of them than the other steps.
  const before = counts[start - 1] ?? 0;
  const others = isLarge.map((mark, step) => mark || step === start - 1);
  const usual = shareOf(counts, all, others, false) * (all[start - 1] ?? 0);
  if (before >= MIN_COUNT && before > MIN_RATIO * usual) start -= 1;
  const first = counts.findIndex((count, step) => step >= start && count > 0);
  const end = isLarge.indexOf(false, last);
  const [rest = 0, allRest = 0] = [counts, all].map((list) => (end < 0 ? 0 : sum(list.slice(end))));
  // A share that fell, but is still large, goes on.
  const goesOn = end < 0 || (rest >= MIN_COUNT && rest >= MIN_SHARE * allRest);
  const latest = goesOn ? counts.findLastIndex((count) => count > 0) : last;
  return { first, last: latest, hasBegun: start > 0, hasEnded: !goesOn };
}

/**
 * Marks the stretch for which two shares, within and outside, explain the counts best; all steps if one share
 * explains them about as well. It compares the likelihoods of binomial distributions.
 *
 * @param {number[]} counts
 * @param {number[]} all
 */
function mostUnusual(counts, all) {
  const [count, total] = [sum(counts), sum(all)];
  let best = { start: 0, end: counts.length, evidence: MIN_EVIDENCE };
  for (let start = 0; start < counts.length; start += 1) {
    for (let end = start + 1; end <= counts.length; end += 1) {
      const part = sum(counts.slice(start, end));
      const whole = sum(all.slice(start, end));
      const apart = logLikelihood(part, whole) + logLikelihood(count - part, total - whole);
      const evidence = apart - logLikelihood(count, total);
      const isLarger = part * total > count * whole;
      if (isLarger && evidence > best.evidence) best = { start, end, evidence };
    }
  }
  return counts.map((_, step) => step >= best.start && step < best.end);
}

/**
 * Marks the steps that most likely have the large share, if each change of the share must be worth some evidence
 * (Viterbi's algorithm).
 *
 * @param {number[]} counts
 * @param {number[]} all
 * @param {{ usual: number, large: number }} shares
 */
function mostLikely(counts, all, { usual, large }) {
  /** @type {Path} */
  let inUsual = { likelihood: 0, marks: [] };
  /** @type {Path} */
  let inLarge = { likelihood: 0, marks: [] };
  for (const [step, count] of counts.entries()) {
    const others = (all[step] ?? 0) - count;
    /** @param {Path} same @param {Path} other @param {number} share */
    const next = (same, other, share) => {
      const changes = other.likelihood - MIN_EVIDENCE_OF_CHANGE > same.likelihood;
      const { likelihood, marks } = changes ? other : same;
      return {
        likelihood:
          likelihood -
          (changes ? MIN_EVIDENCE_OF_CHANGE : 0) +
          count * Math.log(share) +
          others * Math.log(1 - share),
        marks: [...marks, share === large],
      };
    };
    [inUsual, inLarge] = [next(inUsual, inLarge, usual), next(inLarge, inUsual, large)];
  }
  return inLarge.likelihood >= inUsual.likelihood ? inLarge.marks : inUsual.marks;
}

/** @typedef {{ likelihood: number, marks: boolean[] }} Path the most likely marks so far */

/**
 * The share of the cause in the marked steps, or in the others. It is never 0 or 1, which no count could prove.
 *
 * @param {number[]} counts
 * @param {number[]} all
 * @param {boolean[]} marks
 * @param {boolean} mark
 */
function shareOf(counts, all, marks, mark) {
  const [part, whole] = [counts, all].map((list) =>
    sum(list.filter((_, step) => marks[step] === mark)),
  );
  return ((part ?? 0) + 0.5) / ((whole ?? 0) + 1);
}

/** The largest log-likelihood of a binomial distribution. @param {number} part @param {number} whole */
function logLikelihood(part, whole) {
  const others = whole - part;
  if (part === 0 || others === 0) return 0;
  return part * Math.log(part / whole) + others * Math.log(others / whole);
}

/** @param {number[]} counts */
const sum = (counts) => counts.reduce((total, count) => total + count, 0);
