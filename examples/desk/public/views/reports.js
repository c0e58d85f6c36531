import { repeat } from '/lit-html/directives/repeat.js';
import { html, nothing } from '/lit-html/lit-html.js';
import { entryOf, lastAnswer } from '../cache.js';
import { collapsible } from '../collapsible.js';
import { dateTime, quantity, untrusted, withTerm } from '../text.js';
import { activeFilters, filterUrl, params, urlWith } from '../url-state.js';
import { CATEGORIES, labelFor, SEVERITIES, stateLabel } from '../words.js';
import { filterChips, filterForm } from './filters.js';
import { countLabel, listHead, pager } from './list.js';
import { waiting } from './status.js';

/** @import { Answers, Row } from '../types.js' */

/** The reports that pass the filters, the newest first. */
export function reports() {
  const answer = lastAnswer('reports');
  return html`<section id="reports-part" class="card" aria-labelledby="reports-title" tabindex="-1">
    <h2 id="reports-title">${title()}</h2>
    ${collapsible('search', html`<h3>Search and filter</h3>`, filterForm())}
    ${activeFilters().length > 0 ? chips(answer) : nothing}
    ${answer ? list(answer) : waiting(entryOf('reports'))}
    ${pager('before', answer?.next, 'reports-part', 'Pages of reports')}
  </section>`;
}

function title() {
  const age = params('before').length > 0 ? 'Older reports' : '';
  if (activeFilters().length === 0) return age || 'Newest reports';
  return `${age || 'Reports'} that match`;
}

/** @param {Answers['reports'] | undefined} answer */
function chips(answer) {
  return html`<p class="chips">
    ${filterChips()} <span class="muted" role="status" id="found">${found(answer)}</span>
  </p>`;
}

/** How many reports pass the filters. Test reports are in the list, but in no count. @param {Answers['reports'] | undefined} answer */
function found(answer) {
  const count = lastAnswer('reportCount');
  if (!count) return nothing;
  const tests = answer?.reports.filter(({ test }) => test).length ?? 0;
  if (tests === 0) return countLabel(count, 'report');
  const isWholeList = !answer?.next && params('before').length === 0;
  const place = isWholeList ? '' : ' on this page';
  return `${countLabel(count, 'report')} and ${quantity(tests, 'test report')}${place}`;
}

/** @param {Answers['reports']} answer */
function list({ reports: rows }) {
  return html`
    <div>
      ${params('before').length === 0 ? listHead('reports', 'report') : nothing}
      <ol id="reports">
        ${repeat(rows, ({ serial }) => serial, item)}
      </ol>
    </div>
    <p id="no-reports" class="empty" ?hidden=${rows.length > 0}>
      ${
        activeFilters().length > 0
          ? 'No report matches. Remove a filter, or check its spelling, capitals and days.'
          : 'No report yet. Send a test report to see one, or let Copernica send to this desk.'
      }
    </p>
  `;
}

/** @param {Row} row */
function item(row) {
  const { serial, receivedAt, test, address, code, extended, description, tags, tagCount } = row;
  const reply = description.trim().replace(/\r\n?/g, '\n');
  const start = startOf(reply);
  const url = urlWith({ report: serial });
  return html`<li>
    <div class="row">
      <a class="address" href=${url}>${untrusted(address, '(blank address)')}</a>
      ${dateTime(receivedAt)}
    </div>
    <div class="facts">
      ${test ? html`<span class="test">test</span>` : nothing}
      ${badges(row)} ${tagLinks(tags)}
      ${
        tagCount > tags.length
          ? html`<a href=${urlWith({ report: serial, open: [...params('open'), 'tags'] })}>${tagCount - tags.length} more tags</a>`
          : nothing
      }
    </div>
    <div class="reply">
      ${code ?? nothing} ${extended ? untrusted(extended) : nothing}
      ${untrusted(start, '(no reply text)')}
      ${row.shortened || start !== reply ? html`<a href=${url}>show all</a>` : nothing}
    </div>
  </li>`;
}

/** At most three lines of a text. @param {string} text */
function startOf(text) {
  const start = text.split('\n', 3).join('\n').slice(0, 300);
  return start.length < text.length ? `${start.trimEnd()} …` : text;
}

/** Severity, category and step of a report: links that filter. @param {{ severity: string, category: string, state: string }} row */
export function badges({ severity, category, state }) {
  return html`<a class="severity ${severity}" href=${filterUrl({ severity })} data-show="reports-part"
      >${withTerm(labelFor(SEVERITIES, severity), severity)}</a
    >
    <a href=${filterUrl({ category })} data-show="reports-part">${withTerm(labelFor(CATEGORIES, category), category)}</a>
    <a class="muted" href=${filterUrl({ state })} data-show="reports-part">${withTerm(stateLabel(state), state)}</a>`;
}

/** @param {string[]} tags */
export function tagLinks(tags) {
  return tags.map(
    (tag) =>
      html`<a class="tag" href=${filterUrl({ tag })} data-show="reports-part">${untrusted(tag)}</a> `,
  );
}
