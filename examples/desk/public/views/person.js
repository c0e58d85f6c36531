// @ts-check
import { html, nothing } from '/lit-html/lit-html.js';
import { href, onlyFilterHref } from '../address.js';
import { moment, outside, worded } from '../text.js';
import { CATEGORIES, wordsFor } from '../words.js';

/** Who put an address on the list, or took it off. @type {Record<string, string>} */
const BY = { report: 'by a report', hand: 'by hand', import: 'by an import' };
/** What is longer the desk puts on no list. */
const LONGEST = 320;

/** Whether an address may be mailed. @param {any} body the answer of /address */
export function verdict({ address, suppression, alike, changes, reports }) {
  if (suppression) {
    return html`<p class="verdict no" role="status">
      <strong>Suppressed: do not mail it.</strong>
      Listed ${BY[suppression.source]}, ${moment(suppression.since)}: ${reason(suppression)}.
      ${suppression.report ? opens(suppression.report, 'See the report that led to it') : nothing}
    </p>`;
  }
  if (alike.length > 0) {
    return html`<p class="verdict alike" role="status">
      <strong>With other capitals it is suppressed:</strong>
      ${alike.map((/** @type {string} */ address) => html`<a href=${href({ address, ask: null, report: null })} data-show="lookup">${outside(address)}</a> `)}
      Just as it is written here, it is not.
    </p>`;
  }
  const off = changes[0]?.change === 'taken off';
  const why = off ? ' It was taken off the list; only a later report puts it back.' : '';
  const long =
    address.length > LONGEST
      ? ' It is longer than any address can be, so it is not put on the list.'
      : '';
  return html`<p class="verdict yes" role="status"><strong>Not suppressed.</strong> ${kept(reports)}${why}${long}</p>`;
}

/** @param {{ test: boolean }[]} reports */
function kept(reports) {
  if (reports.length === 0) return 'No report of it is kept.';
  if (reports.every(({ test }) => test)) return 'It has test reports only, which do not count.';
  return 'There are reports of it, though.';
}

/** A category, or what a person has written. @param {{ reason: string | null, note: string | null }} why */
export function reason({ reason: told, note }) {
  if (note) return outside(note);
  const words = wordsFor(CATEGORIES, told ?? '');
  return words ? worded(words, told ?? '') : outside(told, 'no reason was given');
}

/** The reports of an address and what was done about it, in one list. @param {any} body the answer of /addresses */
export function history({ address, changes, reports, more }) {
  /** @type {Event[]} */
  const events = [
    ...changes.map((/** @type {any} */ told) => ({
      at: told.at,
      serial: told.report,
      told: changed(told),
    })),
    ...reports.map((/** @type {any} */ row) => ({
      at: row.receivedAt,
      serial: row.serial,
      told: report(row),
      report: true,
    })),
  ].sort(newestFirst);
  if (events.length === 0) return html`<p class="empty">Nothing is known of this address.</p>`;
  const rows = events.map(({ at, told }) => html`<li>${moment(at)} <div>${told}</div></li>`);
  if (more) rows.splice(events.findLastIndex((event) => event.report) + 1, 0, left(address));
  return html`<ol class="history">${rows}</ol>`;
}

/** @typedef {{ at: string, serial: string | null, told: unknown, report?: boolean }} Event */

/**
 * What a report has led to is of its time and comes after it. Reports stored together are of one
 * time too.
 *
 * @param {Event} one
 * @param {Event} other
 */
function newestFirst(one, other) {
  const later = Date.parse(other.at) - Date.parse(one.at);
  return later || Number(other.serial ?? Infinity) - Number(one.serial ?? Infinity) || 0;
}

/** Where older reports would stand. @param {string} address */
function left(address) {
  const all = onlyFilterHref({ exactly: address });
  return html`<li>
    <span class="muted">Older reports</span>
    <div>are left out here. <a href=${all} data-show="reports-part">All reports of it</a></div>
  </li>`;
}

/** @param {any} row */
function report({ serial, category, severity, test, report: { code, extended, description } }) {
  const reply = [code, extended, description].filter(Boolean).join(' ').slice(0, 120);
  return html`<a href=${href({ report: serial, ask: null })}
      ><span class="severity ${severity}">${CATEGORIES[category]}</span></a
    >
    ${test ? html`<span class="test">test</span>` : nothing} ${outside(reply, '(no reply text)')}`;
}

/** @param {any} told */
function changed({ change, source, reason: why, note, report: serial }) {
  const words = change === 'suppressed' ? 'Put on the list' : 'Taken off the list';
  return html`<strong>${words}</strong> ${BY[source]}: ${reason({ reason: why, note })}
    ${serial ? opens(serial, 'report') : nothing}`;
}

/** @param {string} serial @param {string} words */
function opens(serial, words) {
  return html`<a href=${href({ report: serial, ask: null })}>${words}</a>`;
}
