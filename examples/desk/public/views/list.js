import { html, nothing } from '/lit-html/lit-html.js';
import { entryOf, rowsOf, showNewer } from '../cache.js';
import { number, quantity } from '../text.js';
import { navigate, params, reveal, urlWith } from '../url-state.js';

/** @import { Answers, Row, SuppressedAddress } from '../types.js' */

/** @param {Answers['reportCount']} count @param {string} noun */
export function countLabel({ count, exact }, noun) {
  return `${exact ? '' : 'at least '}${quantity(count, noun)}`;
}

/**
 * A filter that is set: a link that removes it.
 *
 * @param {string} name
 * @param {unknown} value
 * @param {string} url without the filter
 * @param {string} part of the page to scroll to
 */
export function chip(name, value, url, part) {
  return html`<a class="chip" href=${url} data-show=${part}
    >${name}: ${value}<span aria-hidden="true"> ✕</span
    ><span class="visually-hidden">, remove this filter</span></a
  >`;
}

/**
 * The head of a list. It offers new rows, so that the list does not move while it is read. It has the same
 * height without an offer.
 *
 * @param {'reports' | 'suppressions'} name
 * @param {string} noun
 * @returns {unknown}
 */
export function listHead(name, noun) {
  if (rowsOf(entryOf(name)?.body).length === 0) return nothing;
  return html`<p class="list-head" role="status">${offer(name, noun)}</p>`;
}

/** @type {typeof listHead} */
function offer(name, noun) {
  const { body, newer } = entryOf(name) ?? {};
  const shownKeys = rowsOf(body).map(keyOf);
  const newKeys = rowsOf(newer).map(keyOf);
  if (!newer || newKeys.join() === shownKeys.join()) {
    return html`<span class="muted">The newest first</span>`;
  }
  const show = () => {
    showNewer(name);
    // The button had the focus and is gone.
    queueMicrotask(() =>
      /** @type {HTMLElement | null} */ (document.querySelector(`#${name} a`))?.focus(),
    );
  };
  const count = newKeys.filter((key) => !shownKeys.includes(key)).length;
  return html`<button type="button" @click=${show}>${offerLabel(count, newKeys.length, noun)}</button>`;
}

/** @param {number} count of new rows @param {number} rows on the page @param {string} noun */
function offerLabel(count, rows, noun) {
  if (count === 0) return 'The list has changed: show';
  const more = count === rows ? ' or more' : '';
  return `${number(count)}${more} new ${noun}${count === 1 ? '' : 's'}: show`;
}

/** @param {Row | SuppressedAddress} row */
const keyOf = (row) => ('serial' in row ? row.serial : `${row.address} ${row.since}`);

/**
 * Buttons to the pages of a list. The URL holds where each page begins, so new rows shift none of them.
 *
 * @param {string} pageParam
 * @param {string | null | undefined} next where the next page begins
 * @param {string} part of the page to scroll to
 * @param {string} label
 */
export function pager(pageParam, next, part, label) {
  const starts = params(pageParam);
  if (!next && starts.length === 0) return nothing;
  /** @param {string[]} changed */
  const goTo = (changed) => () => {
    navigate(urlWith({ [pageParam]: changed }));
    reveal(part);
  };
  return html`<nav aria-label=${label}>
    <button type="button" class="button-secondary" ?disabled=${starts.length === 0}
      @click=${goTo(starts.slice(0, -1))}>← Newer</button>
    <button type="button" class="button-secondary" ?disabled=${!next}
      @click=${goTo([...starts, next ?? ''])}>Older →</button>
  </nav>`;
}
