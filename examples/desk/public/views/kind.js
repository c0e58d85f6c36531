// @ts-check
import { html } from '/lit-html/lit-html.js';
import { filterHref } from '../address.js';
import { outside, worded } from '../text.js';
import { CATEGORIES, SEVERITIES, stateWords, wordsFor } from '../words.js';

/** How bad a failure is, why it was, and at which step; touched, each filters. @param {any} row */
export function kind({ severity, category, report: { state } }) {
  return html`<a class="severity ${severity}" href=${filterHref({ severity })} data-show="reports-part"
      >${worded(wordsFor(SEVERITIES, severity), severity)}</a
    >
    <a href=${filterHref({ category })} data-show="reports-part">${worded(wordsFor(CATEGORIES, category), category)}</a>
    <a class="muted" href=${filterHref({ state })} data-show="reports-part">${worded(stateWords(state), state)}</a>`;
}

/** So many tags are shown at first. */
export const MOST_TAGS = 5;

/** @param {string[]} tags */
export function tagLinks(tags) {
  return tags.map(
    (tag) =>
      html`<a class="tag" href=${filterHref({ tag })} data-show="reports-part">${outside(tag)}</a> `,
  );
}
