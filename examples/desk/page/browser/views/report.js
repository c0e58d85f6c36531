// @ts-check
import { html, nothing } from '/lit-html/lit-html.js';
import { chosen, goTo, href } from '../address.js';
import { answer, current } from '../answers.js';
import { draw } from '../draw.js';
import { moment, outside, worded } from '../text.js';
import { ADVICE, CATEGORIES, FIELDS, SEVERITIES, stateWords } from '../words.js';
import { history, verdict } from './person.js';
import { waiting } from './waiting.js';

let copied = '';

/** A report with all there is about it, over the page. */
export function openedReport() {
  const serial = chosen('report');
  const row = serial && current('report');
  const close = () => chosen('report') && goTo(href({ report: null }));
  return html`<dialog id="report" aria-labelledby="report-title" @close=${close}>
    <form method="dialog">
      <h2 id="report-title">
        ${row ? outside(row.report.recipient, '(blank address)') : 'Report'}
      </h2>
      <button class="quiet" value="close">Close</button>
    </form>
    ${row ? content(row) : serial ? waiting(answer('report')) : nothing}
  </dialog>`;
}

/** Opens or closes the dialog, as the page's address says. */
export function showOpened() {
  const dialog = /** @type {HTMLDialogElement} */ (document.getElementById('report'));
  const wanted = Boolean(chosen('report'));
  if (wanted === dialog.open) return;
  copied = '';
  if (wanted) dialog.showModal();
  else dialog.close();
}

/** @param {any} row */
function content(row) {
  const { category, severity, test, report, explanation } = row;
  const { recipient } = report;
  const person = current('recipient');
  const about = href({ report: null, address: recipient, ask: null });
  return html`
    ${test ? html`<p><span class="test">test</span> A test report: it is in no count, no suppression and no CSV.</p>` : nothing}
    <p class="facts">
      <span class="severity ${severity}">${worded(SEVERITIES[severity] ?? '', severity)}</span>
      <span>${worded(CATEGORIES[category] ?? '', category)}</span>
    </p>
    <h3>What to do</h3>
    <p>${ADVICE[category]}</p>
    <h3>Why it counts as “${CATEGORIES[category]}”</h3>
    <p>${why(explanation)}</p>
    <h3>The reply</h3>
    <pre tabindex="0">${outside([report.code, report.extended, report.description].filter(Boolean).join(' '), '(no reply text)')}</pre>
    <h3>The address</h3>
    ${
      person
        ? html`${verdict(person)} <p><a href=${about} data-show="lookup">All about this address, and what can be done</a></p>
            ${history(person)}`
        : waiting(answer('recipient'))
    }
    <h3>The report</h3>
    ${facts(row)}
    <h3>All variables, as they were sent</h3>
    ${variables(row.variables)}
    <h3>Link for a colleague</h3>
    <p class="buttons">
      <button type="button" class="quiet" @click=${copy}>Copy the link</button>
      <span role="status">${copied}</span>
    </p>
  `;
}

/** @param {any} explanation */
function why({ field, evidence } = {}) {
  if (!field) return 'Nothing in the report says why it failed.';
  const told = FIELDS[field] ?? field;
  return html`Because of ${told} <span class="term">${field}</span>: “${outside(evidence)}”.`;
}

/** @param {any} row */
function facts({ receivedAt, report }) {
  const { id, state, code, extended, tags, time, timestamp } = report;
  const failed = time === undefined ? outside(timestamp, '(not told)') : moment(time, 'medium');
  /** @type {[string, string, unknown][]} */
  const rows = [
    ['Failed', 'time', failed],
    ['Received', '', moment(receivedAt, 'medium')],
    ['Step', 'state', worded(stateWords(state) ?? '', state)],
    ['Reply code', 'code', code ?? '–'],
    ['Enhanced status code', 'extended', extended ? outside(extended) : '–'],
    ['Message', 'id', outside(id)],
    [
      'Tags',
      'tags',
      tags.length > 0
        ? tags.map((/** @type {string} */ tag) => html`<span class="tag">${outside(tag)}</span> `)
        : '–',
    ],
  ];
  return html`<dl class="facts-list">
    ${rows.map(([words, term, value]) => html`<div><dt>${words} <span class="term">${term}</span></dt><dd>${value}</dd></div>`)}
  </dl>`;
}

/** @param {unknown} sent */
function variables(sent) {
  if (!sent) return html`<p class="empty">They were not kept when this report came.</p>`;
  return html`<dl class="facts-list" id="variables">
    ${flat(sent).map(([name, value]) => html`<div><dt>${outside(name)}</dt><dd>${outside(value, '(empty)')}</dd></div>`)}
  </dl>`;
}

/** Nested variables by the names they were sent under. @param {any} value @param {string} name @returns {[string, string][]} */
function flat(value, name = '') {
  if (typeof value !== 'object' || value === null) return [[name, String(value)]];
  return Object.entries(value).flatMap(([key, inner]) =>
    flat(inner, name ? `${name}[${key}]` : key),
  );
}

async function copy() {
  const { origin, pathname } = location;
  const link = `${origin}${pathname}?report=${encodeURIComponent(chosen('report'))}`;
  copied = await navigator.clipboard.writeText(link).then(
    () => 'Copied.',
    () => link,
  );
  draw();
}
