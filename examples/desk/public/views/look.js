// @ts-check
import uPlot from '/uplot/uPlot.esm.js';
import { number } from '../text.js';

/**
 * How the plot looks.
 *
 * @param {HTMLElement} place
 * @param {import('../counts.js').Numbers} numbers
 * @param {string[]} names of the layers, from the bottom of a bar to its top
 * @returns {Omit<uPlot.Options, 'width' | 'height'>}
 */
export function look(place, { from, end, starts }, names) {
  const style = getComputedStyle(place);
  const line = { stroke: style.getPropertyValue('--line'), width: 1 };
  const bars = uPlot.paths.bars?.({ size: [0.8, 40], align: 1 }) ?? (() => null);
  const daily = (starts[1] ?? end) - from > 43_200;
  return {
    legend: { show: false },
    // The last label stands half outside the plot.
    padding: [8, 24, 0, 0],
    scales: {
      x: { range: () => [from, end] },
      y: { range: (_, _min, max) => [0, Math.max(4, max * 1.1)] },
    },
    axes: [
      {
        stroke: style.color,
        grid: { show: false },
        ticks: line,
        space: 70,
        values: (_, moments) => moments.map((moment) => label(moment, daily)),
      },
      {
        stroke: style.color,
        grid: line,
        ticks: line,
        // As wide as the longest number on it.
        size: (_, labels) => 18 + 8 * Math.max(2, ...(labels ?? []).map(({ length }) => length)),
        values: (_, counts) => counts.map(number),
        incrs: [1, 10, 100, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8].flatMap((one) => [one, 2 * one, 5 * one]),
      },
    ],
    // The tallest first, so that each shows what stands above the next.
    series: [
      {},
      ...names.toReversed().map((name) => {
        const colour = style.getPropertyValue(`--${name}`);
        return { stroke: colour, fill: colour, width: 0, paths: bars, points: { show: false } };
      }),
    ],
  };
}

/**
 * A moment as it is told in the reader's own language: the time, or the day where steps are long.
 *
 * @param {number} moment
 * @param {boolean} daily
 */
function label(moment, daily) {
  const date = new Date(moment * 1000);
  return daily
    ? date.toLocaleDateString([], { day: 'numeric', month: 'short' })
    : date.toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' });
}
