// @ts-check
import { html, nothing } from '/lit-html/lit-html.js';
import { chosen, goTo, href } from '../address.js';
import { again, current, isRefusal } from '../answers.js';
import { draw } from '../draw.js';
import { post, send } from '../load.js';
import { counted, NOT_BLANK, outside } from '../text.js';
import { check } from '../watch.js';

/** What the last of these has led to. It goes once that is no longer how things are. */
let outcome = { situation: '', told: '' };
/** The question that the keyboard was led to. */
let entered = '';

/** @typedef {{ title: string, why: string, button: string, more?: unknown, act: (address: string, given: FormData) => Promise<string> }} Decision */

/** What can be decided about an address; each is asked once more. @type {Record<string, Decision>} */
const DECISIONS = {
  release: {
    title: 'Take it off the list?',
    why: 'It can be mailed again, until a later report puts it back.',
    button: 'Take off the list',
    async act(address, given) {
      const note = given.get('reason');
      const { takenOff } = await post('/suppressions/take-off', { address, note });
      return takenOff ? 'Taken off the list.' : 'It was on the list no longer.';
    },
  },
  suppress: {
    title: 'Suppress it?',
    why: 'It must not be mailed again, until somebody takes it off the list.',
    button: 'Suppress',
    async act(address, given) {
      const { added } = await post('/suppressions', { address, note: given.get('reason') });
      return added ? 'Put on the list.' : 'It was on the list already.';
    },
  },
  delete: {
    title: 'Delete all data of it?',
    why: 'Every report of this address goes, with its history. That cannot be undone.',
    button: 'Delete for good',
    more: html`<label class="check">
      <input type="checkbox" name="keep" checked />
      Keep it on the list of suppressions, where it is on it
    </label>`,
    async act(address, given) {
      const keepSuppression = given.has('keep');
      const done = await send('DELETE', '/addresses', { address, keepSuppression });
      const list = { kept: ' It is still suppressed.', deleted: ' It is suppressed no longer.' }[
        /** @type {string} */ (done.suppression)
      ];
      return `${counted(done.reports, 'report')} deleted.${list ?? ''}`;
    },
  },
};

/** What an outcome holds for: the address, its verdict, and the question that is being asked. */
function situation() {
  const { address, suppression } = current('person') ?? {};
  return JSON.stringify([address, suppression?.since, chosen('ask')]);
}

/** The question that is asked before something is done, and what came of it. @param {any} body */
export function askedOnce({ address }) {
  const decision = Object.hasOwn(DECISIONS, chosen('ask')) ? DECISIONS[chosen('ask')] : undefined;
  if (outcome.situation !== situation()) outcome = { situation: '', told: '' };
  const told = html`<p role="status" class="outcome">${outcome.told || nothing}</p>`;
  if (!decision) return told;
  return html`<form class="decide" @submit=${(/** @type {SubmitEvent} */ event) => decide(event, decision, address)}>
      <h4>${decision.title}</h4>
      <p><strong>${outside(address)}</strong> ${decision.why}</p>
      ${decision.more ?? html`<label>Reason, kept in the history <input name="reason" required pattern=${NOT_BLANK} title="not blank" maxlength="500" autocomplete="off" /></label>`}
      <p class="buttons">
        <button type="submit">${decision.button}</button>
        <a class="button quiet" href=${href({ ask: null })} data-show="verdict">Leave it as it is</a>
      </p>
    </form>
    ${told}`;
}

/** @param {SubmitEvent} event @param {Decision} decision @param {string} address */
async function decide(event, decision, address) {
  event.preventDefault();
  const given = new FormData(/** @type {HTMLFormElement} */ (event.target));
  let told = '';
  try {
    told = await decision.act(address, given);
    goTo(href({ ask: null }), { replace: true });
    // The form with the focus goes.
    queueMicrotask(() => document.getElementById('verdict')?.focus());
  } catch (error) {
    const { message } = /** @type {Error} */ (error);
    const known = isRefusal(/** @type {Error} */ (error));
    told = `${message}. ${known ? 'Nothing was changed.' : 'It may have been done all the same, or in part: look, and do it again.'}`;
  }
  await again('person', 'suppressions', 'matches', 'reports', 'found');
  outcome = { situation: situation(), told };
  draw();
  check();
}

/** Leads the keyboard into a question that has just been asked. */
export function enterQuestion() {
  const form = document.querySelector('form.decide');
  const asked = form ? JSON.stringify([chosen('address'), chosen('ask')]) : '';
  if (asked === entered) return;
  entered = asked;
  /** @type {HTMLElement | null | undefined} */ (form?.querySelector('input'))?.focus();
}
