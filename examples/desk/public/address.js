// @ts-check
// Whatever a person filters, opens or chooses stands in the page's address, and nowhere else. So a
// reload, Back and a link that is sent to a colleague show the same.

/** @typedef {Record<string, string | number | string[] | null>} Changes */

/** What narrows down the reports, in the order in which it is named. */
export const FILTERS = /** @type {const} */ ([
  'recipient',
  'exactly',
  'domain',
  'tag',
  'state',
  'severity',
  'category',
  'from',
  'to',
]);

/** Filters that the desk knows by another name: here, `address` is the one that is looked up. */
const ASKED_AS = /** @type {Record<string, string>} */ ({ exactly: 'address' });

/** @param {string} name */
export function chosen(name) {
  return new URLSearchParams(location.search).get(name) ?? '';
}

/** Where each page of a list after the first begins; the last one is on show. @param {string} name */
export function pages(name) {
  return new URLSearchParams(location.search).getAll(name);
}

/** The address with these changes; null or nothing takes a choice away. @param {Changes} changes */
export function href(changes) {
  const search = new URLSearchParams(location.search);
  for (const [name, value] of Object.entries(changes)) {
    search.delete(name);
    for (const one of [value ?? ''].flat()) if (one !== '') search.append(name, String(one));
  }
  return `?${search}`;
}

/** The address with other filters: another list of reports, from its start. @param {Changes} changes */
export function filterHref(changes) {
  return href({ before: null, report: null, ...changes });
}

/** The address with these filters and no others. @param {Changes} changes */
export function onlyFilterHref(changes) {
  return filterHref({ ...Object.fromEntries(FILTERS.map((name) => [name, null])), ...changes });
}

/**
 * The address once something in numbers is touched: the reports that are listed are those it counts.
 *
 * @param {{ from: number }} numbers since when they count
 * @param {Changes} changes
 */
export function countedHref({ from }, changes) {
  return filterHref(chosen('from') || chosen('to') ? changes : { from, ...changes });
}

/** The filters in force, as what is asked of the desk. */
export function filters() {
  const search = new URLSearchParams();
  for (const name of FILTERS) if (chosen(name)) search.set(ASKED_AS[name] ?? name, chosen(name));
  return search;
}

/** @type {() => void} */
let changed = () => undefined;

/** Goes to an address of this page. @param {string} address */
export function goTo(address, { replace = false } = {}) {
  if (new URL(address, location.href).href === location.href) return;
  history[replace ? 'replaceState' : 'pushState'](null, '', address);
  changed();
}

/** Calls back whenever something else is chosen: by a link, a form, Back or Forward. @param {() => void} callback */
export function onChoice(callback) {
  changed = callback;
  addEventListener('popstate', callback);
  document.addEventListener('click', (event) => {
    const link = event.target instanceof Element && event.target.closest('a[href^="?"]');
    const plain = event.button === 0 && !(event.metaKey || event.ctrlKey || event.shiftKey);
    if (!link || !plain) return;
    event.preventDefault();
    goTo(link.getAttribute('href') ?? '?');
    const target = link.getAttribute('data-show');
    // After what was chosen is drawn: what closes meanwhile gives the focus back.
    if (target) queueMicrotask(() => reveal(target));
  });
}

/** Shows what a choice has changed, for the eye and for the keyboard. @param {string} id */
export function reveal(id) {
  const place = document.getElementById(id);
  place?.scrollIntoView({ block: 'start' });
  place?.focus({ preventScroll: true });
}
