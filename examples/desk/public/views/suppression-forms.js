import { html, nothing } from '/lit-html/lit-html.js';
import { send } from '../api.js';
import { draw } from '../draw.js';
import { showChanges } from '../poll.js';
import { unescapeVisible, untrusted } from '../text.js';
import { failureMessage, oneAtATime, onSubmit, PERHAPS_ADDED, reasonField } from './form.js';
import { importButton, importOutcome } from './suppression-import.js';

/** The sentence about the last address that was added. @type {unknown} */
let outcome = nothing;

/** Adds addresses to the list, by hand or from a file, and saves the list as a file. */
export function suppressionForms() {
  return html`<div class="suppression-forms">
    <form id="add" class="line" @submit=${onSubmit(addOnce)}>
      <label>Suppress an address <input name="address" type="text" required autocomplete="off" spellcheck="false" /></label>
      ${reasonField('Reason')}
      <button type="submit" class="button-secondary">Add</button>
    </form>
    <p role="status" class="outcome">${outcome}</p>
    <p class="buttons">
      <a class="button button-secondary" href="/suppressions.csv" download>Download CSV</a>
      <a class="button button-secondary" href="/suppressions.csv?for=excel" download>CSV for Excel</a>
      ${importButton()}
    </p>
    ${importOutcome()}
  </div>`;
}

/** @param {FormData} fields @param {HTMLFormElement} form */
async function add(fields, form) {
  const address = unescapeVisible(fields.get('address'));
  try {
    const result = await send('POST', '/suppressions', { address, note: fields.get('note') });
    form.reset();
    outcome = html`${untrusted(result.address)} ${result.added ? 'is on the list now.' : 'was on the list already.'}`;
  } catch (thrown) {
    outcome = failureMessage(thrown, 'Nothing was added.', PERHAPS_ADDED);
  }
  draw();
  showChanges('suppressions', 'suppressionCount', 'address');
}

const addOnce = oneAtATime(add);
