// @ts-check
import { repeat } from '/lit-html/directives/repeat.js';
import { html, nothing } from '/lit-html/lit-html.js';
import { chosen, filterHref } from '../address.js';
import { answer, shown } from '../answers.js';
import { fold } from '../fold.js';
import { number, outside, share } from '../text.js';
import { CATEGORIES, PERIODS } from '../words.js';
import { waiting } from './waiting.js';

/** What the sender can mend, and so must see where it is more than a few. */
const OURS = ['reputation', 'content', 'frequency'];
/** How the filter is written for addresses without one. */
const NO_DOMAIN = '(none)';

/** Who refuses us: the receiving domains of the period, with their failures by cause. */
export function domains() {
  const body = shown('domains');
  const title = html`<h2 id="domains-title">
    Who refuses us <span class="muted">${PERIODS[chosen('period') || 'day']}</span>
  </h2>`;
  return html`<section id="domains" class="card" aria-labelledby="domains-title" tabindex="-1">
    ${fold('domains', title, body ? list(body) : waiting(answer('domains')))}
  </section>`;
}

/** @param {any} body */
function list({ domains: rows, total }) {
  if (rows.length === 0) return html`<p class="empty">No domain: no failure in this period.</p>`;
  return html`<ol class="domains">
    ${repeat(
      rows,
      (row) => /** @type {any} */ (row).domain,
      (row) => item(row, total),
    )}
  </ol>`;
}

/** @param {string} category @param {number} part */
const isOurs = (category, part) => OURS.includes(category) && part > 0.1;

/** @param {any} row @param {number} all */
function item({ domain: told, total, categories }, all) {
  const domain = told || NO_DOMAIN;
  const on = chosen('domain') === domain;
  const causes = Object.entries(categories).sort(([, one], [, other]) => other - one);
  return html`<li>
    <div class="top">
      <strong>
        <a href=${filterHref({ domain: on ? null : domain })} aria-current=${on ? 'true' : nothing}
          >${outside(told, '(no domain in the address)')}</a
        >
      </strong>
      <span>${number(total)} <span class="share">${share(total, all)}</span></span>
    </div>
    <div class="causes">
      ${causes.map(
        ([category, count]) =>
          html`<a class="cause ${isOurs(category, count / total) ? 'ours' : ''}"
            href=${filterHref({ domain, category })} data-show="reports-part"
            >${CATEGORIES[category]} ${number(count)} <span class="share">${share(count, total)}</span></a
          >`,
      )}
    </div>
  </li>`;
}
