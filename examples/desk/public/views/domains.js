// @ts-check
import { repeat } from '/lit-html/directives/repeat.js';
import { html, nothing } from '/lit-html/lit-html.js';
import { chosen, countedHref, filterHref, href } from '../address.js';
import { answer, shown } from '../answers.js';
import { fold } from '../fold.js';
import { domainWords, NO_DOMAIN, number, share } from '../text.js';
import { CATEGORIES, PERIODS, wordsFor } from '../words.js';
import { course, refusal, since } from './course.js';
import { unheeded } from './filters.js';
import { waiting } from './waiting.js';

/** What the sender can mend, and so must see where it is more than a few. */
const OURS = ['reputation', 'content', 'frequency'];
/** So many are shown at first; the reports come after them. */
const FIRST = 5;

/** Who refuses us: the receiving domains of the period, with their failures by cause. */
export function domains() {
  const body = shown('domains');
  const title = html`<h2 id="domains-title">
    Who refuses us <span class="muted">${wordsFor(PERIODS, chosen('period') || 'day')}</span>
  </h2>`;
  return html`<section id="domains" class="card" aria-labelledby="domains-title" tabindex="-1">
    ${fold('domains', title, body ? list(body) : waiting(answer('domains')))}
  </section>`;
}

/** @param {any} body */
function list(body) {
  const { domains: rows } = body;
  if (rows.length === 0) return html`<p class="empty">No domain: no failure in this period.</p>`;
  const all = chosen('domains') === 'all';
  const told = rows
    .map((/** @type {any} */ row, /** @type {number} */ index) => ({
      ...row,
      course: body.courses[index],
    }))
    .sort((/** @type {any} */ one, /** @type {any} */ other) => refusals(other) - refusals(one));
  return html`${unheeded(body, ['domain'])}
    <ol class="domains">
      ${repeat(
        all ? told : told.slice(0, FIRST),
        (row) => /** @type {any} */ (row).domain,
        (row) => item(row, body),
      )}
    </ol>
    ${rows.length > FIRST ? html`<p><a href=${href({ domains: all ? null : 'all' })}>${all ? `The first ${FIRST} only` : `All ${rows.length}`}</a></p>` : nothing}`;
}

/** @param {string} category @param {number} part */
const isOurs = (category, part) => OURS.includes(category) && part > 0.1;

/** How often the sender was refused: such domains come first. @param {any} row @returns {number} */
const refusals = ({ categories }) =>
  OURS.reduce((sum, category) => sum + (categories[category] ?? 0), 0);

/** @param {any} row @param {any} body */
function item({ domain: told, total, categories, course: steps }, body) {
  const domain = told || NO_DOMAIN;
  const on = chosen('domain') === domain;
  const causes = Object.entries(categories).sort(([, one], [, other]) => other - one);
  return html`<li>
    <div class="top">
      <strong>
        <a href=${on ? filterHref({ domain: null }) : countedHref(body, { domain })}
          aria-current=${on ? 'true' : nothing} data-show=${on ? nothing : 'numbers'}
          >${domainWords(domain)}</a
        >
      </strong>
      ${steps ? html`${began(body, steps)} ${course(body, steps, OURS)}` : nothing}
      <span>${number(total)} <span class="share">${share(total, body.total)}</span></span>
    </div>
    <div class="causes">
      ${causes.map(
        ([category, count]) =>
          html`<a class="cause ${isOurs(category, count / total) ? 'ours' : ''}"
            href=${countedHref(body, { domain, category })} data-show="reports-part"
            >${CATEGORIES[category]} ${number(count)} <span class="share">${share(count, total)}</span></a
          >`,
      )}
    </div>
  </li>`;
}

/** @param {any} body @param {import('./course.js').Course} steps */
function began(body, steps) {
  const refused = refusal(body, steps, OURS);
  return refused
    ? html`<strong class="refusal">${refused}</strong>`
    : html`<span class="muted">${since(body, steps)}</span>`;
}
