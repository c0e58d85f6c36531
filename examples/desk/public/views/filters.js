// @ts-check
import { html, nothing } from '/lit-html/lit-html.js';
import { chosen, FILTERS, filterHref, goTo, onlyFilterHref } from '../address.js';
import { asMeant, domainWords, outside, visible, worded } from '../text.js';
import { CATEGORIES, KNOWN_STATES, MATCHES, SEVERITIES, stateWords, wordsFor } from '../words.js';

const FIELDS = /** @type {const} */ (['recipient', 'domain', 'tag', 'state']);

/** The form that narrows down the reports. */
export function search() {
  return html`<search aria-label="Reports">
    <form id="search" @submit=${submit} @reset=${clear}>
      ${FIELDS.map(field)} ${select('severity', SEVERITIES)} ${select('category', CATEGORIES)}
      <p class="buttons">
        <button type="submit">Search</button>
        <button type="reset" class="quiet">Clear</button>
      </p>
    </form>
    <datalist id="states">
      ${KNOWN_STATES.map((state) => html`<option value=${state}>${stateWords(state)}</option>`)}
    </datalist>
  </search>`;
}

/** @param {(typeof FIELDS)[number]} name */
function field(name) {
  const [words, match] = MATCHES[name] ?? ['', ''];
  return html`<label>
    ${words} <span class="hint">${match}</span>
    <input name=${name} type="search" autocomplete="off" spellcheck="false" autocapitalize="off"
      list=${name === 'state' ? 'states' : nothing} .value=${visible(chosen(name))} />
  </label>`;
}

/** @param {string} name @param {Record<string, string>} words */
function select(name, words) {
  return html`<label>
    ${MATCHES[name]?.[0]}
    <select name=${name}>
      <option value="" .selected=${!chosen(name)}>all</option>
      ${Object.entries(words).map(
        ([value, told]) =>
          html`<option value=${value} .selected=${chosen(name) === value}>${told} (${value})</option>`,
      )}
    </select>
  </label>`;
}

/** @param {SubmitEvent} event */
function submit(event) {
  event.preventDefault();
  const form = /** @type {HTMLFormElement} */ (event.target);
  const given = [...new FormData(form)].map(([name, value]) => [name, meant(name, value)]);
  goTo(filterHref(Object.fromEntries(given)));
}

/** A choice that was touched, and not typed, stays as it is. @param {string} name @param {unknown} given */
function meant(name, given) {
  const before = chosen(name);
  // A field holds one line.
  return given === visible(before).replaceAll('\n', '') ? before : asMeant(given);
}

const clear = () => goTo(onlyFilterHref({}));

/** The filters in force; each can be taken away. */
export function chips() {
  return FILTERS.filter((name) => chosen(name)).map(
    (name) => html`<a class="chip" href=${filterHref({ [name]: null })} data-show="reports-part"
      >${MATCHES[name]?.[0]}: ${value(name, chosen(name))}<span aria-hidden="true"> ✕</span
      ><span class="unseen">, take this filter away</span></a
    >`,
  );
}

/**
 * Says which of the filters in force numbers do not heed.
 *
 * @param {{ from: number }} numbers since when they count
 * @param {readonly string[]} heeded
 */
export function unheeded({ from }, heeded) {
  const same = chosen('from') === String(from) && !chosen('to');
  const others = FILTERS.filter((name) => chosen(name) && !heeded.includes(name))
    .filter((name) => !(same && name === 'from'))
    .map((name) => MATCHES[name]?.[0]);
  if (others.length === 0) return nothing;
  return html`<p class="muted">Not narrowed down by: ${others.join(', ')}.</p>`;
}

/** @param {string} name @param {string} given */
function value(name, given) {
  if (name === 'severity') return worded(wordsFor(SEVERITIES, given), given);
  if (name === 'category') return worded(wordsFor(CATEGORIES, given), given);
  if (name === 'state') return worded(stateWords(given), given);
  if (name === 'domain') return domainWords(given);
  if (name !== 'from' && name !== 'to') return outside(given);
  const told = new Date(Number(given) * 1000);
  return Number.isNaN(told.getTime())
    ? outside(given)
    : told.toLocaleString([], { dateStyle: 'medium', timeStyle: 'short' });
}
