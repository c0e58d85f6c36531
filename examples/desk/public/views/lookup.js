import { html, nothing } from '/lit-html/lit-html.js';
import { send } from '../api.js';
import { currentAnswer, entryOf } from '../cache.js';
import { draw } from '../draw.js';
import { showChanges } from '../poll.js';
import { quantity, unescapeVisible, untrusted, visible } from '../text.js';
import { navigate, param, urlWith } from '../url-state.js';
import { history } from './address-history.js';
import { failureMessage, onSubmit, reasonField } from './form.js';
import { waiting } from './status.js';
import { canBeSuppressed, judge, spellings, verdictBox } from './verdict.js';

/** @import { History } from '../types.js' */

/** The lookup of an address: its history, and the actions that are possible. */
export function lookup() {
  const address = param('address');
  return html`<section id="lookup" class="card" aria-labelledby="lookup-title" tabindex="-1">
    <h2 id="lookup-title">What happened to this address?</h2>
    <search>
      <form id="ask" class="line" @submit=${onSubmit(ask)}>
        <label>
          Address <span class="hint">the whole of it</span>
          <input name="address" type="search" autocomplete="off" spellcheck="false"
            autocapitalize="off" enterkeyhint="search" placeholder="jane.doe@example.com"
            .value=${visible(address)} />
        </label>
        <button type="submit">Look up</button>
      </form>
    </search>
    ${address ? result(address) : nothing}
  </section>`;
}

/** @param {FormData} fields */
function ask(fields) {
  navigate(urlWith({ address: unescapeVisible(fields.get('address')), ask: null }));
}

/** @param {string} address */
function result(address) {
  const known = currentAnswer('address');
  return html`<div id="address-result">
    <h3 class="address">${untrusted(known?.address ?? address)}</h3>
    ${known ? aboutAddress(known) : waiting(entryOf('address'))}
    <p><a href=${urlWith({ address: null, ask: null })}>Close</a></p>
  </div>`;
}

/** @param {History} known */
function aboutAddress(known) {
  const verdict = judge(known);
  return html`${spellings(known)}
    <div id="verdict" tabindex="-1">${verdictBox(verdict)}</div>
    ${actionLinks(known, verdict)} ${confirmation(known)}
    <h4>History, the newest first</h4>
    ${history(known)}`;
}

/** @param {History} known @param {import('./verdict.js').Verdict} verdict */
function actionLinks(known, { step }) {
  const addUrl = urlWith({ address: known.address, ask: 'add' });
  const offersAdding = !known.suppression && canBeSuppressed(known.address) && !step?.adds;
  return html`<p class="buttons">
    ${step ? html`<a class="button" href=${step.url} data-show=${step.show ?? nothing}>${step.label}</a>` : nothing}
    ${offersAdding ? html`<a class="button button-secondary" href=${addUrl}>Suppress …</a>` : nothing}
    <a class="button danger" href=${urlWith({ address: known.address, ask: 'delete' })}>Delete all data of it …</a>
  </p>`;
}

/**
 * @typedef {object} Action
 * @property {string} title
 * @property {string} consequence
 * @property {string} button
 * @property {(address: string, fields: FormData) => Promise<string>} run resolves to a sentence about the result
 */

/** @param {string} path @param {string} address @param {FormData} fields */
const postNote = (path, address, fields) =>
  send('POST', path, { address, note: fields.get('note') });

/** The actions on an address, by the value of `ask` in the URL. @type {Record<string, Action>} */
const ACTIONS = {
  remove: {
    title: 'Take it off the list?',
    consequence: 'It can be mailed again, until a later report or a person puts it back.',
    button: 'Take off the list',
    async run(address, fields) {
      const { removed } = await postNote('/suppressions/remove', address, fields);
      return removed ? 'Taken off the list.' : 'It was not on the list any more.';
    },
  },
  add: {
    title: 'Suppress it?',
    consequence: 'It must not be mailed again, until somebody takes it off the list.',
    button: 'Suppress',
    async run(address, fields) {
      const { added } = await postNote('/suppressions', address, fields);
      return added ? 'Put on the list.' : 'It was on the list already.';
    },
  },
  delete: {
    title: 'Delete all data of it?',
    consequence: 'This deletes every report of this address, and its history. It cannot be undone.',
    button: 'Delete for good',
    async run(address, fields) {
      const keepSuppression = fields.has('keep');
      /** @type {import('../../answers.js').DeletedAddress} */
      const done = await send('DELETE', '/addresses', { address, keepSuppression });
      const list = { kept: ' It is still suppressed.', deleted: ' It is not suppressed any more.' };
      const suppression = done.suppression === 'none' ? '' : list[done.suppression];
      const others = done.similar.map(visible).join(', ');
      const left = others && ` Data of ${others} is still there.`;
      return `${quantity(done.reports, 'report')} of ${visible(address)} deleted.${suppression}${left}`;
    },
  },
};

/** The result of the last action. It is not shown once the address's status has changed again. */
let outcome = { situation: '', message: '' };

function situation() {
  const { address, suppression } = currentAnswer('address') ?? {};
  return JSON.stringify([address, suppression?.since, param('ask')]);
}

/** Asks for confirmation before an action, and shows its result. @param {History} known */
function confirmation({ address, asked }) {
  const ask = param('ask');
  const action = Object.hasOwn(ACTIONS, ask) ? ACTIONS[ask] : undefined;
  if (outcome.situation !== situation()) outcome = { situation: '', message: '' };
  const message = html`<p role="status" class="outcome">${outcome.message || nothing}</p>`;
  // The address was deleted meanwhile, and the answer is about another spelling.
  if (!action || asked !== address) return message;
  return html`<form class="confirmation" @submit=${onSubmit((fields) => act(action, address, fields))}>
      <h4>${action.title}</h4>
      <p><strong>${untrusted(address)}</strong> ${action.consequence}</p>
      ${ask === 'delete' ? keepField() : reasonField('Reason, kept in the history')}
      <p class="buttons">
        <button type="submit">${action.button}</button>
        <a class="button button-secondary" href=${urlWith({ ask: null })} data-show="verdict">Leave it as it is</a>
      </p>
    </form>
    ${message}`;
}

const keepField = () => html`<label class="check">
  <input type="checkbox" name="keep" checked />
  Keep it suppressed, if it is
</label>`;

/** @param {Action} action @param {string} address @param {FormData} fields */
async function act(action, address, fields) {
  let message = '';
  try {
    message = await action.run(address, fields);
    navigate(urlWith({ ask: null }), { replace: true });
    // The form had the focus and is gone.
    queueMicrotask(() => document.getElementById('verdict')?.focus());
  } catch (thrown) {
    const otherwise = 'It may have been done all the same, or in part: check, and do it again.';
    message = failureMessage(thrown, 'Nothing was changed.', otherwise);
  }
  await showChanges('address', 'suppressions', 'suppressionCount', 'reports', 'reportCount');
  outcome = { situation: situation(), message };
  draw();
}

/** The confirmation that had the focus last. */
let focused = '';

/** Moves the focus into a confirmation that has just appeared. */
export function focusConfirmation() {
  const form = document.querySelector('form.confirmation');
  const asked = form ? JSON.stringify([param('address'), param('ask')]) : '';
  if (asked === focused) return;
  focused = asked;
  form?.querySelector('input')?.focus();
}
