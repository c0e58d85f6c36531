// @ts-check
import { repeat } from '/lit-html/directives/repeat.js';
import { html, nothing } from '/lit-html/lit-html.js';
import { chosen, goTo, href } from '../address.js';
import { answer, current, shown } from '../answers.js';
import { fold } from '../fold.js';
import { asMeant, moment, number, outside, visible } from '../text.js';
import { MATCHES } from '../words.js';
import { byHand } from './by-hand.js';
import { atLeast, listHead, pager, toStart } from './list.js';
import { reason } from './person.js';
import { waiting } from './waiting.js';

/** The addresses that must not be mailed: searched, paged through, added to and taken off. */
export function suppressions() {
  const body = shown('suppressions');
  const title = html`<h2 id="suppressions-title">
    Suppressions <span id="suppressions-total" class="muted">${body ? number(body.total) : nothing}</span>
  </h2>`;
  return html`<section id="suppressions-part" class="card" tabindex="-1"
    aria-labelledby="suppressions-title">
    ${fold('suppressions', title, html`${search()} ${chosen('search') ? inForce() : nothing} ${body ? list(body) : absent()} ${byHand()}`)}
  </section>`;
}

function search() {
  /** @param {SubmitEvent} event */
  const submit = (event) => {
    event.preventDefault();
    const form = /** @type {HTMLFormElement} */ (event.target);
    goTo(href({ search: asMeant(new FormData(form).get('search')), listed: null }));
  };
  return html`<search>
    <form class="line" id="search-suppressions" @submit=${submit}>
      <label>
        Find <span class="hint">${MATCHES.recipient?.[1]}</span>
        <input name="search" type="search" autocomplete="off" spellcheck="false"
          .value=${visible(chosen('search'))} />
      </label>
      <button type="submit" class="quiet">Find</button>
    </form>
  </search>`;
}

const absent = () => html`${waiting(answer('suppressions'))} ${toStart('listed')}`;

/** The search in force, and how many it has found. */
function inForce() {
  const found = current('matches');
  return html`<p class="chips">
    <a class="chip" href=${href({ search: null, listed: null })}
      >part of the address: ${outside(chosen('search'))}<span aria-hidden="true"> ✕</span
      ><span class="unseen">, take this filter away</span></a
    >
    <span class="muted" role="status" id="matches">${found ? atLeast(found, 'suppression') : nothing}</span>
  </p>`;
}

/** @param {any} body */
function list(body) {
  return html`
    <div>
      ${listHead('suppressions', (row) => row.address + row.since, 'suppression')}
      <ol id="suppressions">
        ${repeat(body.suppressions, (row) => /** @type {any} */ (row).address, item)}
      </ol>
    </div>
    <p id="no-suppressions" class="empty" ?hidden=${body.suppressions.length > 0}>
      ${
        chosen('search')
          ? 'No suppressed address has this in it.'
          : 'No address yet. One is listed once a mail server says for good that it does not exist, or when you add it by hand.'
      }
    </p>
    ${pager('listed', body.next, 'suppressions-part', 'Pages of suppressions')}
  `;
}

/** @param {any} row */
function item(row) {
  const { address, since, report, source } = row;
  const led = report
    ? html`<a href=${href({ report })}>report</a>`
    : html`<span class="muted">${source === 'import' ? 'imported' : 'by hand'}</span>`;
  return html`<li>
    <div class="top">
      <a class="address" href=${href({ address, ask: null })} data-show="lookup">${outside(address)}</a>
      ${moment(since)}
    </div>
    <div class="facts">
      <span>${reason(row)}</span> ${led}
      <a href=${href({ address, ask: 'release' })} data-show="lookup"
        aria-label=${`Take off … ${visible(address)}`}>Take off …</a>
    </div>
  </li>`;
}
