import { repeat } from '/lit-html/directives/repeat.js';
import { html, nothing } from '/lit-html/lit-html.js';
import { currentAnswer, entryOf, lastAnswer } from '../cache.js';
import { collapsible, collapsibleOnPhone } from '../collapsible.js';
import { connection } from '../poll.js';
import { dateTime, number, unescapeVisible, untrusted, visible } from '../text.js';
import { navigate, param, urlWith } from '../url-state.js';
import { FILTER_LABELS } from '../words.js';
import { reason, SOURCES } from './address-history.js';
import { onSubmit } from './form.js';
import { chip, countLabel, listHead, pager } from './list.js';
import { waiting } from './status.js';
import { suppressionForms } from './suppression-forms.js';

/** @import { Answers, SuppressedAddress } from '../types.js' */

/** The addresses that must not be mailed. */
export function suppressions() {
  const answer = lastAnswer('suppressions');
  const title = html`<h2 id="suppressions-title">
    Suppressions <span id="suppressions-total" class="muted">${answer ? number(answer.total) : nothing}</span>
  </h2>`;
  const content = html`<p class="hint">The desk stops no mail: your own app must leave these addresses out.</p>
    ${searchForm()} ${param('search') ? searchChip() : nothing}
    ${answer ? list(answer) : waiting(entryOf('suppressions'))}
    ${pager('listed', answer?.next, 'suppressions-part', 'Pages of suppressions')}
    ${suppressionForms()} ${collapsible('interface', 'How does an app ask for them?', useOfList())}`;
  return html`<section id="suppressions-part" class="card" tabindex="-1"
    aria-labelledby="suppressions-title">
    ${collapsibleOnPhone('suppressions', title, content)}
  </section>`;
}

/** How an app asks for the list. */
function useOfList() {
  const header = '-H "Authorization: Bearer $DESK_TOKEN"';
  const api = `${location.origin}/api`;
  return html`<p>
      It asks the desk for one address, or for all changes since it last asked.
      ${connection.state?.hasInterface ? nothing : 'For that, start the desk with a DESK_TOKEN.'}
    </p>
    <pre tabindex="0">curl ${header} '${api}/suppressions?address=jane@example.com'
curl ${header} '${api}/changes?after=0'</pre>
    <p class="hint">The README of the desk says more.</p>`;
}

function searchForm() {
  return html`<search>
    <form class="line" id="search-suppressions" @submit=${onSubmit(search)}>
      <label>
        Find part of an address <span class="hint">${FILTER_LABELS.recipient.hint}</span>
        <input name="search" type="search" autocomplete="off" spellcheck="false"
          .value=${visible(param('search'))} />
      </label>
      <button type="submit" class="button-secondary">Find</button>
    </form>
  </search>`;
}

/** @param {FormData} fields */
function search(fields) {
  navigate(urlWith({ search: unescapeVisible(fields.get('search')), listed: null }));
}

/** The search, which can be removed, and how many addresses it finds. */
function searchChip() {
  const count = currentAnswer('suppressionCount');
  return html`<p class="chips">
    ${chip('part of the address', untrusted(param('search')), urlWith({ search: null, listed: null }), 'suppressions-part')}
    <span class="muted" role="status" id="matches">${count ? countLabel(count, 'suppression') : nothing}</span>
  </p>`;
}

/** @param {Answers['suppressions']} answer */
function list({ suppressions: rows }) {
  return html`
    <div>
      ${listHead('suppressions', 'suppression')}
      <ol id="suppressions">
        ${repeat(rows, ({ address }) => address, item)}
      </ol>
    </div>
    <p id="no-suppressions" class="empty" ?hidden=${rows.length > 0}>
      ${
        param('search')
          ? 'No suppressed address contains this.'
          : 'No address yet. The desk lists one when a mail server says for good that it does not exist, or when you add it by hand.'
      }
    </p>
  `;
}

/** @param {SuppressedAddress} row */
function item(row) {
  const { address, since, report, source } = row;
  const origin = report
    ? html`<a href=${urlWith({ report })}>report</a>`
    : html`<span class="muted">${SOURCES[source]}</span>`;
  return html`<li>
    <div class="row">
      <a class="address" href=${urlWith({ address, ask: null })} data-show="lookup">${untrusted(address)}</a>
      ${dateTime(since)}
    </div>
    <div class="facts">
      <span>${reason(row)}</span> ${origin}
      <a href=${urlWith({ address, ask: 'remove' })} data-show="lookup"
        aria-label=${`Take off … ${visible(address)}`}>Take off …</a>
    </div>
  </li>`;
}
