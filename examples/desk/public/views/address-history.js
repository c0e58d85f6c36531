import { html, nothing } from '/lit-html/lit-html.js';
import { dateTime, untrusted, withTerm } from '../text.js';
import { onlyFilterUrl, urlWith } from '../url-state.js';
import { CATEGORIES, labelFor } from '../words.js';

/** @import { History, Row } from '../types.js' */

export const SOURCES = { report: 'by a report', hand: 'by hand', import: 'by an import' };

/** The reason why an address is on the list: a person's text, or a category. @param {{ reason: string | null, note: string | null }} row */
export function reason({ reason: term, note }) {
  if (note) return untrusted(note);
  const words = labelFor(CATEGORIES, term ?? '');
  return words ? withTerm(words, term ?? '') : html`<span class="muted">no reason is known</span>`;
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
  if (events.length === 0) return html`<p class="empty">There is none.</p>`;
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
export function reportLink(serial, label) {
  return html`<a href=${urlWith({ report: serial, ask: null })}>${label}</a>`;
}
