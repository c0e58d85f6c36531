import { html, nothing } from '/lit-html/lit-html.js';
import { currentAnswer, entryOf } from '../cache.js';
import { collapsible } from '../collapsible.js';
import { draw } from '../draw.js';
import { dateTime, untrusted, withTerm } from '../text.js';
import { navigate, param, urlWith } from '../url-state.js';
import { ADVICE, CATEGORIES, FIELDS, labelFor, stateLabel } from '../words.js';
import { history } from './address-history.js';
import { refusingDomains } from './domains.js';
import { badges, tagLinks } from './reports.js';
import { errorBanner, waiting } from './status.js';
import { judge, tooLong, verdictBox } from './verdict.js';

/** @import { Report } from '../types.js' */

/** How many tags are shown at first. */
const FIRST_TAGS = 5;

/** The dialog with a whole report and the history of its address. */
export function reportDialog() {
  const report = currentAnswer('report');
  /** @param {Event} event */
  const close = ({ target }) => {
    // Back and Forward can open the dialog again before this event.
    const isOpen = /** @type {HTMLDialogElement} */ (target).open;
    if (!isOpen && param('report')) navigate(urlWith({ report: null }));
  };
  return html`<dialog id="report" aria-labelledby="report-title" @close=${close}>
    <form method="dialog">
      <h2 id="report-title">${report ? untrusted(report.address, '(blank address)') : 'Report'}</h2>
      <button class="button-secondary" value="close">Close</button>
    </form>
    ${report ? content(report) : nothing}
    ${param('report') && !report ? waiting(entryOf('report')) : nothing}
    ${errorBanner('report-error-banner')}
  </dialog>`;
}

/** Opens or closes the dialog, as the URL says. */
export function showReportDialog() {
  const dialog = /** @type {HTMLDialogElement} */ (document.getElementById('report'));
  const wanted = Boolean(param('report'));
  if (wanted === dialog.open) return;
  if (wanted) dialog.showModal();
  else dialog.close();
}

/** @param {Report} stored */
function content(stored) {
  const { category, severity, test, report } = stored;
  const reply = [report.code, report.extended, report.description].filter(Boolean).join(' ');
  return html`
    ${test ? html`<p><span class="test">test</span> A test report: it is in no count, no suppression and no CSV.</p>` : nothing}
    <p class="facts">${badges({ severity, category, state: report.state })}</p>
    <h3>What to do</h3>
    <p>${ADVICE[category]}</p>
    <h3>Why it counts as “${CATEGORIES[category]}”</h3>
    <p>${why(stored)}</p>
    <h3>The reply</h3>
    <pre tabindex="0">${untrusted(reply, '(no reply text)')}</pre>
    <h3>The address</h3>
    ${aboutAddress(stored)}
    <h3>The report</h3>
    ${facts(stored)}
    <h3>All variables that were sent, but the tags</h3>
    ${variables(stored)}
    <h3>Link for a colleague</h3>
    ${copyLink()}
  `;
}

/** @param {Report} stored */
function why({ explanation: { field, evidence, certain } }) {
  const words = labelFor(FIELDS, field);
  if (!words) return 'Nothing in the report says why it failed.';
  return html`Because of ${words} <span class="term">${field}</span>: “${untrusted(evidence)}”.
    ${certain ? 'These words have no other meaning.' : 'That is not certain: it can mean something else too.'}`;
}

/** @param {Report} stored */
function aboutAddress({ address, report: { recipient } }) {
  if (!address) return html`<p class="empty">(no address)</p>`;
  const known = currentAnswer('reportAddress');
  if (!known) return waiting(entryOf('reportAddress'));
  const { advice: _, ...verdict } = judge(known, refusingDomains());
  return html`${verdictBox(verdict)}
    <p>${tooLong(recipient)}</p>
    <p><a href=${urlWith({ report: null, address, ask: null })} data-show="lookup">All about this address, and what can be done</a></p>
    ${history(known)}`;
}

/** @param {Report} stored */
function facts({ receivedAt, report }) {
  const { id, state, code, extended, tags, time, timestamp } = report;
  const failedAt =
    time === undefined ? untrusted(timestamp, '(not stated)') : dateTime(time, 'medium');
  /** @type {[words: string, term: string, value: unknown][]} */
  const rows = [
    ['Failed', 'time', failedAt],
    ['Received', '', dateTime(receivedAt, 'medium')],
    ['Step', 'state', withTerm(stateLabel(state), state)],
    ['Reply code', 'code', code ?? '–'],
    ['Enhanced status code', 'extended', extended ? untrusted(extended) : '–'],
    ['Message', 'id', untrusted(id)],
    ['Tags', 'tags', tags.length > 0 ? tagList(tags) : '–'],
  ];
  return html`<dl class="facts-list">
    ${rows.map(([words, term, value]) => html`<div><dt>${words} <span class="term">${term}</span></dt><dd>${value}</dd></div>`)}
  </dl>`;
}

/** @param {string[]} tags */
function tagList(tags) {
  const more = tags.slice(FIRST_TAGS);
  const moreTitle = html`<span>${more.length} more tags</span>`;
  const moreTags = html`<div class="tags">${tagLinks(more)}</div>`;
  return html`<div class="tags">${tagLinks(tags.slice(0, FIRST_TAGS))}</div>
    ${more.length > 0 ? collapsible('tags', moreTitle, moreTags) : nothing}`;
}

/** The tags are shown above. @param {Report} stored */
function variables({ variables: { tags: _, ...others } }) {
  return html`<dl class="facts-list" id="variables">
    ${flatten(others).map(([name, value]) => html`<div><dt>${untrusted(name)}</dt><dd>${untrusted(value, '(empty)')}</dd></div>`)}
  </dl>`;
}

/** Nested variables, with the names that Copernica sends. @param {unknown} value @param {string} name @returns {[string, string][]} */
function flatten(value, name = '') {
  if (typeof value !== 'object' || value === null) return [[name, String(value)]];
  if (Array.isArray(value)) return value.flatMap((item) => flatten(item, `${name}[]`));
  return Object.entries(value).flatMap(([key, inner]) =>
    flatten(inner, name ? `${name}[${key}]` : key),
  );
}

/** The message about the last copy, and the report that it is about. */
let copied = { report: '', message: '' };

function copyLink() {
  const isThisReport = copied.report === param('report');
  return html`<p class="buttons">
    <button type="button" class="button-secondary" @click=${copy}>Copy the link</button>
    <span role="status">${isThisReport ? copied.message : nothing}</span>
  </p>`;
}

async function copy() {
  const report = param('report');
  const link = `${location.origin}${location.pathname}?report=${encodeURIComponent(report)}`;
  // Over plain HTTP, only a page on localhost has a clipboard.
  const message = await navigator.clipboard?.writeText(link).then(
    () => 'Copied.',
    () => undefined,
  );
  copied = { report, message: message ?? `This browser does not copy. The link is ${link}` };
  draw();
}
