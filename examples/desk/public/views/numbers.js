// @ts-check
import { html, nothing } from '/lit-html/lit-html.js';
import { chosen, countedHref, filterHref, goTo, href } from '../address.js';
import { answer, shown } from '../answers.js';
import { narrowed, sums, total } from '../counts.js';
import { fold } from '../fold.js';
import { domainWords, number, share, worded } from '../text.js';
import { CATEGORIES, PERIODS, SEVERITIES } from '../words.js';
import { unheeded } from './filters.js';
import { plot } from './plot.js';
import { waiting } from './waiting.js';

/** How many failures there were in the period, of which kind, and when. */
export function numbers() {
  const body = shown('numbers');
  const domain = chosen('domain');
  const at = html`at ${domainWords(domain)}
    <a href=${filterHref({ domain: null })}>all domains</a>`;
  const all = body && total(narrowed(body.counts, ['severity', 'category']));
  return html`<section id="numbers" class="card" aria-labelledby="numbers-title" tabindex="-1">
    <div class="head">
      <h2 id="numbers-title">
        Failures <span id="total" class="muted">${body ? number(all) : nothing}</span>
        <span class="muted">${domain ? at : nothing}</span>
      </h2>
      ${periods()}
    </div>
    ${body ? unheeded(body, ['severity', 'category', 'domain']) : nothing}
    ${body?.counting ? stillCounting(body.counting) : nothing}
    ${body ? figures(body) : waiting(answer('numbers'))}
  </section>`;
}

/** @param {{ done: number }} progress */
function stillCounting({ done }) {
  return html`<p class="muted">
    Reports of an earlier version are still being counted: ${Math.floor(100 * done)} % done.
  </p>`;
}

function periods() {
  const now = chosen('period') || 'day';
  /** @param {Event} event */
  const change = ({ target }) => {
    const { value } = /** @type {HTMLSelectElement} */ (target);
    goTo(href({ period: value === 'day' ? null : value }));
  };
  return html`<label class="inline">
    Period
    <select id="period" @change=${change}>
      ${Object.entries(PERIODS).map(
        ([value, words]) =>
          html`<option value=${value} .selected=${value === now}>${words}</option>`,
      )}
    </select>
  </label>`;
}

/** @param {any} body */
function figures(body) {
  const severities = narrowed(body.counts, ['category']);
  const categories = narrowed(body.counts, ['severity']);
  return html`<div class="figures">
    <div>
      <h3>By severity</h3>
      ${bars(body, 'severity', sums(severities, 'severity', Object.keys(SEVERITIES)), SEVERITIES)}
    </div>
    <div>
      ${fold(
        'categories',
        html`<h3>By cause</h3>`,
        bars(body, 'category', sums(categories, 'category', Object.keys(CATEGORIES)), CATEGORIES),
      )}
    </div>
    ${plot(body)}
  </div>`;
}

/**
 * A row for each value, with a bar as long as its share of all; touched, it filters.
 *
 * @param {import('../counts.js').Numbers} numbers
 * @param {'severity' | 'category'} name
 * @param {[value: string, count: number][]} counts
 * @param {Record<string, string>} words
 */
function bars(numbers, name, counts, words) {
  const all = counts.reduce((sum, [, count]) => sum + count, 0);
  return html`<ul class="counts" id=${name === 'severity' ? 'severities' : 'categories'}>
    ${counts.map(([value, count]) => {
      const on = chosen(name) === value;
      return html`<li>
        <a class="count ${name === 'severity' ? `severity ${value}` : ''}"
          href=${on ? filterHref({ [name]: null }) : countedHref(numbers, { [name]: value })}
          aria-current=${on ? 'true' : nothing} data-show=${on ? nothing : 'reports-part'}
          .style=${`--share: ${all ? (100 * count) / all : 0}%`}
          ><span class="name">${worded(words[value] ?? '', value)}</span>
          <span class="sum">${number(count)}</span>
          <span class="share">${share(count, all)}</span></a
        >
      </li>`;
    })}
  </ul>`;
}
