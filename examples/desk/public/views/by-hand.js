// @ts-check
import { html, nothing } from '/lit-html/lit-html.js';
import { again, isRefusal } from '../answers.js';
import { draw } from '../draw.js';
import { load, post } from '../load.js';
import { asMeant, counted, NOT_BLANK, outside } from '../text.js';
import { check } from '../watch.js';

/** What came of the last one. @type {unknown} */
let outcome = '';
/** Lines of an import that could not be taken. @type {{ line: number, problem: string }[]} */
let refused = [];

/** The ways to put addresses on the list, and to take the whole list along. */
export function byHand() {
  return html`<div class="by-hand">
    <form id="add" class="line" @submit=${add}>
      <label>Suppress an address <input name="address" type="text" required autocomplete="off" spellcheck="false" /></label>
      <label>Reason <input name="note" required pattern=${NOT_BLANK} title="not blank" maxlength="500" autocomplete="off" /></label>
      <button type="submit" class="quiet">Add</button>
    </form>
    <p class="buttons">
      <a class="button quiet" href="/suppressions.csv" download>Download CSV</a>
      <label class="button quiet">
        Import CSV <input type="file" accept=".csv,text/csv" class="unseen" @change=${bring} />
      </label>
    </p>
    <p role="status" class="outcome">${outcome || nothing}</p>
    <ul ?hidden=${refused.length === 0}>
      ${refused.map(({ line, problem }) => html`<li>Line ${line}: ${outside(problem)}</li>`)}
    </ul>
  </div>`;
}

/** @param {SubmitEvent} event */
async function add(event) {
  event.preventDefault();
  const form = /** @type {HTMLFormElement} */ (event.target);
  const given = new FormData(form);
  const said = { address: asMeant(given.get('address')), note: given.get('note') };
  await tell(async () => {
    const { address, added } = await post('/suppressions', said);
    form.reset();
    return html`${outside(address)} ${added ? 'is on the list now.' : 'was on the list already.'}`;
  }, 'Nothing was added.');
}

/** @param {Event} event */
async function bring(event) {
  const input = /** @type {HTMLInputElement} */ (event.target);
  const [file] = input.files ?? [];
  if (!file) return;
  outcome = `Importing ${file.name} …`;
  draw();
  await tell(async () => {
    const answer = await load('/suppressions/import', {
      method: 'POST',
      headers: { 'Content-Type': 'text/csv' },
      body: file,
      // However long it takes: the desk goes on anyway.
      signal: null,
    });
    refused = answer.refused;
    const { added, already, refusedTotal } = answer;
    return `${counted(added, 'address')} added, ${already} on the list already, ${counted(refusedTotal, 'line')} refused.`;
  });
  input.value = '';
}

/**
 * @param {() => Promise<unknown>} act
 * @param {string} refusal what is to be known where the desk has refused it
 */
async function tell(act, refusal = '') {
  refused = [];
  try {
    outcome = await act();
  } catch (thrown) {
    const error = /** @type {Error} */ (thrown);
    outcome = `${error.message}. ${isRefusal(error) ? refusal : 'It may have been added, or in part: do it again, nothing is added twice.'}`;
  }
  draw();
  await again('suppressions', 'matches', 'person');
  check();
}
