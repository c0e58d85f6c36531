import { html, nothing } from '/lit-html/lit-html.js';
import { domainLabel, unescapeVisible, untrusted, visible, withTerm } from '../text.js';
import { activeFilters, filterUrl, navigate, onlyFilterUrl, param } from '../url-state.js';
import {
  CATEGORIES,
  FILTER_LABELS,
  KNOWN_STATES,
  labelFor,
  SEVERITIES,
  stateLabel,
} from '../words.js';
import { onSubmit } from './form.js';
import { chip } from './list.js';

/** @typedef {keyof typeof FILTER_LABELS} Filter */

const TEXT_FILTERS = /** @type {const} */ (['recipient', 'domain', 'tag', 'state']);

/** The form that filters the reports. */
export function filterForm() {
  return html`<search aria-label="Reports">
    <form id="search" @submit=${onSubmit(submit)} @reset=${() => navigate(onlyFilterUrl({}))}>
      ${TEXT_FILTERS.map(textField)} ${select('severity', SEVERITIES)} ${select('category', CATEGORIES)}
      <p class="buttons">
        <button type="submit">Search</button>
        <button type="reset" class="button-secondary">Clear</button>
      </p>
    </form>
    <datalist id="states">
      ${KNOWN_STATES.map((state) => html`<option value=${state}>${stateLabel(state)}</option>`)}
    </datalist>
  </search>`;
}

/** @param {(typeof TEXT_FILTERS)[number]} filter */
function textField(filter) {
  const { name, hint } = FILTER_LABELS[filter];
  return html`<label>
    ${name} <span class="hint">${hint}</span>
    <input name=${filter} type="search" autocomplete="off" spellcheck="false" autocapitalize="off"
      list=${filter === 'state' ? 'states' : nothing} .value=${visible(param(filter))} />
  </label>`;
}

/** @param {'severity' | 'category'} filter @param {Record<string, string>} labels */
function select(filter, labels) {
  return html`<label>
    ${FILTER_LABELS[filter].name}
    <select name=${filter}>
      <option value="" .selected=${!param(filter)}>all</option>
      ${Object.entries(labels).map(
        ([value, label]) =>
          html`<option value=${value} .selected=${param(filter) === value}>${label} (${value})</option>`,
      )}
    </select>
  </label>`;
}

/** @param {FormData} fields */
function submit(fields) {
  const changes = [...fields].map(([name, value]) => [name, filterValue(name, value)]);
  navigate(filterUrl(Object.fromEntries(changes)));
}

/** The value of a field. If the user did not edit it, the exact value of the filter. @param {string} name @param {unknown} input */
function filterValue(name, input) {
  const before = param(name);
  // A field drops line breaks.
  return input === visible(before).replaceAll('\n', '') ? before : unescapeVisible(input);
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
  return Number.isNaN(date.getTime())
    ? untrusted(value)
    : date.toLocaleString([], { dateStyle: 'medium', timeStyle: 'short' });
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
