import { html, nothing, svg } from '/lit-html/lit-html.js';
import { collapsible } from '../collapsible.js';
import { draw } from '../draw.js';
import {
  axisNumbers,
  DAY_SECONDS,
  HOUR_SECONDS,
  noonOf,
  stackedBars,
  sumPerStep,
} from '../plot.js';
import { number } from '../text.js';
import { filterUrl, navigate, reveal } from '../url-state.js';
import { SEVERITIES } from '../words.js';

/** @import { Layer, PeriodNumbers, StepCounts } from '../types.js' */

/** From the bottom of a bar to its top. */
const NAMES = /** @type {(keyof typeof SEVERITIES)[]} */ (Object.keys(SEVERITIES));

/** The step under the pointer. @type {number | undefined} */
let pointedStep;

/**
 * The failures over time: a plot, the values under the pointer, and a table.
 *
 * @param {PeriodNumbers} numbers
 * @param {StepCounts} counts the numbers that pass the filters
 */
export function overTime(numbers, counts) {
  const layers = layersOf(numbers, counts);
  const totals = sumPerStep(
    numbers.starts.length,
    layers.map((layer) => layer.counts),
  );
  return html`<figure>
    <figcaption><h3>Over time</h3></figcaption>
    ${plot(numbers, layers, totals)}
    <p class="legend">
      ${NAMES.map(
        (name) =>
          html`<span class="severity ${name}">${SEVERITIES[name]} <span class="term">${name}</span></span>`,
      )}
    </p>
    <p id="plot-value" class="muted">${pointedValues(numbers, layers, totals)}</p>
    ${collapsible('table', 'As a table', table(numbers, layers, totals))}
  </figure>`;
}

/** @param {PeriodNumbers} numbers @param {StepCounts} counts @returns {Layer[]} */
function layersOf({ starts }, counts) {
  const stepAt = new Map(starts.map((time, step) => [time, step]));
  return NAMES.map((name) => {
    const perStep = starts.map(() => 0);
    for (const { time, severity, count } of counts) {
      const step = stepAt.get(time);
      if (severity === name && step !== undefined) perStep[step] = (perStep[step] ?? 0) + count;
    }
    return { name, counts: perStep };
  });
}

/** @param {PeriodNumbers} numbers @param {Layer[]} layers @param {number[]} totals */
function plot(numbers, layers, totals) {
  const steps = totals.length;
  const axis = axisNumbers(Math.max(...totals));
  const top = axis.at(-1) ?? 1;
  return html`<div id="plot" role="img" aria-label=${description(numbers, totals)}>
    <div class="plot-y">${axis.map((value) => html`<span>${number(value)}</span>`)}</div>
    <svg viewBox="0 0 ${steps} ${top}" preserveAspectRatio="none" @pointerleave=${() => point(undefined)}>
      ${axis.map((value) => svg`<line x2=${steps} y1=${top - value} y2=${top - value}></line>`)}
      ${stackedBars(layers, top)}
      ${totals.map(
        (total, step) =>
          svg`<rect class=${total > 0 ? 'step filled' : 'step'} x=${step} width="1" height=${top}
            @pointerenter=${() => point(step)} @click=${() => total > 0 && showReports(numbers, step)}></rect>`,
      )}
    </svg>
    <div class="plot-x">${axisTimes(numbers).map((label) => html`<span>${label}</span>`)}</div>
  </div>`;
}

/** @param {number | undefined} step */
function point(step) {
  pointedStep = step;
  draw();
}

/** @param {PeriodNumbers} numbers @param {number} step */
function showReports(numbers, step) {
  navigate(stepUrl(numbers, step));
  reveal('reports-part');
}

/** The labels below the plot, one at the left of each equal part. @param {PeriodNumbers} numbers */
function axisTimes({ starts, from, end }) {
  const distance = starts.length % 6 === 0 ? starts.length / 6 : Math.ceil(starts.length / 4);
  const isDaily = (starts[1] ?? end) - from > DAY_SECONDS / 2;
  return starts
    .filter((_, step) => step % distance === 0)
    .map((start) =>
      isDaily
        ? noonOf(start).toLocaleDateString([], { day: 'numeric', month: 'short' })
        : new Date(start * 1000).toLocaleTimeString([], { hour: 'numeric', minute: '2-digit' }),
    );
}

/** Describes the plot to people who cannot see it. @param {PeriodNumbers} numbers @param {number[]} totals */
function description(numbers, totals) {
  const total = totals.reduce((sum, count) => sum + count, 0);
  const since = new Date(numbers.from * 1000).toLocaleString();
  if (total === 0) return `Failures over time: none since ${since}`;
  const most = Math.max(...totals);
  const when = stepLabel(numbers, totals.indexOf(most));
  return `Failures over time: ${total} since ${since}, most of them, ${most}, ${when}`;
}

/** @param {PeriodNumbers} numbers @param {Layer[]} layers @param {number[]} totals */
function pointedValues(numbers, layers, totals) {
  const step = pointedStep;
  const total = step === undefined ? undefined : totals[step];
  if (step === undefined || total === undefined) {
    return 'Each bar leads to its reports.';
  }
  const parts = NAMES.map(
    (name, index) => `${SEVERITIES[name]} ${number(layers[index]?.counts[step] ?? 0)}`,
  );
  return `${stepLabel(numbers, step)}: ${number(total)} (${parts.join(', ')})`;
}

/** @param {PeriodNumbers} numbers @param {Layer[]} layers @param {number[]} totals */
function table(numbers, layers, totals) {
  if (totals.every((total) => total === 0)) {
    return html`<p class="empty">No failure in this period.</p>`;
  }
  const headings = ['When', ...NAMES.map((name) => SEVERITIES[name]), 'All'];
  return html`<div class="scroll" tabindex="0" role="region" aria-label="Failures over time, as a table"><table>
    <thead><tr>${headings.map((heading) => html`<th scope="col">${heading}</th>`)}</tr></thead>
    <tbody>
      ${totals.map((total, step) =>
        total === 0
          ? nothing
          : html`<tr>
              <th scope="row"><a href=${stepUrl(numbers, step)} data-show="reports-part">${stepLabel(numbers, step)}</a></th>
              ${layers.map(({ counts }) => html`<td>${counts[step] ? number(counts[step]) : nothing}</td>`)}
              <td>${number(total)}</td>
            </tr>`,
      )}
    </tbody>
  </table></div>`;
}

/** The URL that lists the reports of a step. @param {PeriodNumbers} numbers @param {number} step */
function stepUrl({ starts, end }, step) {
  return filterUrl({ from: starts[step] ?? null, to: starts[step + 1] ?? end });
}

/** A step in the reader's language and time zone. @param {PeriodNumbers} numbers @param {number} step */
function stepLabel({ starts, end }, step) {
  const from = starts[step] ?? 0;
  const to = starts[step + 1] ?? end;
  const day = /** @type {const} */ ({ weekday: 'short', day: 'numeric', month: 'short' });
  if (to - from <= HOUR_SECONDS) {
    const time = /** @type {const} */ ({ hour: '2-digit', minute: '2-digit' });
    const start = new Date(from * 1000).toLocaleString([], { ...day, ...time });
    return `${start} to ${new Date(to * 1000).toLocaleTimeString([], time)}`;
  }
  const first = noonOf(from).toLocaleDateString([], day);
  const last = noonOf(to - DAY_SECONDS).toLocaleDateString([], day);
  return first === last ? first : `${first} to ${last}`;
}
