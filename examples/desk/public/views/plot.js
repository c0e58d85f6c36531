// @ts-check
import { html, nothing } from '/lit-html/lit-html.js';
import { chosen, filterHref } from '../address.js';
import { answer } from '../answers.js';
import { endOf, narrowed, stepWords } from '../counts.js';
import { folded } from '../fold.js';
import { number } from '../text.js';
import { SEVERITIES } from '../words.js';
import { Drawing } from './drawing.js';

/** From the bottom of a bar to its top. */
const LAYERS = Object.keys(SEVERITIES);

const drawing = new Drawing();

/** The failures over time: a drawing, what is under the pointer, and the same as a table. @param {any} body */
export function plot(body) {
  const layers = perStep(body);
  return html`<figure>
    <figcaption><h3>Over time</h3></figcaption>
    <div id="plot" role="img" aria-label=${describe(body, layers)}></div>
    <p class="legend">
      ${LAYERS.map(
        (severity) =>
          html`<span class="severity ${severity}">${SEVERITIES[severity]} <span class="term">${severity}</span></span>`,
      )}
    </p>
    <p id="pointed" class="muted">
      ${drawing.pointed === undefined ? 'Point at a bar for its values; touch it for its reports.' : values(body, layers, drawing.pointed)}
    </p>
    ${folded('table', 'As a table', table(body, layers))}
  </figure>`;
}

/** Draws the plot where it stands on the page. */
export function drawPlot() {
  const place = document.getElementById('plot');
  const body = answer('numbers')?.body;
  if (place && body) {
    drawing.draw(place, body, LAYERS, perStep(body), `${chosen('severity')} ${chosen('category')}`);
  }
}

/**
 * How many failures there were in each step, of each severity.
 *
 * @param {import('../counts.js').Numbers} numbers
 * @returns {number[][]}
 */
function perStep({ starts, counts }) {
  const index = new Map(starts.map((time, i) => [time, i]));
  const layers = LAYERS.map(() => starts.map(() => 0));
  for (const { time, severity, count } of narrowed(counts, ['severity', 'category'])) {
    const layer = layers[LAYERS.indexOf(severity)];
    const i = index.get(time);
    if (layer && i !== undefined) layer[i] = (layer[i] ?? 0) + count;
  }
  return layers;
}

/** @param {number[][]} layers @param {number} index */
const inStep = (layers, index) => layers.reduce((sum, layer) => sum + (layer[index] ?? 0), 0);

/** @param {any} body @param {number[][]} layers @param {number} index */
function values(body, layers, index) {
  const parts = LAYERS.map(
    (severity, i) => `${SEVERITIES[severity]} ${number(layers[i]?.[index] ?? 0)}`,
  );
  return `${stepWords(body, index)}: ${number(inStep(layers, index))} (${parts.join(', ')})`;
}

/** @param {any} body @param {number[][]} layers */
function table(body, layers) {
  const rows = body.starts
    .map((/** @type {number} */ from, /** @type {number} */ index) => ({
      from,
      index,
      all: inStep(layers, index),
    }))
    .filter((/** @type {any} */ { all }) => all > 0);
  if (rows.length === 0) return html`<p class="empty">No failure in this period.</p>`;
  return html`<div class="scroll" tabindex="0" role="region" aria-label="Failures over time, as a table"><table>
    <thead><tr><th scope="col">When</th>${LAYERS.map((severity) => html`<th scope="col">${SEVERITIES[severity]}</th>`)}<th scope="col">All</th></tr></thead>
    <tbody>${rows.map(
      (/** @type {any} */ { from, index, all }) => html`<tr>
      <th scope="row"><a href=${filterHref({ from, to: endOf(body, index) })} data-show="reports-part">${stepWords(body, index)}</a></th>
      ${layers.map((layer) => html`<td>${layer[index] ? number(layer[index] ?? 0) : nothing}</td>`)}<td>${number(all)}</td>
    </tr>`,
    )}</tbody>
  </table></div>`;
}

/** What the plot shows, for those who cannot see it. @param {any} body @param {number[][]} layers */
function describe(body, layers) {
  const all = body.starts.map((/** @type {number} */ _, /** @type {number} */ index) =>
    inStep(layers, index),
  );
  const total = all.reduce(
    (/** @type {number} */ sum, /** @type {number} */ count) => sum + count,
    0,
  );
  const since = new Date(body.from * 1000).toLocaleString();
  if (total === 0) return `Failures over time: none since ${since}`;
  const most = Math.max(...all);
  const when = stepWords(body, all.indexOf(most));
  return `Failures over time: ${total} since ${since}, most of them, ${most}, ${when}`;
}
