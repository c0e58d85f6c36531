// @ts-check
import uPlot from '/uplot/uPlot.esm.js';

/** @typedef {{ time: number, category: string, severity: string, count: number }} Count */
/** @typedef {{ from: number, to: number, step: number, counts: Count[] }} Numbers */

/** From the bottom of a bar to its top. */
const SEVERITIES = ['permanent', 'temporary', 'unknown'];

const place = /** @type {HTMLElement} */ (document.getElementById('plot'));
/** @type {uPlot | undefined} */
let plot;

/**
 * Draws how many failures there were in each step of the period, one part of a bar per severity.
 *
 * @param {Numbers} numbers
 */
export function drawPlot(numbers) {
  const { times, layers } = stack(numbers);
  place.setAttribute('aria-label', describe(numbers, times, layers.at(-1) ?? []));
  plot?.destroy();
  const { width, height } = place.getBoundingClientRect();
  const style = getComputedStyle(place);
  const text = style.color;
  const line = { stroke: style.getPropertyValue('--line'), width: 1 };
  const bars = uPlot.paths.bars?.({ size: [0.8, 40], align: 1 }) ?? (() => null);
  plot = new uPlot(
    {
      width,
      height,
      cursor: { show: false },
      legend: { show: false },
      scales: {
        x: { range: () => [numbers.from, numbers.to + numbers.step] },
        y: { range: (_, _min, max) => [0, Math.max(4, max * 1.1)] },
      },
      axes: [
        {
          stroke: text,
          grid: { show: false },
          ticks: line,
          space: 70,
          values: (_, moments) => moments.map((moment) => label(moment, numbers.step)),
        },
        {
          stroke: text,
          grid: line,
          ticks: line,
          size: 45,
          incrs: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1e3, 2e3, 5e3, 1e4, 2e4, 5e4, 1e5, 1e6],
        },
      ],
      // The tallest first, so that each shows what stands above the next.
      series: [
        {},
        ...SEVERITIES.toReversed().map((severity) => {
          const colour = style.getPropertyValue(`--${severity}`);
          return {
            label: severity,
            stroke: colour,
            fill: colour,
            width: 0,
            paths: bars,
            points: { show: false },
          };
        }),
      ],
    },
    [times, ...layers.toReversed()],
    place,
  );
}

/**
 * A moment as it is told in the reader's own language: the time, or the day where steps are long.
 *
 * @param {number} moment
 * @param {number} step
 */
function label(moment, step) {
  const date = new Date(moment * 1000);
  return step < 43_200
    ? date.toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' })
    : date.toLocaleDateString([], { day: 'numeric', month: 'short' });
}

/**
 * Adds up the counts per step, each severity on top of the one before it.
 *
 * @param {Numbers} numbers
 */
function stack({ from, to, step, counts }) {
  const times = Array.from(
    { length: Math.round((to - from) / step) + 1 },
    (_, i) => from + i * step,
  );
  const sums = times.map(() => 0);
  const layers = SEVERITIES.map((severity) => {
    for (const { time, count } of counts.filter((one) => one.severity === severity)) {
      const index = Math.round((time - from) / step);
      if (index in sums) sums[index] = (sums[index] ?? 0) + count;
    }
    return [...sums];
  });
  return { times, layers };
}

/**
 * What the plot shows, for those who cannot see it.
 *
 * @param {Numbers} numbers
 * @param {number[]} times
 * @param {number[]} sums
 */
function describe({ from }, times, sums) {
  const total = sums.reduce((sum, count) => sum + count, 0);
  const since = new Date(from * 1000).toLocaleString();
  if (total === 0) return `Failures over time: none since ${since}`;
  const most = Math.max(...sums);
  const when = new Date((times[sums.indexOf(most)] ?? 0) * 1000).toLocaleString();
  return `Failures over time: ${total} since ${since}, most of them, ${most}, from ${when}`;
}
