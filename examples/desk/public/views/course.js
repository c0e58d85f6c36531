// @ts-check
import { html, nothing, svg } from '/lit-html/lit-html.js';
import { number } from '../text.js';

/**
 * Failures over the steps of a period, by category.
 *
 * @typedef {Record<string, number[]>} Course
 * @typedef {{ courseFrom: number, courseStep: number }} Steps
 */

/**
 * A domain's failures over the period, small: those for which the sender is refused stand out.
 *
 * @param {Steps} steps
 * @param {Course} course
 * @param {string[]} ours
 */
export function course(steps, course, ours) {
  const all = sums(Object.values(course));
  const refused = refusals(course, ours);
  const most = Math.max(1, ...all);
  /** @param {string} look @param {number[]} counts */
  const bars = (look, counts) =>
    counts.map((count, index) => {
      const height = count / most;
      return count
        ? svg`<rect class=${look} x=${index + 0.1} y=${1 - height} width="0.8" height=${height}></rect>`
        : nothing;
    });
  const peak = `${number(most)}, ${when(steps, all.indexOf(most))}`;
  return html`<svg class="course" viewBox="0 0 ${all.length} 1" preserveAspectRatio="none" role="img"
    aria-label="Most failures: ${peak}">
    ${bars('all', all)} ${bars('ours', refused)}
  </svg>`;
}

/**
 * Since when the sender is refused, where that began well after the period did, or until when, where
 * it ended well before.
 *
 * @param {Steps} steps
 * @param {Course} course
 * @param {string[]} ours
 */
export function refusal(steps, course, ours) {
  const counts = refusals(course, ours);
  const [first, last] = ends(counts);
  if (first < 0) return '';
  // The last step is not over yet.
  if (counts.length - 2 - last > counts.length / 6) return `refused us until ${when(steps, last)}`;
  return first > counts.length / 6 ? `refuses us since ${when(steps, first)}` : 'refuses us';
}

/** When failures began, where that was well after the period did. @param {Steps} steps @param {Course} course */
export function since(steps, course) {
  const all = sums(Object.values(course));
  const [first] = ends(all);
  return first > all.length / 6 ? `since ${when(steps, first)}` : nothing;
}

/** The first and the last step with more than a few. @param {number[]} counts @returns {[first: number, last: number]} */
function ends(counts) {
  const few = Math.max(...counts) / 10;
  /** @param {number} count */
  const many = (count) => count > few;
  return [counts.findIndex(many), counts.findLastIndex(many)];
}

/** @param {Course} course @param {string[]} ours */
function refusals(course, ours) {
  return sums(ours.flatMap((category) => (course[category] ? [course[category]] : [])));
}

/** @param {number[][]} lists */
function sums(lists) {
  return (lists[0] ?? []).map((_, index) =>
    lists.reduce((sum, list) => sum + (list[index] ?? 0), 0),
  );
}

/** @param {Steps} steps @param {number} index */
function when({ courseFrom, courseStep }, index) {
  const start = courseFrom + index * courseStep;
  // The steps of days are those of UTC: in its middle each is in the reader's own day of that name.
  if (courseStep < 86_400) {
    const options = /** @type {const} */ ({ weekday: 'short', hour: '2-digit', minute: '2-digit' });
    return new Date(start * 1000).toLocaleString([], options);
  }
  const middle = new Date((start + 43_200) * 1000);
  return middle.toLocaleDateString([], { weekday: 'short', day: 'numeric', month: 'short' });
}
