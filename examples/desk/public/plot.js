import { nothing, svg } from '/lit-html/lit-html.js';

/** @import { Layer } from './types.js' */

export const HOUR_SECONDS = 3600;
export const DAY_SECONDS = 86_400;

/**
 * Stacked bars for an SVG whose viewBox is as wide as there are steps, and as high as `top`.
 *
 * @param {Layer[]} layers from the bottom of a bar to its top
 * @param {number} top
 */
export function stackedBars(layers, top) {
  const steps = layers[0]?.counts ?? [];
  return steps.map((_, step) => {
    let y = top;
    return layers.map(({ name, counts }) => {
      const height = counts[step] ?? 0;
      y -= height;
      if (height === 0) return nothing;
      return svg`<rect class=${name} x=${step + 0.1} y=${y} width="0.8" height=${height}></rect>`;
    });
  });
}

/** A few round numbers for an axis, from zero to `most` or more. @param {number} most */
export function axisNumbers(most) {
  const smallest = Math.max(most, 4) / 4;
  const power = 10 ** Math.floor(Math.log10(smallest));
  const distance = ([1, 2, 5].find((factor) => factor * power >= smallest) ?? 10) * power;
  const count = Math.ceil(Math.max(most, 4) / distance);
  return Array.from({ length: count + 1 }, (_, index) => index * distance);
}

/** A time within the first day of a step, for days of UTC too. @param {number} start */
export const noonOf = (start) => new Date((start + DAY_SECONDS / 2) * 1000);

/** The sum of some layers in each step. @param {number} steps @param {number[][]} lists */
export function sumPerStep(steps, lists) {
  return Array.from({ length: steps }, (_, step) =>
    lists.reduce((sum, counts) => sum + (counts[step] ?? 0), 0),
  );
}
