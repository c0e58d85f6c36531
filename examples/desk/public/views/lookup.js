// @ts-check
import { html, nothing } from '/lit-html/lit-html.js';
import { chosen, goTo, href } from '../address.js';
import { answer, current } from '../answers.js';
import { asMeant, inOneLine, outside, visible } from '../text.js';
import { askedOnce } from './decide.js';
import { history, verdict } from './person.js';
import { waiting } from './waiting.js';

/** "What happened to this address?" and the answer to it. */
export function lookup() {
  const address = chosen('address');
  return html`<section id="lookup" class="card" aria-labelledby="lookup-title" tabindex="-1">
    <h2 id="lookup-title">What happened to this address?</h2>
    <search>
      <form id="ask" class="line" @submit=${submit}>
        <label>
          Address <span class="hint">the whole of it; the part before the @ with its capitals</span>
          <input name="address" type="search" autocomplete="off" spellcheck="false"
            autocapitalize="off" enterkeyhint="search" placeholder="jane.doe@example.com"
            .value=${visible(inOneLine(address))} />
        </label>
        <button type="submit">Look up</button>
      </form>
    </search>
    ${address ? found(address) : nothing}
  </section>`;
}

/** @param {string} address */
function found(address) {
  const body = current('person');
  return html`<div id="person">
    <h3 class="address">${outside(inOneLine(address))}</h3>
    ${
      body
        ? html`<div id="verdict" tabindex="-1">${verdict(body)}</div>
            ${actions(body)} ${askedOnce(body)}
            <h4>History, the newest first</h4>
            ${history(body)}`
        : waiting(answer('person'))
    }
    ${body?.reports.length === 0 ? elsewhere(address) : nothing}
    <p><a href=${href({ address: null, ask: null })}>Close</a></p>
  </div>`;
}

/** @param {any} body */
function actions({ suppression }) {
  const change = suppression
    ? html`<a class="button" href=${href({ ask: 'release' })}>Take off the list …</a>`
    : html`<a class="button" href=${href({ ask: 'suppress' })}>Suppress …</a>`;
  return html`<p class="buttons">
    ${change}
    <a class="button danger" href=${href({ ask: 'delete' })}>Delete all data of it …</a>
  </p>`;
}

/** Where no report is of just this address, it may stand in part of others. @param {string} address */
function elsewhere(address) {
  return html`<p>
    Only part of an address?
    <a href=${href({ recipient: address, before: null })} data-show="reports-part"
      >Search the reports</a
    >
    or <a href=${href({ search: address, listed: null })} data-show="suppressions-part"
      >the suppressions</a
    >
    for it.
  </p>`;
}

/** @param {SubmitEvent} event */
function submit(event) {
  event.preventDefault();
  const form = /** @type {HTMLFormElement} */ (event.target);
  const address = asMeant(new FormData(form).get('address'));
  goTo(href({ address, ask: null }));
}
