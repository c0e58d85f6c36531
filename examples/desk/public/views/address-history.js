import { html, nothing } from '/lit-html/lit-html.js';
import { dateTime, untrusted, withTerm } from '../text.js';
import { onlyFilterUrl, urlWith } from '../url-state.js';
import { CATEGORIES, labelFor } from '../words.js';

/** @import { History, Row } from '../types.js' */

export const SOURCES = { report: 'by a report', hand: 'by hand', import: 'by an import' };
/** The server suppresses no address that is longer. */
const MAX_ADDRESS_LENGTH = 320;

/** @param {string} address */
export const tooLong = (address) =>
  address.trim().length > MAX_ADDRESS_LENGTH
    ? 'It is longer than any address can be, so it is not put on the list.'
    : nothing;

/** Whether an address may be mailed. @param {History} history */
export function verdict({ address, suppression, similar, changes, reports }) {
  if (suppression) {
    return html`<p class="verdict verdict-suppressed" role="status">
      <strong>Suppressed: do not mail it.</strong>
      Listed ${SOURCES[suppression.source]}, ${dateTime(suppression.since)}: ${reason(suppression)}.
      ${suppression.report ? reportLink(suppression.report, 'See the report that led to it') : nothing}
    </p>`;
  }
  if (similar.length > 0) {
    return html`<p class="verdict verdict-similar" role="status">
      <strong>With other capitals it is suppressed:</strong>
      ${similar.map((other) => html`<a href=${urlWith({ address: other, ask: null, report: null })} data-show="lookup">${untrusted(other)}</a> `)}
      As it is written here, it is not.
    </p>`;
  }
  const removed = changes[0]?.change === 'taken off';
  return html`<p class="verdict" role="status">
    <strong>Not suppressed.</strong> ${reportsLabel(reports)}
    ${removed ? 'It was taken off the list; only a later report puts it back.' : nothing}
    ${tooLong(address)}
  </p>`;
}

/** @param {Row[]} reports */
function reportsLabel(reports) {
  if (reports.length === 0) return 'The desk has no report of it.';
  if (reports.every(({ test }) => test)) return 'It has test reports only, which do not count.';
  return 'There are reports of it, though.';
}

/** The reason why an address is on the list: a person's text, or a category. @param {{ reason: string | null, note: string | null }} row */
export function reason({ reason: term, note }) {
  if (note) return untrusted(note);
  const words = labelFor(CATEGORIES, term ?? '');
  return words ? withTerm(words, term ?? '') : untrusted(term, 'no reason was given');
}

/** @typedef {{ at: string, serial: string | null, content: unknown, isReport: boolean }} Event */

/** The reports of an address and the changes of its suppression, in one list. @param {History} history */
export function history({ address, changes, reports, next }) {
  /** @type {Event[]} */
  const events = [
    ...changes.map((change) => ({
      at: change.at,
      serial: change.report,
      content: changeContent(change),
      isReport: false,
    })),
    ...reports.map((row) => ({
      at: row.receivedAt,
      serial: row.serial,
      content: reportContent(row),
      isReport: true,
    })),
  ].sort(newestFirst);
  if (events.length === 0) return html`<p class="empty">Nothing is known of this address.</p>`;
  const rows = events.map(
    ({ at, content }) => html`<li>${dateTime(at)} <div>${content}</div></li>`,
  );
  // There can be changes that are older than the last of these reports.
  if (next) rows.splice(events.findLastIndex(({ isReport }) => isReport) + 1, 0, older(address));
  return html`<ol class="history">${rows}</ol>`;
}

/**
 * Puts a change above the report that led to it. Reports that were stored together have the same time.
 *
 * @param {Event} one
 * @param {Event} other
 */
function newestFirst(one, other) {
  const later = Date.parse(other.at) - Date.parse(one.at);
  return later || Number(other.serial ?? Infinity) - Number(one.serial ?? Infinity) || 0;
}

/** @param {string} address */
function older(address) {
  const all = onlyFilterUrl({ exactly: address });
  return html`<li>
    <span class="muted">Older reports</span>
    <div>are left out here. <a href=${all} data-show="reports-part">All reports of it</a></div>
  </li>`;
}

/** @param {Row} row */
function reportContent({ serial, category, severity, test, code, extended, description }) {
  const reply = [code, extended, description].filter(Boolean).join(' ').slice(0, 120);
  const label = html`<span class="severity ${severity}">${CATEGORIES[category]}</span>`;
  return html`${reportLink(serial, label)}
    ${test ? html`<span class="test">test</span>` : nothing} ${untrusted(reply, '(no reply text)')}`;
}

/** @param {History['changes'][number]} change */
function changeContent({ change, source, report, ...why }) {
  const words = change === 'suppressed' ? 'Put on the list' : 'Taken off the list';
  return html`<strong>${words}</strong> ${SOURCES[source]}: ${reason(why)}
    ${report ? reportLink(report, 'report') : nothing}`;
}

/** @param {string} serial @param {unknown} label */
function reportLink(serial, label) {
  return html`<a href=${urlWith({ report: serial, ask: null })}>${label}</a>`;
}
