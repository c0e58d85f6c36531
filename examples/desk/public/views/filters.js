import { html, nothing } from '/lit-html/lit-html.js';
import { lastAnswer } from '../cache.js';
import { domainLabel, unescapeVisible, untrusted, visible, withTerm } from '../text.js';
import { activeFilters, filterUrl, navigate, onlyFilterUrl, param } from '../url-state.js';
import { CATEGORIES, FILTER_LABELS, labelFor, SEVERITIES, stateLabel } from '../words.js';
import { onSubmit } from './form.js';
import { chip } from './list.js';

/** @typedef {keyof typeof FILTER_LABELS} Filter */

const TEXT_FILTERS = /** @type {const} */ (['recipient', 'exactly', 'id', 'domain', 'tag']);
const DATE_FILTERS = /** @type {const} */ (['from', 'to']);

/** The form that filters the reports. */
export function filterForm() {
  const states = [...(lastAnswer('states') ?? []), param('state')].filter(Boolean);
  const steps = Object.fromEntries(
    states.map((state) => [state, `${stateLabel(state)} (${visible(state)})`.trim()]),
  );
  return html`<search aria-label="Reports">
    <form id="search" @submit=${onSubmit(submit)} @reset=${() => navigate(onlyFilterUrl({}))}>
      ${TEXT_FILTERS.map(textField)} ${select('state', steps)} ${select('severity', SEVERITIES)}
      ${select('category', CATEGORIES)} ${DATE_FILTERS.map(dateField)}
      <p class="buttons">
        <button type="submit">Search</button>
        <button type="reset" class="button-secondary">Clear</button>
      </p>
    </form>
  </search>`;
}

/** @param {(typeof TEXT_FILTERS)[number]} filter */
function textField(filter) {
  const { name, hint } = FILTER_LABELS[filter];
  return html`<label>
    ${name} <span class="hint">${hint}</span>
    <input name=${filter} type="search" autocomplete="off" spellcheck="false" autocapitalize="off"
      .value=${visible(param(filter))} />
  </label>`;
}

/** @param {(typeof DATE_FILTERS)[number]} filter */
function dateField(filter) {
  return html`<label>
    ${FILTER_LABELS[filter].name}
    <input name=${filter} type="date" min="1970-01-02" max="2199-12-31" .value=${dateOf(filter)} />
  </label>`;
}

/** @param {'state' | 'severity' | 'category'} filter @param {Record<string, string>} labels */
function select(filter, labels) {
  return html`<label>
    ${FILTER_LABELS[filter].name}
    <select name=${filter}>
      <option value="" .selected=${!param(filter)}>all</option>
      ${Object.entries(labels).map(
        ([value, label]) =>
          html`<option value=${value} .selected=${param(filter) === value}>${label}</option>`,
      )}
    </select>
  </label>`;
}

/** @param {FormData} fields */
function submit(fields) {
  const changes = [...fields].map(([name, value]) => [name, filterValue(name, String(value))]);
  navigate(filterUrl(Object.fromEntries(changes)));
}

/** The value of a field. If the user did not edit it, the exact value of the filter. @param {string} name @param {string} input */
function filterValue(name, input) {
  const before = param(name);
  if (name === 'state') return input;
  if (name === 'from' || name === 'to') {
    return input === dateOf(name) ? before : timeOf(name, input);
  }
  // A field drops line breaks.
  return input === visible(before).replaceAll('\n', '') ? before : unescapeVisible(input);
}

/**
 * The date of a filter as its field takes it, such as 2026-01-31. The filter `to` ends before its time.
 *
 * @param {'from' | 'to'} filter
 */
function dateOf(filter) {
  const seconds = Number(param(filter)) - (filter === 'to' ? 1 : 0);
  const date = new Date(seconds * 1000);
  return param(filter) && !Number.isNaN(date.getTime()) ? date.toLocaleDateString('sv-SE') : '';
}

/**
 * The start of a date or, for the filter `to`, its end: Unix time, in the reader's time zone.
 *
 * @param {'from' | 'to'} filter
 * @param {string} date
 */
function timeOf(filter, date) {
  if (!date) return '';
  const [year = 0, month = 0, day = 0] = date.split('-').map(Number);
  // In some zones, a day does not begin at midnight when clocks change.
  return new Date(year, month - 1, filter === 'to' ? day + 1 : day).getTime() / 1000;
}

/** The filters that are set. Each is a link that removes it. */
export function filterChips() {
  return activeFilters().map((name) => {
    const value = chipValue(name, param(name));
    return chip(FILTER_LABELS[name].name, value, filterUrl({ [name]: null }), 'reports-part');
  });
}

/** @param {Filter} name @param {string} value */
function chipValue(name, value) {
  if (name === 'severity') return withTerm(labelFor(SEVERITIES, value), value);
  if (name === 'category') return withTerm(labelFor(CATEGORIES, value), value);
  if (name === 'state') return withTerm(stateLabel(value), value);
  if (name === 'domain') return domainLabel(value);
  if (name !== 'from' && name !== 'to') return untrusted(value);
  const date = new Date(Number(value) * 1000);
  if (Number.isNaN(date.getTime())) return untrusted(value);
  // A whole day is named as the form names it.
  const isWholeDay = timeOf(name, dateOf(name)) === Number(value);
  if (!isWholeDay) return date.toLocaleString([], { dateStyle: 'medium', timeStyle: 'short' });
  const day = new Date(date.getTime() - (name === 'to' ? 1000 : 0));
  return day.toLocaleDateString([], { dateStyle: 'medium' });
}

/**
 * Names the filters that do not apply to numbers.
 *
 * @param {{ from: number }} period of the numbers
 * @param {Filter[]} applied
 */
export function ignoredFilters({ from }, applied) {
  const samePeriod = param('from') === String(from) && !param('to');
  const ignored = activeFilters()
    .filter((name) => !applied.includes(name) && !(samePeriod && name === 'from'))
    .map((name) => FILTER_LABELS[name].name);
  if (ignored.length === 0) return nothing;
  return html`<p class="muted">Not filtered by: ${ignored.join(', ')}.</p>`;
}
