// @ts-check
import { html, nothing } from '/lit-html/lit-html.js';
import { goTo, href, pages, reveal } from '../address.js';
import { accept, answer } from '../answers.js';
import { counted, number, several } from '../text.js';

/** @typedef {{ count: number, exact: boolean }} Found */

/** How many were found, as far as they were counted. @param {Found} found @param {string} what */
export function atLeast({ count, exact }, what) {
  if (exact) return counted(count, what);
  return count > 0 ? `at least ${counted(count, what)}` : 'none among the newest';
}

/** The way out of a page of a list that is not there. @param {string} choice */
export function toStart(choice) {
  if (pages(choice).length === 0) return nothing;
  return html`<p><a href=${href({ [choice]: null })}>Back to the newest</a></p>`;
}

/**
 * The head of a list: offers what has come since it was shown, rather than moving what is being read.
 * It has its place before there is news, so that news neither shifts nor covers anything.
 *
 * @param {string} name of the question, of the rows in its answer, and of their list on the page
 * @param {(row: any) => string} key
 * @param {string} what one of them is called
 * @param {Found} [count] how many have come, where that was asked for
 * @returns {unknown}
 */
export function listHead(name, key, what, count) {
  const rows = answer(name)?.body?.[name] ?? [];
  if (rows.length === 0) return nothing;
  return html`<p class="list-head" role="status">${news(name, key, what, count)}</p>`;
}

/** @type {typeof listHead} */
function news(name, key, what, count) {
  const { body, newer } = answer(name) ?? {};
  const shown = new Set(body[name].map(key));
  const fresh = (newer?.[name] ?? []).filter(
    (/** @type {any} */ row) => !shown.has(key(row)),
  ).length;
  if (fresh === 0) return html`<span class="muted">The newest first</span>`;
  const many = Math.max(fresh, count?.count ?? 0);
  const least = count ? !count.exact && 'more than' : fresh === newer[name].length && 'at least';
  const show = () => {
    accept(name);
    // The button with the focus goes.
    queueMicrotask(() =>
      /** @type {HTMLElement | null} */ (document.querySelector(`#${name} a`))?.focus(),
    );
  };
  return html`<button type="button" @click=${show}>
    ${least || nothing} ${number(many)} new ${many === 1 ? what : several(what)}: show
  </button>`;
}

/**
 * The way to the pages after and before the one on show. A page begins where the last one ended, so
 * what comes in between shifts nothing.
 *
 * @param {string} choice the name under which they stand in the page's address
 * @param {string | null | undefined} next where the page after begins
 * @param {string} place the part of the page to go to the top of
 * @param {string} label
 */
export function pager(choice, next, place, label) {
  const starts = pages(choice);
  if (!next && starts.length === 0) return nothing;
  /** @param {string[]} changed */
  const turn = (changed) => () => {
    goTo(href({ [choice]: changed }));
    reveal(place);
  };
  return html`<nav aria-label=${label}>
    <button type="button" class="quiet" ?disabled=${starts.length === 0}
      @click=${turn(starts.slice(0, -1))}>← Newer</button>
    <button type="button" class="quiet" ?disabled=${!next}
      @click=${turn([...starts, next ?? ''])}>Older →</button>
  </nav>`;
}
