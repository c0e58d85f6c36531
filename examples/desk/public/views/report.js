// @ts-check
import { html, nothing } from '/lit-html/lit-html.js';
import { chosen, goTo, href } from '../address.js';
import { answer, current } from '../answers.js';
import { inOneLine, outside } from '../text.js';
import { ADVICE, CATEGORIES, FIELDS, wordsFor } from '../words.js';
import { kind } from './kind.js';
import { linkToSend } from './link.js';
import { history, verdict } from './person.js';
import { facts, variables } from './report-facts.js';
import { troubleLine } from './trouble.js';
import { waiting } from './waiting.js';

/** A report with all there is about it, over the page. */
export function openedReport() {
  const serial = chosen('report');
  const row = serial && current('report');
  // After Back and Forward, the event of the first can come when the dialog is open again.
  const close = (/** @type {any} */ { target }) =>
    !target.open && chosen('report') && goTo(href({ report: null }));
  return html`<dialog id="report" aria-labelledby="report-title" @close=${close}>
    <form method="dialog">
      <h2 id="report-title">
        ${row ? outside(inOneLine(row.report.recipient), '(blank address)') : 'Report'}
      </h2>
      <button class="quiet" value="close">Close</button>
    </form>
    ${row ? content(row) : serial ? waiting(answer('report')) : nothing}
    ${troubleLine('report-trouble')}
  </dialog>`;
}

/** Opens or closes the dialog, as the page's address says. */
export function showOpened() {
  const dialog = /** @type {HTMLDialogElement} */ (document.getElementById('report'));
  const wanted = Boolean(chosen('report'));
  if (wanted === dialog.open) return;
  if (wanted) dialog.showModal();
  else dialog.close();
}

/** @param {any} row */
function content(row) {
  const { category, test, report, explanation } = row;
  return html`
    ${test ? html`<p><span class="test">test</span> A test report: it is in no count, no suppression and no CSV.</p>` : nothing}
    <p class="facts">${kind(row)}</p>
    <h3>What to do</h3>
    <p>${ADVICE[category]}</p>
    <h3>Why it counts as “${CATEGORIES[category]}”</h3>
    <p>${why(explanation)}</p>
    <h3>The reply</h3>
    <pre tabindex="0">${outside([report.code, report.extended, report.description].filter(Boolean).join(' '), '(no reply text)')}</pre>
    <h3>The address</h3>
    ${about(report.recipient)}
    <h3>The report</h3>
    ${facts(row)}
    <h3>All variables that were sent, beside the tags</h3>
    ${variables(row.variables)}
    <h3>Link for a colleague</h3>
    ${linkToSend()}
  `;
}

/** @param {string} recipient */
function about(recipient) {
  if (!recipient.trim()) return html`<p class="empty">(no address)</p>`;
  const person = current('recipient');
  if (!person) return waiting(answer('recipient'));
  const all = href({ report: null, address: recipient, ask: null });
  return html`${verdict(person)}
    <p><a href=${all} data-show="lookup">All about this address, and what can be done</a></p>
    ${history(person)}`;
}

/** @param {any} explanation */
function why({ field = 'none', evidence } = {}) {
  const told = wordsFor(FIELDS, field);
  if (!told) return 'Nothing in the report says why it failed.';
  return html`Because of ${told} <span class="term">${field}</span>: “${outside(evidence)}”.`;
}
