// @ts-check
import uPlot from '/uplot/uPlot.esm.js';
import { filterHref, goTo, reveal } from '../address.js';
import { endOf } from '../counts.js';
import { draw } from '../draw.js';
import { number } from '../text.js';

const dark = matchMedia('(prefers-color-scheme: dark)');
addEventListener('resize', draw);
dark.addEventListener('change', draw);

/** The plot on its canvas. It is made anew only where what it shows, its width or its colours differ. */
export class Drawing {
  /** The step under the pointer. @type {number | undefined} */
  pointed;
  /** @type {uPlot | undefined} */
  #plot;
  /** @type {unknown[]} */
  #drawn = [];

  /**
   * @param {HTMLElement} place
   * @param {import('../counts.js').Numbers} numbers
   * @param {string[]} names of the layers, from the bottom of a bar to its top
   * @param {number[][]} layers
   * @param {string} filter
   */
  draw(place, numbers, names, layers, filter) {
    const { width, height } = place.getBoundingClientRect();
    const shown = [place, numbers, filter, width, dark.matches];
    if (width === 0 || shown.every((part, index) => part === this.#drawn[index])) return;
    this.#drawn = shown;
    this.#plot?.destroy();
    this.pointed = undefined;
    const plot = new uPlot(
      {
        ...look(place, numbers, names),
        width,
        height,
        cursor: { y: false, points: { show: false }, drag: { x: false, y: false } },
        hooks: { setCursor: [(moved) => this.#point(stepAt(moved, numbers))] },
      },
      [numbers.starts, ...stack(layers).toReversed()],
      place,
    );
    plot.over.addEventListener('click', () => {
      const index = stepAt(plot, numbers);
      if (index === undefined) return;
      goTo(filterHref({ from: numbers.starts[index] ?? null, to: endOf(numbers, index) }));
      reveal('reports-part');
    });
    this.#plot = plot;
  }

  /** @param {number | undefined} step */
  #point(step) {
    if (step === this.pointed) return;
    this.pointed = step;
    draw();
  }
}

/**
 * The step whose bar the pointer is at: a bar stands from the beginning of its step to its end.
 *
 * @param {uPlot} plot
 * @param {import('../counts.js').Numbers} numbers
 */
function stepAt({ cursor: { left = -1 }, posToVal }, { starts }) {
  const index = left < 0 ? -1 : starts.findLastIndex((start) => start <= posToVal(left, 'x'));
  return index < 0 ? undefined : index;
}

/**
 * Each layer on top of the ones before it.
 *
 * @param {number[][]} layers
 */
function stack(layers) {
  const sums = layers[0]?.map(() => 0) ?? [];
  return layers.map((layer) => layer.map((count, i) => (sums[i] = (sums[i] ?? 0) + count)));
}

/**
 * @param {HTMLElement} place
 * @param {import('../counts.js').Numbers} numbers
 * @param {string[]} names
 * @returns {Omit<uPlot.Options, 'width' | 'height'>}
 */
function look(place, { from, end, starts }, names) {
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
