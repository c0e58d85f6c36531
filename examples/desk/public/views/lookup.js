import { html, nothing } from '/lit-html/lit-html.js';
import { send } from '../api.js';
import { currentAnswer, entryOf } from '../cache.js';
import { draw } from '../draw.js';
import { showChanges } from '../poll.js';
import { quantity, unescapeVisible, untrusted, visible } from '../text.js';
import { navigate, param, urlWith } from '../url-state.js';
import { history } from './address-history.js';
import { refusingDomains } from './domains.js';
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
  outcome = { situation: '', message: '' };
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
  const verdict = judge(known, refusingDomains());
  return html`${spellings(known)}
    <div id="verdict" tabindex="-1">${verdictBox(verdict)}</div>
    ${actionLinks(known, verdict)} ${confirmation(known)}
    <h4>History, the newest first</h4>
    ${history(known)}`;
}

/** The next step, and all else that can be done. @param {History} known @param {import('./verdict.js').Verdict} verdict */
function actionLinks(known, { step }) {
  const { address, suppression } = known;
  /** @type {[ask: string, label: string, isOffered: boolean][]} */
  const others = [
    ['add', 'Suppress …', !suppression && canBeSuppressed(known)],
    ['remove', 'Take it off the list …', suppression !== null],
    ['delete', 'Delete all data of it …', address !== ''],
  ];
  return html`<p class="buttons">
    ${step ? html`<a class="button" href=${step.url} data-show=${step.show ?? nothing}>${step.label}</a>` : nothing}
    ${others.map(([ask, label, isOffered]) =>
      isOffered && step?.ask !== ask
        ? html`<a class="button ${ask === 'delete' ? 'danger' : 'button-secondary'}" href=${urlWith({ address, ask })}>${label}</a>`
        : nothing,
    )}
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
/** The question whose answer was sent, while the server has not confirmed it. */
let pending = '';

const question = () => JSON.stringify([param('address'), param('ask')]);

function situation() {
  const { address, suppression } = currentAnswer('address') ?? {};
  return JSON.stringify([address, suppression?.since, param('ask')]);
}

/** Asks for confirmation before an action, and shows its result. @param {History} known */
function confirmation({ address, asked, suppression }) {
  const ask = param('ask');
  const action = Object.hasOwn(ACTIONS, ask) ? ACTIONS[ask] : undefined;
  if (outcome.situation !== situation()) outcome = { situation: '', message: '' };
  const message = html`<p role="status" class="outcome">${outcome.message || nothing}</p>`;
  // The address was deleted meanwhile, and the answer is about another spelling.
  if (!action || asked !== address) return message;
  return html`<form class="confirmation" @submit=${onSubmit((fields) => act(action, address, fields))}>
      <h4>${action.title}</h4>
      <p><strong>${untrusted(address)}</strong> ${action.consequence}</p>
      ${ask === 'delete' ? keepField(suppression !== null) : reasonField('Reason, kept in the history')}
      <p class="buttons">
        <button type="submit" ?disabled=${pending === question()}>${action.button}</button>
        <a class="button button-secondary" href=${urlWith({ ask: null })} data-show="verdict">Leave it as it is</a>
      </p>
    </form>
    ${message}`;
}

/** @param {boolean} isSuppressed */
const keepField = (isSuppressed) =>
  isSuppressed
    ? html`<label class="check">
        <input type="checkbox" name="keep" checked />
        Keep it suppressed, without the reason that a person gave
      </label>`
    : nothing;

/** @param {Action} action @param {string} address @param {FormData} fields */
async function act(action, address, fields) {
  let message = '';
  const asked = question();
  const shown = param('address');
  pending = asked;
  draw();
  try {
    message = await action.run(address, fields);
    // Meanwhile, the user may have gone to another address.
    if (question() !== asked) return;
    navigate(urlWith({ ask: null }), { replace: true });
    // The form had the focus and is gone.
    queueMicrotask(() => document.getElementById('verdict')?.focus());
  } catch (thrown) {
    if (question() !== asked) return;
    const otherwise = 'It may have been done all the same, or in part: check, and do it again.';
    message = failureMessage(thrown, 'Nothing was changed.', otherwise);
  } finally {
    if (pending === asked) pending = '';
  }
  await showChanges('address', 'suppressions', 'suppressionCount', 'reports', 'reportCount');
  if (param('address') !== shown) return;
  outcome = { situation: situation(), message };
  draw();
}

/** The confirmation that had the focus last. */
let focused = '';

/** Moves the focus into a confirmation that has just appeared. */
export function focusConfirmation() {
  const form = document.querySelector('form.confirmation');
  const asked = form ? question() : '';
  if (asked === focused) return;
  focused = asked;
  /** @type {HTMLElement | null | undefined} */ (form?.querySelector('input, button'))?.focus();
}
