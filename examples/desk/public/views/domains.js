import { repeat } from '/lit-html/directives/repeat.js';
import { html, nothing } from '/lit-html/lit-html.js';
import { entryOf, lastAnswer } from '../cache.js';
import { collapsibleOnPhone } from '../collapsible.js';
import { DAY_SECONDS, noonOf, stackedBars, sumPerStep } from '../plot.js';
import { domainLabel, NO_DOMAIN, number, share } from '../text.js';
import { filterUrl, param, periodFilterUrl, urlWith } from '../url-state.js';
import { CATEGORIES, labelFor, PERIODS } from '../words.js';
import { ignoredFilters } from './filters.js';
import { waiting } from './status.js';

/** @import { Answers, Category, DomainRow } from '../types.js' */

/** The categories of faults that the sender can correct. */
const SENDER_FAULTS = /** @type {Category[]} */ (['reputation', 'content', 'frequency']);
/** How many domains are shown at first. */
const FIRST = 5;
/** A fault of the sender is marked above this share of a domain's failures. */
const MIN_SHARE = 0.1;

/** The receiving domains with the most failures of the period, by cause. */
export function domains() {
  const answer = lastAnswer('domains');
  const title = html`<h2 id="domains-title">
    Who refuses us <span class="muted">${labelFor(PERIODS, param('period') || 'day')}</span>
  </h2>`;
  return html`<section id="domains" class="card" aria-labelledby="domains-title" tabindex="-1">
    ${collapsibleOnPhone('domains', title, answer ? list(answer) : waiting(entryOf('domains')))}
  </section>`;
}

/** @param {Answers['domains']} answer */
function list(answer) {
  const rows = answer.domains.toSorted((one, other) => refusals(other) - refusals(one));
  if (rows.length === 0) return html`<p class="empty">No domain: no failure in this period.</p>`;
  const all = param('domains') === 'all';
  const toggle = html`<p><a href=${urlWith({ domains: all ? null : 'all' })}>${all ? `The first ${FIRST} only` : `All ${rows.length}`}</a></p>`;
  return html`${ignoredFilters(answer, ['domain'])}
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
const refusals = ({ categories }) =>
  SENDER_FAULTS.reduce((sum, category) => sum + (categories[category] ?? 0), 0);

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
      <span>${number(total)} <span class="share">${share(total, answer.total)}</span></span>
    </div>
    <div class="causes">
      ${causes
        .toSorted(([, one], [, other]) => other - one)
        .map(([category, count]) => {
          const isFrequentFault = SENDER_FAULTS.includes(category) && count / total > MIN_SHARE;
          return html`<a class="cause ${isFrequentFault ? 'sender-fault' : ''}"
            href=${periodFilterUrl(answer, { domain, category })} data-show="reports-part"
            >${CATEGORIES[category]} ${number(count)} <span class="share">${share(count, total)}</span></a
          >`;
        })}
    </div>
  </li>`;
}

/** The failures of a domain over time, in words and as small bars. @param {DomainRow} row @param {number[]} starts */
function trend({ trend: perCategory }, starts) {
  const all = sumPerStep(starts.length, Object.values(perCategory));
  const refused = sumPerStep(
    starts.length,
    SENDER_FAULTS.map((category) => perCategory[category] ?? []),
  );
  const others = all.map((count, step) => count - (refused[step] ?? 0));
  const layers = [
    { name: 'sender-fault', counts: refused },
    { name: 'other-fault', counts: others },
  ];
  const most = Math.max(1, ...all);
  const peak = `${number(most)}, ${startLabel(starts, all.indexOf(most))}`;
  const refusal = refusalLabel(refused, starts);
  return html`${
    refusal
      ? html`<strong class="refusal">${refusal}</strong>`
      : html`<span class="muted">${sinceLabel(all, starts)}</span>`
  }
    <svg class="trend" viewBox="0 0 ${starts.length} ${most}" preserveAspectRatio="none" role="img"
      aria-label="Most failures: ${peak}">
      ${stackedBars(layers, most)}
    </svg>`;
}

/**
 * "refuses us", with a time if the refusals began well after the period's start or ended well before its end.
 *
 * @param {number[]} refused
 * @param {number[]} starts
 */
function refusalLabel(refused, starts) {
  const [first, last] = busySteps(refused);
  if (first < 0) return '';
  // The last step is not over yet.
  const stepsSince = refused.length - 2 - last;
  if (stepsSince > refused.length / 6) return `refused us until ${startLabel(starts, last)}`;
  const isNew = first > refused.length / 6;
  return isNew ? `refuses us since ${startLabel(starts, first)}` : 'refuses us';
}

/** The time of the first failures, if that is well after the period's start. @param {number[]} all @param {number[]} starts */
function sinceLabel(all, starts) {
  const [first] = busySteps(all);
  return first > all.length / 6 ? `since ${startLabel(starts, first)}` : nothing;
}

/** The first and the last step with more than a few. @param {number[]} counts @returns {[first: number, last: number]} */
function busySteps(counts) {
  const few = Math.max(...counts) / 10;
  /** @param {number} count */
  const isBusy = (count) => count > few;
  return [counts.findIndex(isBusy), counts.findLastIndex(isBusy)];
}

/** @param {number[]} starts @param {number} step */
function startLabel(starts, step) {
  const [first = 0, second = 0] = starts;
  const start = starts[step] ?? first;
  if (second - first < DAY_SECONDS) {
    const time = /** @type {const} */ ({ weekday: 'short', hour: '2-digit', minute: '2-digit' });
    return new Date(start * 1000).toLocaleString([], time);
  }
  return noonOf(start).toLocaleDateString([], { weekday: 'short', day: 'numeric', month: 'short' });
}
