import { html, nothing } from '/lit-html/lit-html.js';
import { load, RequestError } from '../api.js';
import { draw } from '../draw.js';
import { showChanges } from '../poll.js';
import { number, quantity, untrusted, visible } from '../text.js';
import { failureMessage, PERHAPS_ADDED } from './form.js';

/** @import { ImportResult } from '../../answers.js' */

/** The sentences about the last file. @type {unknown} */
let message = nothing;
/** The answer about it, if it was read. @type {ImportResult | undefined} */
let result;
/** The file that is previewed, until it is imported or another one is chosen. @type {File | undefined} */
let previewed;
let isImporting = false;
/** Ends a preview that was not answered yet. */
let preview = new AbortController();

/** Chooses a file. */
export const importButton = () => html`<label class="button button-secondary">
  Import CSV
  <input id="import-file" type="file" accept=".csv,text/csv" class="visually-hidden"
    ?disabled=${isImporting} @change=${chooseFile} />
</label>`;

/** Tells what an import would do, asks for confirmation, and tells what it did. */
export function importOutcome() {
  const { refused = [] } = result ?? {};
  return html`<div id="import-outcome" class=${previewed ? 'confirmation' : ''} tabindex="-1">
    <div role="status" class="outcome">${message}</div>
    ${previewed && result ? buttons(previewed, result) : nothing}
    <ul ?hidden=${refused.length === 0}>
      ${refused.map(({ line, problem }) => html`<li>Line ${line}: ${untrusted(problem)}</li>`)}
    </ul>
  </div>`;
}

/** @param {File} file @param {ImportResult} result */
function buttons(file, { added, stoppedAfter }) {
  const label = stoppedAfter === null ? `Add ${quantity(added, 'address')}` : 'Add all addresses';
  const hasMore = added > 0 || stoppedAfter !== null;
  return html`<p class="buttons">
    ${hasMore ? html`<button type="button" @click=${() => importFile(file)}>${label}</button>` : nothing}
    <button type="button" class="button-secondary" @click=${cancel}>Cancel</button>
  </p>`;
}

/** Shows a message in place of the last one. @param {unknown} words */
function startAgain(words) {
  preview.abort();
  message = words;
  previewed = undefined;
  result = undefined;
  draw();
}

/** @param {Event} event */
async function chooseFile({ target }) {
  const input = /** @type {HTMLInputElement} */ (target);
  const [file] = input.files ?? [];
  // Otherwise, the browser would not tell if the same file is chosen again.
  input.value = '';
  if (!file) return;
  startAgain(html`Reading ${untrusted(file.name)} …`);
  preview = new AbortController();
  const { signal } = preview;
  try {
    const answer = await post(file, '?preview=true', signal);
    if (signal.aborted) return;
    result = answer;
    previewed = file;
    message = previewText(file, answer);
  } catch (thrown) {
    if (signal.aborted) return;
    message = failureMessage(thrown, 'Nothing was added.', 'Nothing was added.');
  }
  draw();
  focusLater('import-outcome');
}

/** @param {File} file */
async function importFile(file) {
  isImporting = true;
  startAgain(html`Importing ${untrusted(file.name)} …`);
  focusLater('import-outcome');
  try {
    result = await post(file, '', null);
    message = resultText(result);
  } catch (thrown) {
    // If the server refuses a file, its message says how many addresses it added.
    message = failureMessage(thrown, '', PERHAPS_ADDED);
  }
  isImporting = false;
  draw();
  await showChanges('suppressions', 'suppressionCount', 'address');
}

function cancel() {
  startAgain('Nothing was added.');
  focusLater('import-file');
}

/** @param {File} file @param {string} query @param {AbortSignal | null} signal @returns {Promise<ImportResult>} */
async function post(file, query, signal) {
  try {
    await file.slice(0, 1).arrayBuffer();
  } catch {
    // The file has changed since it was chosen. The request below would fail without saying why.
    const words = `The browser can no longer read ${visible(file.name)}. Perhaps it was changed: choose it again`;
    throw new RequestError(words, 400);
  }
  const headers = { 'Content-Type': 'text/csv' };
  // A long file may take longer than other requests, so there is no timeout.
  const options = { method: 'POST', headers, body: file, signal };
  return load(`/suppressions/import${query}`, options);
}

/** @param {File} file @param {ImportResult} result */
function previewText({ name }, { added, already, columns, refusedTotal, stoppedAfter, takenOff }) {
  const part =
    stoppedAfter === null
      ? nothing
      : html`<p>These are its first ${number(stoppedAfter)} lines. The import reads all of them.</p>`;
  return html`<p>
      <strong>${untrusted(name)}: ${quantity(added, 'new address')}</strong>,
      ${number(already)} on the list already or twice in the file, ${quantity(refusedTotal, 'line')} refused.
      Nothing is added yet.
    </p>
    ${takenOff.length > 0 ? html`<p>A person took these off the list before, and this puts them back: ${takenOff.map(visible).join(', ')}${takenOff.length === 100 ? ', and perhaps more' : nothing}.</p>` : nothing}
    ${part}
    <p>
      Column with the address: ${untrusted(columns.address)}.
      With the reason: ${columns.reason ? untrusted(columns.reason) : 'none'}.
      ${unreadColumns(columns)}
    </p>`;
}

/** @param {ImportResult} result */
function resultText({ added, already, columns, refusedTotal }) {
  return html`${quantity(added, 'address')} added, ${number(already)} on the list already, ${quantity(refusedTotal, 'line')} refused.
    ${unreadColumns(columns)}`;
}

/** @param {ImportResult['columns']} columns */
function unreadColumns({ unread, unreadTotal }) {
  if (unreadTotal === 0) return nothing;
  const more = unreadTotal - unread.length;
  const names = unread.map((name, index) => html`${index > 0 ? ', ' : nothing}${untrusted(name)}`);
  return html`Columns not read: ${names}${more > 0 ? ` and ${number(more)} more` : nothing}.`;
}

/** Moves the focus once the page is drawn, unless the person has moved on to another part. @param {string} id */
function focusLater(id) {
  queueMicrotask(() => {
    const { activeElement, body } = document;
    const isHere = activeElement === body || activeElement?.id === 'import-file';
    if (isHere) document.getElementById(id)?.focus();
  });
}
