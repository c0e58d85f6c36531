// The page's URL holds everything that a person filters, opens or chooses. So a reload, Back, Forward and
// a link for a colleague show the same page.

/** @typedef {Record<string, string | number | string[] | null>} Params */

/** The filters of the reports, in the order in which the page names them. */
export const FILTERS = /** @type {const} */ ([
  'recipient',
  'exactly',
  'id',
  'domain',
  'tag',
  'state',
  'severity',
  'category',
  'from',
  'to',
]);

/** The value of a parameter; an empty text if it is not set. @param {string} name */
export function param(name) {
  return new URLSearchParams(location.search).get(name) ?? '';
}

/** All values of a parameter. @param {string} name */
export function params(name) {
  return new URLSearchParams(location.search).getAll(name);
}

/** The filters that are set. */
export const activeFilters = () => FILTERS.filter((name) => param(name));

/** The URL with other parameters; null or an empty text removes one. @param {Params} changes */
export function urlWith(changes) {
  const search = new URLSearchParams(location.search);
  for (const [name, value] of Object.entries(changes)) {
    search.delete(name);
    for (const one of [value ?? ''].flat()) if (one !== '') search.append(name, String(one));
  }
  return `?${search}`;
}

/** The URL with other filters: the list starts at its first page. @param {Params} changes */
export function filterUrl(changes) {
  return urlWith({ before: null, report: null, ...changes });
}

/** The URL with these filters and no others. @param {Params} changes */
export function onlyFilterUrl(changes) {
  return filterUrl({ ...Object.fromEntries(FILTERS.map((name) => [name, null])), ...changes });
}

/**
 * The URL with a filter that a person chose in the numbers. Unless a time is set, it also limits the list to
 * the period of the numbers.
 *
 * @param {{ from: number }} period
 * @param {Params} changes
 */
export function periodFilterUrl({ from }, changes) {
  return filterUrl(param('from') || param('to') ? changes : { from, ...changes });
}

/** @type {() => void} */
let onChange = () => undefined;

/** Goes to another URL of this page. @param {string} url */
export function navigate(url, { replace = false } = {}) {
  if (new URL(url, location.href).href === location.href) return;
  history[replace ? 'replaceState' : 'pushState'](null, '', url);
  onChange();
}

/** Calls back if the URL changes: by a link, a form, Back or Forward. @param {() => void} callback */
export function watchUrl(callback) {
  onChange = callback;
  addEventListener('popstate', callback);
  document.addEventListener('click', (event) => {
    const link = event.target instanceof Element && event.target.closest('a[href^="?"]');
    const opensHere = event.button === 0 && !(event.metaKey || event.ctrlKey || event.shiftKey);
    if (!link || !opensHere) return;
    event.preventDefault();
    navigate(link.getAttribute('href') ?? '?');
    const target = link.getAttribute('data-show');
    // The page must be drawn first: a dialog that closes moves the focus.
    if (target) queueMicrotask(() => reveal(target));
  });
}

/** Scrolls to a part of the page and moves the focus there. @param {string} id */
export function reveal(id) {
  const element = document.getElementById(id);
  element?.scrollIntoView({ block: 'start' });
  element?.focus({ preventScroll: true });
}
