import { html, nothing } from '/lit-html/lit-html.js';
import { load, send } from '../api.js';
import { draw } from '../draw.js';
import { showChanges } from '../poll.js';
import { number, quantity, unescapeVisible, untrusted } from '../text.js';
import { failureMessage, onSubmit, reasonField } from './form.js';

/** @import { ImportResult } from '../../answers.js' */

/** @type {unknown} */
let outcome = '';
/** @type {ImportResult['refused']} */
let refusedLines = [];

/** Adds addresses to the list, by hand or from a file, and saves the list as a file. */
export function suppressionForms() {
  return html`<div class="suppression-forms">
    <form id="add" class="line" @submit=${onSubmit(add)}>
      <label>Suppress an address <input name="address" type="text" required autocomplete="off" spellcheck="false" /></label>
      ${reasonField('Reason')}
      <button type="submit" class="button-secondary">Add</button>
    </form>
    <p class="buttons">
      <a class="button button-secondary" href="/suppressions.csv" download>Download CSV</a>
      <a class="button button-secondary" href="/suppressions.csv?for=excel" download>CSV for Excel</a>
      <label class="button button-secondary">
        Import CSV <input type="file" accept=".csv,text/csv" class="visually-hidden" @change=${importFile} />
      </label>
    </p>
    <p role="status" class="outcome">${outcome || nothing}</p>
    <ul ?hidden=${refusedLines.length === 0}>
      ${refusedLines.map(({ line, problem }) => html`<li>Line ${line}: ${untrusted(problem)}</li>`)}
    </ul>
  </div>`;
}

/** @param {FormData} fields @param {HTMLFormElement} form */
function add(fields, form) {
  return run(async () => {
    const address = unescapeVisible(fields.get('address'));
    const result = await send('POST', '/suppressions', { address, note: fields.get('note') });
    form.reset();
    return html`${untrusted(result.address)} ${result.added ? 'is on the list now.' : 'was on the list already.'}`;
  }, 'Nothing was added.');
}

/** @param {Event} event */
async function importFile(event) {
  const input = /** @type {HTMLInputElement} */ (event.target);
  const [file] = input.files ?? [];
  if (!file) return;
  outcome = `Importing ${file.name} …`;
  draw();
  await run(async () => {
    const headers = { 'Content-Type': 'text/csv' };
    // A long file may take longer than other requests.
    const options = { method: 'POST', headers, body: file, signal: null };
    /** @type {ImportResult} */
    const result = await load('/suppressions/import', options);
    const { added, already, columns, refused, refusedTotal } = result;
    refusedLines = refused;
    return html`${quantity(added, 'address')} added, ${already} on the list already, ${quantity(refusedTotal, 'line')} refused.
      ${unreadColumns(columns)}`;
    // If the server refuses a file, its message says what may be on the list.
  }, '');
  input.value = '';
}

/** @param {ImportResult['columns']} columns */
function unreadColumns({ unread, unreadTotal }) {
  if (unreadTotal === 0) return nothing;
  const more = unreadTotal - unread.length;
  const names = unread.map((name, index) => html`${index > 0 ? ', ' : nothing}${untrusted(name)}`);
  return html`Columns not read: ${names}${more > 0 ? ` and ${number(more)} more` : nothing}.`;
}

/** Runs an action and shows its result. @param {() => Promise<unknown>} action @param {string} refusal added to the message if the server refused it */
async function run(action, refusal) {
  refusedLines = [];
  try {
    outcome = await action();
  } catch (thrown) {
    const otherwise = 'It may have been added, or in part: do it again, nothing is added twice.';
    outcome = failureMessage(thrown, refusal, otherwise);
  }
  draw();
  await showChanges('suppressions', 'suppressionCount', 'address');
}
