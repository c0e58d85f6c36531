// @ts-check
import { countRows, reportItem, suppressionItem } from './lists.js';
import { load } from './load.js';
import { drawPlot } from './plot.js';
import { offerSamples } from './test-form.js';

const SEVERITIES = ['permanent', 'temporary', 'unknown'];
const CATEGORIES = [
  'invalid-address',
  'mailbox-unavailable',
  'reputation',
  'content',
  'frequency',
  'technical',
  'unclassified',
];

/** @param {string} id */
const find = (id) => /** @type {HTMLElement} */ (document.getElementById(id));
const searchForm = /** @type {HTMLFormElement} */ (find('search'));
const period = /** @type {HTMLSelectElement} */ (find('period'));
const newer = /** @type {HTMLButtonElement} */ (find('newer'));
const older = /** @type {HTMLButtonElement} */ (find('older'));

let search = new URLSearchParams();
/** Where each page of reports after the first begins; the last one is on show. @type {string[]} */
let starts = [];
/** @type {string | undefined} */
let next;
/** @type {Set<string> | undefined} */
let seen;
/** @type {any} */
let numbers;

async function showNumbers() {
  numbers = await load(`/numbers?period=${period.value}`);
  /** @param {'category' | 'severity'} property @param {string[]} names */
  const sum = (property, names) => {
    const sums = new Map(names.map((name) => [name, 0]));
    for (const one of numbers.counts) {
      sums.set(one[property], (sums.get(one[property]) ?? 0) + one.count);
    }
    return sums;
  };
  const severities = sum('severity', SEVERITIES);
  find('severities').replaceChildren(...countRows(severities, (name) => `severity ${name}`));
  find('categories').replaceChildren(...countRows(sum('category', CATEGORIES)));
  const total = [...severities.values()].reduce((all, count) => all + count, 0);
  find('total').textContent = total.toLocaleString();
  drawPlot(numbers);
}

async function showReports() {
  const start = starts.at(-1);
  const query = new URLSearchParams([...search, ...(start ? [['before', start]] : [])]);
  const { reports, more } = await load(`/reports?${query}`);
  const items = reports.map((/** @type {any} */ stored) => {
    const item = reportItem(stored);
    item.classList.toggle('new', seen !== undefined && !seen.has(stored.serial));
    return item;
  });
  seen = new Set(reports.map((/** @type {any} */ { serial }) => serial));
  find('reports').replaceChildren(...items);
  next = more ? reports.at(-1).serial : undefined;
  newer.disabled = starts.length === 0;
  older.disabled = next === undefined;
  find('no-reports').hidden = reports.length > 0;
  find('no-reports').textContent = search.size
    ? 'No report matches.'
    : 'No report yet. Send a test report to see one.';
}

async function showSuppressions() {
  const { suppressions, total } = await load('/suppressions');
  find('suppressions').replaceChildren(...suppressions.map(suppressionItem));
  find('suppressions-total').textContent = total.toLocaleString();
  find('no-suppressions').hidden = total > 0;
}

/** @type {Promise<void> | undefined} */
let underWay;
let again = false;

/** Shows what there is now. While that is under way, any number of wishes become one. */
function refresh() {
  if (underWay) {
    again = true;
    return;
  }
  underWay = Promise.all([showNumbers(), showReports(), showSuppressions()])
    .then(() => report(''))
    .catch((error) => {
      report(`${error.message}. Trying again …`);
      again = true;
    })
    .then(() => new Promise((resolve) => setTimeout(resolve, 1000)))
    .then(() => {
      underWay = undefined;
      if (again) refresh();
    });
  again = false;
}

/** @param {string} trouble */
function report(trouble) {
  const place = find('trouble');
  // An alert that is set again is read out again.
  if (place.textContent !== trouble) place.textContent = trouble;
  place.hidden = trouble === '';
}

/** Shows another page of reports or another search at once. @param {string[]} pages */
function turnTo(pages) {
  starts = pages;
  seen = undefined;
  showReports().catch(refresh);
}

searchForm.addEventListener('submit', (event) => {
  event.preventDefault();
  const entries = [...new FormData(searchForm)].map(([name, value]) => [
    name,
    String(value).trim(),
  ]);
  search = new URLSearchParams(entries.filter(([, value]) => value));
  turnTo([]);
});
searchForm.addEventListener('reset', () => {
  search = new URLSearchParams();
  turnTo([]);
});
newer.addEventListener('click', () => turnTo(starts.slice(0, -1)));
older.addEventListener('click', () => turnTo([...starts, ...(next ? [next] : [])]));
period.addEventListener('change', () => showNumbers().catch(refresh));

/** @param {boolean} connected */
function showConnection(connected) {
  find('live').textContent = connected ? 'New reports appear by themselves' : 'Not connected';
  find('live').classList.toggle('on', connected);
}

const events = new EventSource('/events');
events.addEventListener('open', () => {
  showConnection(true);
  refresh();
});
events.addEventListener('error', () => {
  showConnection(false);
  refresh();
});
events.addEventListener('changed', refresh);

// The plot is a drawing: it has to be made anew for another width or colour scheme.
const redraw = () => numbers && drawPlot(numbers);
addEventListener('resize', redraw);
matchMedia('(prefers-color-scheme: dark)').addEventListener('change', redraw);

/** @type {HTMLSelectElement} */ (searchForm.elements.namedItem('category')).append(
  ...CATEGORIES.map((name) => new Option(name)),
);
offerSamples().catch(refresh);
find('states').append(
  ...['bounce', 'rcptto', 'data', 'message', 'connect', 'mailfrom'].map(
    (state) => new Option(state),
  ),
);
refresh();
