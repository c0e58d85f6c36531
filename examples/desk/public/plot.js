import { nothing, svg } from '/lit-html/lit-html.js';

/** @import { Layer } from './types.js' */

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

/** Few round numbers for an axis, from zero to at least `most`. @param {number} most */
export function axisNumbers(most) {
  const smallest = Math.max(most, 4) / 4;
  const power = 10 ** Math.floor(Math.log10(smallest));
  const distance = ([1, 2, 5].find((factor) => factor * power >= smallest) ?? 10) * power;
  const count = Math.ceil(Math.max(most, 4) / distance);
  return Array.from({ length: count + 1 }, (_, index) => index * distance);
}

/** A time within the day that a step starts with: days can be those of UTC. @param {number} start */
export const noonOf = (start) => new Date((start + 43_200) * 1000);

/** The sum of some layers in each step. @param {number} steps @param {number[][]} lists */
export function sumPerStep(steps, lists) {
  return Array.from({ length: steps }, (_, step) =>
    lists.reduce((sum, counts) => sum + (counts[step] ?? 0), 0),
  );
}
