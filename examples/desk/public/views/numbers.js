import { html, nothing } from '/lit-html/lit-html.js';
import { load } from '../api.js';
import { entryOf, lastAnswer } from '../cache.js';
import { collapsibleOnPhone } from '../collapsible.js';
import { requests } from '../requests.js';
import { domainLabel, number, share, withTerm } from '../text.js';
import { filterUrl, navigate, param, periodFilterUrl, urlWith } from '../url-state.js';
import { CATEGORIES, labelFor, PERIODS, SEVERITIES } from '../words.js';
import { ignoredFilters } from './filters.js';
import { overTime } from './over-time.js';
import { waiting } from './status.js';

/** @import { PeriodNumbers, StepCounts } from '../types.js' */

/** The failures of the period: by severity, by cause and over time. */
export function numbers() {
  const answer = lastAnswer('numbers');
  const domain = param('domain');
  const place = html`at ${domainLabel(domain)}
    <a href=${filterUrl({ domain: null })}>all domains</a>`;
  const filtered = matching(answer?.counts ?? [], 'severity', 'category');
  return html`<section id="numbers" class="card" aria-labelledby="numbers-title" tabindex="-1">
    <div class="row">
      <h2 id="numbers-title">
        Failures <span id="total" class="muted">${answer ? number(sum(filtered)) : nothing}</span>
        <span class="muted">${domain ? place : nothing}</span>
      </h2>
      ${periodField()}
    </div>
    ${answer ? ignoredFilters(answer, ['severity', 'category', 'domain']) : nothing}
    ${answer ? figures(answer, filtered) : waiting(entryOf('numbers'))}
  </section>`;
}

/** @param {Event} event */
async function choosePeriod({ target }) {
  const { value } = /** @type {HTMLSelectElement} */ (target);
  navigate(urlWith({ period: value === 'day' ? null : value }));
  // A list of some time follows the period.
  if (!param('from') && !param('to')) return;
  const here = location.href;
  /** @type {PeriodNumbers | undefined} */
  const period = await load(requests(undefined).numbers).catch(() => undefined);
  if (period && location.href === here)
    navigate(filterUrl({ from: period.from, to: null }), { replace: true });
}

function periodField() {
  const selected = param('period') || 'day';
  return html`<label class="inline">
    Period
    <select id="period" @change=${choosePeriod}>
      ${Object.entries(PERIODS).map(
        ([value, label]) =>
          html`<option value=${value} .selected=${value === selected}>${label}</option>`,
      )}
    </select>
  </label>`;
}

/** @param {PeriodNumbers} answer @param {StepCounts} filtered */
function figures(answer, filtered) {
  const severities = matching(answer.counts, 'category');
  const categories = matching(answer.counts, 'severity');
  return html`<div class="figures">
    <div>
      <h3>By severity</h3>
      <ul class="counts" id="severities">${bars(answer, severities, 'severity', SEVERITIES)}</ul>
    </div>
    <div>
      ${collapsibleOnPhone(
        'categories',
        html`<h3>By cause</h3>`,
        html`<ul class="counts" id="categories">${bars(answer, categories, 'category', CATEGORIES)}</ul>`,
      )}
    </div>
    ${overTime(answer, filtered)}
  </div>`;
}

/**
 * A row for each value, with a bar as long as its share. Each row is a link that filters.
 *
 * @param {PeriodNumbers} period
 * @param {StepCounts} counts
 * @param {'severity' | 'category'} name
 * @param {Record<string, string>} labels
 */
function bars(period, counts, name, labels) {
  const all = sum(counts);
  return Object.keys(labels).map((value) => {
    const count = sum(counts.filter((row) => row[name] === value));
    const selected = param(name) === value;
    return html`<li>
      <a class="count ${name} ${value}"
        href=${selected ? filterUrl({ [name]: null }) : periodFilterUrl(period, { [name]: value })}
        aria-current=${selected ? 'true' : nothing} data-show=${selected ? nothing : 'reports-part'}
        .style=${`--share: ${all ? (100 * count) / all : 0}%`}
        ><span class="name">${withTerm(labelFor(labels, value), value)}</span>
        <span class="sum">${number(count)}</span>
        <span class="share">${share(count, all)}</span></a
      >
    </li>`;
  });
}

/** The counts that pass these filters. @param {StepCounts} counts @param {('category' | 'severity')[]} names */
function matching(counts, ...names) {
  return counts.filter((count) => names.every((name) => [count[name], ''].includes(param(name))));
}

/** @param {StepCounts} counts */
const sum = (counts) => counts.reduce((total, { count }) => total + count, 0);
