// @ts-check
import { html, nothing } from '/lit-html/lit-html.js';
import { folded } from '../fold.js';
import { moment, outside, worded } from '../text.js';
import { stateWords } from '../words.js';
import { MOST_TAGS, tagLinks } from './kind.js';

/** What a report says, in people's words. @param {any} row */
export function facts({ receivedAt, report }) {
  const { id, state, code, extended, tags, time, timestamp } = report;
  const failed = time === undefined ? outside(timestamp, '(not told)') : moment(time, 'medium');
  /** @type {[string, string, unknown][]} */
  const rows = [
    ['Failed', 'time', failed],
    ['Received', '', moment(receivedAt, 'medium')],
    ['Step', 'state', worded(stateWords(state), state)],
    ['Reply code', 'code', code ?? '–'],
    ['Enhanced status code', 'extended', extended ? outside(extended) : '–'],
    ['Message', 'id', outside(id)],
    ['Tags', 'tags', tags.length > 0 ? allTags(tags) : '–'],
  ];
  return html`<dl class="facts-list">
    ${rows.map(([words, term, value]) => html`<div><dt>${words} <span class="term">${term}</span></dt><dd>${value}</dd></div>`)}
  </dl>`;
}

/** @param {string[]} tags */
function allTags(tags) {
  const [first, more] = [tags.slice(0, MOST_TAGS), tags.slice(MOST_TAGS)];
  const title = html`<span>${more.length} more tags</span>`;
  return html`<div class="tags">${tagLinks(first)}</div>
    ${more.length > 0 ? folded('tags', title, html`<div class="tags">${tagLinks(more)}</div>`) : nothing}`;
}

/** Every variable that came, but for the tags: those are told already. @param {any} sent */
export function variables(sent) {
  if (!sent) return html`<p class="empty">They were not kept when this report came.</p>`;
  const { tags: _, ...others } = sent;
  return html`<dl class="facts-list" id="variables">
    ${flat(others).map(([name, value]) => html`<div><dt>${outside(name)}</dt><dd>${outside(value, '(empty)')}</dd></div>`)}
  </dl>`;
}

/** Nested variables by the names Copernica sends them under. @param {any} value @param {string} name @returns {[string, string][]} */
function flat(value, name = '') {
  if (typeof value !== 'object' || value === null) return [[name, String(value)]];
  if (Array.isArray(value)) return value.flatMap((item) => flat(item, `${name}[]`));
  return Object.entries(value).flatMap(([key, inner]) =>
    flat(inner, name ? `${name}[${key}]` : key),
  );
}
