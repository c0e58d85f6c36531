// @ts-check
import uPlot from '/uplot/uPlot.esm.js';
import { filterHref, goTo, reveal } from '../address.js';
import { endOf } from '../counts.js';
import { draw } from '../draw.js';
import { look } from './look.js';

const dark = matchMedia('(prefers-color-scheme: dark)');
addEventListener('resize', draw);
dark.addEventListener('change', draw);

/** The plot on its canvas. It is made anew only where what it shows, its width or its colours differ. */
export class Drawing {
  /** The step under the pointer. @type {number | undefined} */
  pointed;
  /** @type {uPlot | undefined} */
  #plot;
  /** How many failures there are in each step. @type {number[]} */
  #sums = [];
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
    const stacked = stack(layers);
    this.#sums = stacked.at(-1) ?? [];
    const plot = new uPlot(
      {
        ...look(place, numbers, names),
        width,
        height,
        cursor: { y: false, points: { show: false }, drag: { x: false, y: false } },
        hooks: { setCursor: [(moved) => this.#point(stepAt(moved, numbers))] },
      },
      [numbers.starts, ...stacked.toReversed()],
      place,
    );
    plot.over.addEventListener('click', () => {
      const index = stepAt(plot, numbers);
      if (index === undefined || !this.#sums[index]) return;
      goTo(filterHref({ from: numbers.starts[index] ?? null, to: endOf(numbers, index) }));
      reveal('reports-part');
    });
    this.#plot = plot;
  }

  /** @param {number | undefined} step */
  #point(step) {
    if (step === this.pointed) return;
    this.pointed = step;
    this.#plot?.over.classList.toggle('touchable', Boolean(step !== undefined && this.#sums[step]));
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
