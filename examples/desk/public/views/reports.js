// @ts-check
import { repeat } from '/lit-html/directives/repeat.js';
import { html, nothing } from '/lit-html/lit-html.js';
import { filters, href, pages } from '../address.js';
import { answer, current, shown } from '../answers.js';
import { folded } from '../fold.js';
import { beginning, counted, inLines, inOneLine, moment, outside } from '../text.js';
import { chips, search } from './filters.js';
import { kind, MOST_TAGS, tagLinks } from './kind.js';
import { atLeast, listHead, pager, toStart } from './list.js';
import { waiting } from './waiting.js';

/** @returns {string} */
function heading() {
  const older = pages('before').length > 0;
  if (filters().size === 0) return older ? 'Older reports' : 'Newest reports';
  return older ? 'Older reports that match' : 'Reports that match';
}

/** The reports, the newest first, as far as the filters let them through. */
export function reports() {
  const body = shown('reports');
  return html`<section id="reports-part" class="card" aria-labelledby="reports-title" tabindex="-1">
    <h2 id="reports-title">${heading()}</h2>
    ${folded('search', html`<h3>Search and filter</h3>`, search())}
    ${filters().size > 0 ? inForce() : nothing} ${body ? list(body) : html`${waiting(answer('reports'))} ${toStart('before')}`}
  </section>`;
}

/** The filters in force, and how many reports they let through. */
function inForce() {
  return html`<p class="chips">
    ${chips()} <span class="muted" role="status" id="found">${found()}</span>
  </p>`;
}

/** @param {any} body */
function list(body) {
  const filtered = filters().size > 0;
  return html`
    <div>
      ${pages('before').length === 0 ? listHead('reports', (row) => row.serial, 'report', current('newer')) : nothing}
      <ol id="reports">
        ${repeat(body.reports, (row) => /** @type {any} */ (row).serial, item)}
      </ol>
    </div>
    <p id="no-reports" class="empty" ?hidden=${body.reports.length > 0}>
      ${
        body.lookedBackTo
          ? 'No report matches so far.'
          : filtered
            ? 'No report matches. Take a filter away, or look whether it is spelled the same.'
            : 'No report yet. Send a test report to see one, or let Copernica send to this desk.'
      }
    </p>
    ${
      body.lookedBackTo
        ? html`<p id="looked-back" class="muted">
            Looked through back to ${moment(body.lookedBackTo)}. Older looks through what came before.
          </p>`
        : nothing
    }
    ${pager('before', body.next, 'reports-part', 'Pages of reports')}
  `;
}

/** How many match, as far as they were counted. Tests are in no count, but in the list. */
function found() {
  const count = shown('found');
  if (!count) return nothing;
  const { reports, next } = shown('reports') ?? { reports: [] };
  const tests = reports.filter((/** @type {any} */ row) => row.test).length;
  if (tests === 0) return atLeast(count, 'report');
  const where = next || pages('before').length > 0 ? ' on this page' : '';
  return `${atLeast(count, 'report')} and ${counted(tests, 'test report')}${where}`;
}

/** @param {any} row */
function item(row) {
  const { serial, receivedAt, test, report } = row;
  const { recipient, code, extended, description = '', tags } = report;
  const whole = inLines(description.trim());
  const text = beginning(whole);
  return html`<li>
    <div class="top">
      <a class="address" href=${href({ report: serial })}>${outside(inOneLine(recipient), '(blank address)')}</a>
      ${moment(receivedAt)}
    </div>
    <div class="facts">
      ${test ? html`<span class="test">test</span>` : nothing}
      ${kind(row)} ${tagLinks(tags.slice(0, MOST_TAGS))}
      ${
        tags.length > MOST_TAGS
          ? html`<a href=${href({ report: serial, open: [...pages('open'), 'tags'] })}>${tags.length - MOST_TAGS} more tags</a>`
          : nothing
      }
    </div>
    <div class="reply">
      ${code ?? nothing} ${extended ? outside(extended) : nothing} ${outside(text, '(no reply text)')}
      ${text === whole ? nothing : html`<a href=${href({ report: serial })}>show all</a>`}
    </div>
  </li>`;
}
