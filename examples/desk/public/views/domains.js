import { repeat } from '/lit-html/directives/repeat.js';
import { html, nothing } from '/lit-html/lit-html.js';
import { entryOf, lastAnswer } from '../cache.js';
import { collapsibleOnPhone } from '../collapsible.js';
import { DAY_SECONDS, noonOf, stackedBars, sumPerStep } from '../plot.js';
import { findStretch } from '../stretch.js';
import { domainLabel, NO_DOMAIN, number, share } from '../text.js';
import { filterUrl, param, periodFilterUrl, urlWith } from '../url-state.js';
import { CATEGORIES, labelFor, PERIODS } from '../words.js';
import { ignoredFilters } from './filters.js';
import { waiting } from './status.js';

/** @import { Stretch } from '../stretch.js' */
/** @import { Answers, Category, DomainRow } from '../types.js' */

/** How many domains are shown at first. */
const FIRST = 5;
/** The causes about which a domain's row says since when. */
const MARKED = /** @type {const} */ ({
  reputation: { now: 'refuses the sender', before: 'refused the sender' },
  frequency: { now: 'limits the rate', before: 'limited the rate' },
});
/** The period to look at if a shorter one does not show the beginning. @type {Record<string, string>} */
const LONGER_PERIODS = { hour: 'day', day: 'month', month: 'year' };

/** The receiving domains with the most failures of the period, by cause. Refusals of the sender come first. */
export function domains() {
  const answer = lastAnswer('domains');
  const title = html`<h2 id="domains-title">
    Failures by domain <span class="muted">${labelFor(PERIODS, param('period') || 'day')}</span>
  </h2>`;
  return html`<section id="domains" class="card" aria-labelledby="domains-title" tabindex="-1">
    ${collapsibleOnPhone('domains', title, answer ? list(answer) : waiting(entryOf('domains')))}
  </section>`;
}

/** @param {Answers['domains']} answer */
function list(answer) {
  const rows = answer.domains.toSorted(
    (one, other) => refusals(other) - refusals(one) || other.total - one.total,
  );
  if (rows.length === 0) return html`<p class="empty">No domain: no failure in this period.</p>`;
  const all = param('domains') === 'all';
  const toggle = html`<p><a href=${urlWith({ domains: all ? null : 'all' })}>${all ? `The first ${FIRST} only` : `The ${rows.length} largest`}</a></p>`;
  return html`${ignoredFilters(answer, ['domain'])}
    <p class="hint">Refusals of the sender, of all failures; the most refusals first</p>
    <ol class="domains">
      ${repeat(
        all ? rows : rows.slice(0, FIRST),
        ({ domain }) => domain,
        (row) => item(row, answer),
      )}
    </ol>
    ${rows.length > FIRST ? toggle : nothing}`;
}

/** How often a domain refused the sender. @param {DomainRow} row */
const refusals = ({ categories }) => categories.reputation ?? 0;

/** @param {DomainRow} row @param {Answers['domains']} answer */
function item(row, answer) {
  const { total, categories } = row;
  const domain = row.domain || NO_DOMAIN;
  const selected = param('domain') === domain;
  const causes = /** @type {[Category, number][]} */ (Object.entries(categories));
  return html`<li>
    <div class="row">
      <strong>
        <a href=${selected ? filterUrl({ domain: null }) : periodFilterUrl(answer, { domain })}
          aria-current=${selected ? 'true' : nothing} data-show=${selected ? nothing : 'numbers'}
          >${domainLabel(domain)}</a
        >
      </strong>
      ${trend(row, answer.trendStarts)}
      <span><strong>${number(refusals(row))}</strong> of ${number(total)}</span>
    </div>
    ${sinceLines(row, answer)}
    <div class="causes">
      ${causes
        .toSorted(([, one], [, other]) => other - one)
        .map(
          ([category, count]) =>
            html`<a class="cause" href=${periodFilterUrl(answer, { domain, category })} data-show="reports-part"
              >${CATEGORIES[category]} ${number(count)} <span class="share">${share(count, total)}</span></a
            >`,
        )}
    </div>
  </li>`;
}

/** The domains that refuse the sender now, as far as the last month shows it. */
export function refusingDomains() {
  const { domains: rows = [], trendStarts = [] } = lastAnswer('monthDomains') ?? {};
  return rows
    .filter((row) => goesOn(stretchOf(row, 'reputation'), trendStarts))
    .map(({ domain }) => domain);
}

/** False if failures have had other causes since, or if none came for long. @param {Stretch | undefined} stretch @param {number[]} starts */
function goesOn(stretch, starts) {
  return stretch !== undefined && !stretch.hasEnded && !isSilentSince(stretch.last, starts);
}

/** True if no failure of the cause came for more than a sixth of the period. @param {number} last @param {number[]} starts */
function isSilentSince(last, starts) {
  // The last step is not over yet.
  return starts.length - 2 - last > starts.length / 6;
}

/** The stretches that were found, by the counts of an answer: the page is drawn often. @type {WeakMap<number[], Stretch | undefined>} */
const stretches = new WeakMap();

/** The stretch in which a cause is frequent at a domain. @param {DomainRow} row @param {Category} category */
function stretchOf({ trend: perCategory }, category) {
  const counts = perCategory[category];
  if (!counts) return undefined;
  if (!stretches.has(counts)) {
    const all = sumPerStep(counts.length, Object.values(perCategory));
    stretches.set(counts, findStretch(counts, all));
  }
  return stretches.get(counts);
}

/** Since when a domain refuses the sender, or limits the rate. @param {DomainRow} row @param {Answers['domains']} answer */
function sinceLines(row, { trendStarts: starts }) {
  const marked = /** @type {(keyof typeof MARKED)[]} */ (Object.keys(MARKED));
  return marked.map((category) => {
    const stretch = stretchOf(row, category);
    if (!stretch) return nothing;
    return html`<p class="since ${category}">${sinceLabel(MARKED[category], stretch, starts)}</p>`;
  });
}

/**
 * Says since when, or from when to when, as far as the period shows it.
 *
 * @param {{ now: string, before: string }} words
 * @param {Stretch} stretch
 * @param {number[]} starts
 */
function sinceLabel({ now, before }, { first, last, hasBegun, hasEnded }, starts) {
  const [begin, end] = [first, last].map((step) => stepLabel(starts, step));
  if (hasEnded) return hasBegun ? `${before} from ${begin} to ${end}` : `${before} until ${end}`;
  const latest = isSilentSince(last, starts) ? `, last ${end}` : '';
  const period = param('period') || 'day';
  if (hasBegun) {
    const isInMonth = period === 'year' && first >= starts.length - 2;
    const finer = html`, <a href=${urlWith({ period: 'month' })}>which day?</a>`;
    return html`${now} since ${begin}${latest}${isInMonth ? finer : nothing}`;
  }
  const longer = LONGER_PERIODS[period];
  // There is no longer period, or the domain had hardly any failure before.
  if (!longer || first > starts.length / 6) return `${now} at least since ${begin}${latest}`;
  return html`${now}, <a href=${urlWith({ period: longer })}>since when?</a>`;
}

/** The failures of a domain over time, as small bars. @param {DomainRow} row @param {number[]} starts */
function trend({ trend: perCategory }, starts) {
  const all = sumPerStep(starts.length, Object.values(perCategory));
  const refused = perCategory.reputation ?? starts.map(() => 0);
  const others = all.map((count, step) => count - (refused[step] ?? 0));
  const layers = [
    { name: 'reputation', counts: refused },
    { name: 'others', counts: others },
  ];
  const most = Math.max(1, ...all);
  const peak = `${number(most)}, ${stepLabel(starts, all.indexOf(most))}`;
  return html`<svg class="trend" viewBox="0 0 ${starts.length} ${most}" preserveAspectRatio="none"
    role="img" aria-label="Most failures: ${peak}">
    ${stackedBars(layers, most)}
  </svg>`;
}

/** The time of a step, as exactly as its length tells it. @param {number[]} starts @param {number} step */
function stepLabel(starts, step) {
  const [first = 0, second = 0] = starts;
  const start = starts[step] ?? first;
  const length = second - first;
  if (length < DAY_SECONDS) {
    const time = /** @type {const} */ ({ weekday: 'short', hour: '2-digit', minute: '2-digit' });
    return new Date(start * 1000).toLocaleString([], time);
  }
  const day = /** @type {const} */ ({ weekday: 'short', day: 'numeric', month: 'short' });
  if (length === DAY_SECONDS) return noonOf(start).toLocaleDateString([], day);
  const format = new Intl.DateTimeFormat([], { day: 'numeric', month: 'short' });
  const lastDay = Math.max(start, Math.min(start + length, Date.now() / 1000) - DAY_SECONDS / 2);
  return `the weeks of ${format.formatRange(noonOf(start), new Date(lastDay * 1000))}`;
}
