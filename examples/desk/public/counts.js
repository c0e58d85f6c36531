// @ts-check
import { chosen } from './address.js';

/** @typedef {{ time: number, category: string, severity: string, count: number }} Count */
/** @typedef {{ from: number, end: number, starts: number[], counts: Count[] }} Numbers */

/**
 * The counts that the filters in force leave over.
 *
 * @param {Count[]} counts
 * @param {('category' | 'severity')[]} names the filters to heed
 */
export function narrowed(counts, names) {
  return counts.filter((count) => names.every((name) => [count[name], ''].includes(chosen(name))));
}

/** @param {Count[]} counts */
export const total = (counts) => counts.reduce((sum, { count }) => sum + count, 0);

/**
 * @param {Count[]} counts
 * @param {'category' | 'severity'} name
 * @param {string[]} values
 * @returns {[value: string, count: number][]}
 */
export function sums(counts, name, values) {
  return values.map((value) => [value, total(counts.filter((count) => count[name] === value))]);
}

/** When a step ends. @param {Numbers} numbers @param {number} index */
export function endOf({ starts, end }, index) {
  return starts[index + 1] ?? end;
}

/** A step in words, in the reader's own time. @param {Numbers} numbers @param {number} index */
export function stepWords(numbers, index) {
  const start = new Date((numbers.starts[index] ?? 0) * 1000);
  const end = new Date(endOf(numbers, index) * 1000);
  const time = /** @type {const} */ ({ hour: '2-digit', minute: '2-digit' });
  const day = /** @type {const} */ ({ weekday: 'short', day: 'numeric', month: 'short' });
  const length = end.getTime() - start.getTime();
  if (length < 23 * 3_600_000) {
    return `${start.toLocaleString([], { ...day, ...time })} to ${end.toLocaleTimeString([], time)}`;
  }
  if (length < 26 * 3_600_000) return start.toLocaleDateString([], day);
  const last = new Date(end.getTime() - 1);
  return `${start.toLocaleDateString([], day)} to ${last.toLocaleDateString([], day)}`;
}
